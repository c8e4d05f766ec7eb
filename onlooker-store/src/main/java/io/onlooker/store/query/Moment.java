package io.onlooker.store.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time as long as the last unit that was written of it: {@code 2026-11-20} is a day,
 * {@code 2026-11-20T10:00} a minute.
 *
 * @param from milliseconds since 1970-01-01T00:00Z
 * @param until the same, the first that no longer belongs to it
 */
record Moment(double from, double until) {

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})"
              + "(?:[T ](\\d{2}:\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?(Z|[-+]\\d{2}:\\d{2})?)?");

  /** Reads a date or a time since 1970, in UTC unless it names an offset; null for other text. */
  static @Nullable Moment read(String text) {
    Matcher parts = ISO.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    try {
      Instant from = start(parts);
      return from.isBefore(Instant.EPOCH)
          ? null
          : new Moment(millis(from), millis(from.plus(unit(parts))));
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** The time so long before now, in milliseconds since 1970-01-01T00:00Z; null for other text. */
  static @Nullable Double ago(String amount, Instant now) {
    Double millis = Quantity.read(amount, Kind.DURATION);
    boolean hasUnit =
        !amount.isEmpty() && Character.isLetter(amount.codePointBefore(amount.length()));
    return millis == null || millis < 0 || !hasUnit ? null : Math.max(0, millis(now) - millis);
  }

  private static Instant start(Matcher parts) {
    return OffsetDateTime.parse(
            parts.group(1)
                + "T"
                + Objects.requireNonNullElse(parts.group(2), "00:00")
                + ":"
                + Objects.requireNonNullElse(parts.group(3), "00")
                + "."
                + Objects.requireNonNullElse(parts.group(4), "0")
                + Objects.requireNonNullElse(parts.group(5), "Z"))
        .toInstant();
  }

  private static Duration unit(Matcher parts) {
    if (parts.group(2) == null) {
      return Duration.ofDays(1);
    }
    if (parts.group(3) == null) {
      return Duration.ofMinutes(1);
    }
    String fraction = parts.group(4);
    return fraction == null
        ? Duration.ofSeconds(1)
        : Duration.ofNanos((long) Math.pow(10, 9 - fraction.length()));
  }

  private static double millis(Instant instant) {
    return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
  }
}
