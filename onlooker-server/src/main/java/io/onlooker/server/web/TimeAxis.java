package io.onlooker.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Time from left to right, in equal steps that begin at multiples of their length.
 *
 * @param start of the first step
 */
record TimeAxis(Instant start, Duration step, int steps, ZoneId zone) {

  private static final int MOST_TICKS = 7;
  private static final double LAST_TICK = 0.955;
  private static final DateTimeFormatter MINUTE = pattern("HH:mm");
  private static final DateTimeFormatter SECOND = pattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = pattern("d MMM");
  private static final DateTimeFormatter DAY_MINUTE = pattern("d MMM HH:mm");

  /** A time named below the axis, at a share of its width in percent. */
  record Tick(String x, String text) {}

  static TimeAxis over(Range range, ZoneId zone) {
    Duration step = range.step();
    Instant start = floor(range.from(), step);
    long steps = Math.ceilDiv(Duration.between(start, range.to()).toMillis(), step.toMillis());
    // The second that a relative range looks ahead is no step of its own.
    Instant last = start.plus(step.multipliedBy(steps - 1));
    boolean ahead = Duration.between(last, range.to()).compareTo(Duration.ofMillis(1500)) < 0;
    return new TimeAxis(start, step, (int) Math.max(1, ahead ? steps - 1 : steps), zone);
  }

  /** The same axis one length earlier. */
  TimeAxis before() {
    return new TimeAxis(start.minus(step.multipliedBy(steps)), step, steps, zone);
  }

  Instant end() {
    return start.plus(step.multipliedBy(steps));
  }

  Range range() {
    return new Range("", start, end());
  }

  int index(Instant moment) {
    return (int) Math.floorDiv(Duration.between(start, moment).toMillis(), step.toMillis());
  }

  Instant at(int index) {
    return start.plus(step.multipliedBy(index));
  }

  /** {@code 14:30}, with the day when the axis is longer than one. */
  String name(int index) {
    ZonedDateTime time = at(index).atZone(zone);
    if (step.compareTo(Duration.ofMinutes(1)) < 0) {
      return SECOND.format(time);
    }
    boolean days = step.multipliedBy(steps).compareTo(Duration.ofHours(25)) > 0;
    return (days ? DAY_MINUTE : MINUTE).format(time);
  }

  /** Round times, few enough to stand beside one another. */
  List<Tick> ticks() {
    int every = 1;
    for (int wide : new int[] {2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 48, 96}) {
      if (steps / every > MOST_TICKS) {
        every = wide;
      }
    }
    Duration distance = step.multipliedBy(every);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      ZonedDateTime time = at(i).atZone(zone);
      long local = time.toEpochSecond() + time.getOffset().getTotalSeconds();
      // A name at the very end would stick out.
      if (local % distance.toSeconds() == 0 && i < LAST_TICK * steps) {
        ticks.add(new Tick(percent((double) i / steps), tick(time, distance)));
      }
    }
    return ticks;
  }

  private static String tick(ZonedDateTime time, Duration distance) {
    boolean midnight = time.getHour() == 0 && time.getMinute() == 0 && time.getSecond() == 0;
    if (midnight) {
      return DAY.format(time);
    }
    return (distance.compareTo(Duration.ofMinutes(1)) < 0 ? SECOND : MINUTE).format(time);
  }

  static String percent(double share) {
    return Math.round(share * 10_000) / 100.0 + "%";
  }

  private static Instant floor(Instant moment, Duration step) {
    long millis = step.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), millis) * millis);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
