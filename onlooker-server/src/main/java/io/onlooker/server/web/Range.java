package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.server.read.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time a list looks at.
 *
 * @param name {@code 1h}, {@code 6h} …, or empty for fixed times
 */
record Range(String name, Instant from, Instant to) {

  static final String USUAL = "24h";

  static final int MOST_STEPS = 80;

  /** Stores count nanoseconds in 64 bits. */
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  private static final List<Duration> STEPS =
      Stream.of(
              "1s", "5s", "15s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "3h", "6h",
              "12h")
          .map(step -> Duration.parse("PT" + step))
          .toList();

  private static final Map<String, Duration> LENGTHS = lengths();

  /** What the address asks for; the usual range when it says nothing or nothing understandable. */
  static Range of(Request request, Instant now) {
    ZoneId zone = Visitor.of(request).zone();
    Instant from = instant(request.parameter("from"), zone);
    Instant to = instant(request.parameter("to"), zone);
    if (from != null && to != null && from.isBefore(to)) {
      return new Range("", from, to);
    }
    String asked = request.parameter("range");
    return last(asked != null && LENGTHS.containsKey(asked) ? asked : USUAL, now);
  }

  static Iterable<String> names() {
    return LENGTHS.keySet();
  }

  /** The parameters that ask for this range again; a relative one stays relative. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (name.isEmpty()) {
      parameters.put("from", from.toString());
      parameters.put("to", to.toString());
    } else {
      parameters.put("range", name);
    }
    return parameters;
  }

  private static Range last(String name, Instant now) {
    Duration length = LENGTHS.getOrDefault(name, Duration.ofHours(24));
    // A second more, so that what starts while the page is made is on it.
    return new Range(name, now.minus(length), now.plusSeconds(1));
  }

  Period period() {
    return new Period(from, to);
  }

  /** The same length of time just before. */
  Range before() {
    Duration length = Duration.between(from, to);
    return new Range("", from.minus(length), from);
  }

  /** How long a bar of a chart over this range lasts: at most {@link #MOST_STEPS} of them. */
  Duration step() {
    Duration length = Duration.between(from, to);
    for (Duration step : STEPS) {
      if (length.dividedBy(step) <= MOST_STEPS) {
        return step;
      }
    }
    return Duration.ofDays(Math.max(1, length.toDays() / MOST_STEPS));
  }

  /** The beginning for a field of date and time, in the reader's zone. */
  String fromField(ZoneId zone) {
    return FIELD.format(from.atZone(zone));
  }

  /** The end, likewise. */
  String toField(ZoneId zone) {
    return FIELD.format(to.atZone(zone));
  }

  /** With an offset, or as the reader's clock shows it. */
  private static @Nullable Instant instant(@Nullable String text, ZoneId zone) {
    if (text == null || text.length() > 40) {
      return null;
    }
    try {
      Instant read =
          text.endsWith("Z")
              ? Instant.parse(text)
              : LocalDateTime.parse(text).atZone(zone).toInstant();
      return read.isBefore(Instant.EPOCH) || read.isAfter(LATEST) ? null : read;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Map<String, Duration> lengths() {
    Map<String, Duration> lengths = new LinkedHashMap<>();
    lengths.put("1h", Duration.ofHours(1));
    lengths.put("6h", Duration.ofHours(6));
    lengths.put(USUAL, Duration.ofHours(24));
    lengths.put("7d", Duration.ofDays(7));
    lengths.put("30d", Duration.ofDays(30));
    return lengths;
  }
}
