package io.onlooker.server.api;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From when to when: {@code from} and {@code to}, or {@code range} up to now.
 *
 * <p>Without an end it ends in five minutes, since clients' clocks run ahead; without a beginning
 * it begins a day before its end.
 *
 * @param from inclusive
 * @param to exclusive
 */
record TimeRange(Instant from, Instant to) {

  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d|w)");

  static TimeRange of(
      @Nullable String from, @Nullable String to, @Nullable String range, Instant now) {
    if (range != null && (from != null || to != null)) {
      throw Problem.badParameter("range", range, "not together with from or to");
    }
    Instant end = to == null ? now.plus(AHEAD) : Moment.of("to", to, now);
    Instant start;
    if (range != null) {
      start = Moment.back("range", range, now, length("range", range));
    } else {
      start = from == null ? end.minus(USUAL) : Moment.of("from", from, now);
    }
    if (!start.isBefore(end)) {
      throw Problem.badParameter("from", start.toString(), "before to, " + end);
    }
    return new TimeRange(start, end);
  }

  /** A length of time such as {@code 90s}, {@code 24h} or {@code 7d}. */
  static Duration length(String name, String text) {
    Matcher matcher = LENGTH.matcher(text.strip());
    if (!matcher.matches()) {
      throw Problem.badParameter(name, text, "a number and ms, s, m, h, d or w, such as 24h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(number * 7);
    };
  }
}
