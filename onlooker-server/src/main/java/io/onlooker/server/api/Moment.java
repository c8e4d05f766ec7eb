package io.onlooker.server.api;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as people and programs write it: a date, a time of RFC 3339, which is UTC where it names
 * no zone, {@code now}, {@code -24h} or {@code now-24h}, and seconds, milliseconds, microseconds or
 * nanoseconds since 1970, told apart by how many digits they have.
 */
final class Moment {

  private static final Pattern BEFORE =
      Pattern.compile("(?:now)?-([1-9][0-9]{0,8}(?:ms|s|m|h|d|w))");
  private static final Pattern SINCE_1970 = Pattern.compile("([0-9]{9,19})(\\.[0-9]{1,9})?");
  private static final Pattern ZONE = Pattern.compile(".*(?:[zZ]|[+-][0-9]{2}:?[0-9]{0,2})");

  private Moment() {}

  /**
   * Reads a parameter.
   *
   * @throws io.onlooker.server.http.HttpProblem 400 when it is no moment, or one that cannot be
   *     stored
   */
  static Instant of(String name, String text, Instant now) {
    // In a query a plus sign stands for a space, so that +02:00 arrives as " 02:00".
    String plain = text.strip().replace(' ', '+');
    Matcher before = BEFORE.matcher(plain);
    Matcher number = SINCE_1970.matcher(plain);
    try {
      if (plain.equals("now")) {
        return now;
      }
      if (before.matches()) {
        return back(name, text, now, TimeRange.length(name, before.group(1)));
      }
      return inReach(name, text, number.matches() ? counted(number) : date(plain));
    } catch (DateTimeException e) {
      throw Problem.badParameter(
          name, text, "a time such as 2026-11-20T08:54:01Z, -24h, or seconds since 1970");
    }
  }

  static Instant back(String name, String text, Instant now, Duration length) {
    try {
      return inReach(name, text, now.minus(length));
    } catch (DateTimeException | ArithmeticException e) {
      throw Problem.badParameter(name, text, "at most back to 1970");
    }
  }

  private static Instant date(String plain) {
    if (plain.length() == "2026-11-20".length()) {
      return LocalDate.parse(plain).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    String time = plain.substring(Math.max(0, plain.indexOf('T')));
    return ZONE.matcher(time).matches()
        ? OffsetDateTime.parse(plain).toInstant()
        : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
  }

  private static Instant counted(Matcher number) {
    int digits = number.group(1).length();
    int smaller = digits < 12 ? 0 : digits < 15 ? 3 : digits < 18 ? 6 : 9;
    BigDecimal seconds = new BigDecimal(number.group()).movePointLeft(smaller);
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(
        whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  /** Stores count nanoseconds in 64 bits. */
  private static Instant inReach(String name, String text, Instant instant) {
    if (instant.isBefore(Instant.EPOCH) || instant.getEpochSecond() >= 1L << 33) {
      throw Problem.badParameter(name, text, "between 1970 and 2242");
    }
    return instant;
  }
}
