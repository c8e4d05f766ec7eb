package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.Session;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and times for a person, the same way on every page.
 *
 * <p>Zero is {@code 0}; a dash always means that nobody knows.
 */
final class Show {

  static final String UNKNOWN = "–";

  private static final BigDecimal LEAST_COST = new BigDecimal("0.0001");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final DateTimeFormatter CLOCK = pattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = pattern("d MMM HH:mm");
  private static final DateTimeFormatter YEAR = pattern("d MMM yyyy HH:mm");
  private static final DateTimeFormatter EXACT = pattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private Show() {}

  /** {@code 2,418} */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 771}, {@code 6.5k}, {@code 41.2M} */
  static String tokens(@Nullable Long tokens) {
    if (tokens == null) {
      return UNKNOWN;
    }
    if (tokens < 1000) {
      return Long.toString(tokens);
    }
    // From 999,500 on, the thousands would round to 1000k.
    return tokens < 999_500 ? short3(tokens / 1e3) + "k" : millions(tokens);
  }

  private static String millions(long tokens) {
    return tokens < 999_500_000 ? short3(tokens / 1e6) + "M" : short3(tokens / 1e9) + "G";
  }

  private static String short3(double number) {
    return format(number < 99.95 ? 1 : 0, number);
  }

  /** {@code 6.5k → 771}; empty when nothing is known of either side. */
  static String tokens(@Nullable Long in, @Nullable Long out) {
    return in == null && out == null ? "" : tokens(in) + " → " + tokens(out);
  }

  /** {@code $1,234}, {@code $118.40}, {@code $0.0238}, {@code <$0.0001}; 0 is {@code $0}. */
  static String usd(BigDecimal usd) {
    if (usd.signum() == 0) {
      return "$0";
    }
    if (usd.compareTo(LEAST_COST) < 0) {
      return "<$0.0001";
    }
    int decimals = usd.compareTo(THOUSAND) >= 0 ? 0 : usd.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    return String.format(
        Locale.ROOT, "$%,." + decimals + "f", usd.setScale(decimals, RoundingMode.HALF_UP));
  }

  /** {@code $0.0238}, {@code ≥ $0.0238} when a part is not known, {@code — no price}. */
  static String cost(Session.Cost cost) {
    if (cost.usd() == null) {
      return cost.lowerBound() ? "— no price" : "—";
    }
    return (cost.lowerBound() ? "≥ " : "") + usd(cost.usd());
  }

  /** The same in words, with all digits. */
  static String exactCost(Session.Cost cost) {
    String unknown =
        cost.unpriced() == 1
            ? "1 model call has no known cost"
            : cost.unpriced() + " model calls have no known cost";
    if (cost.usd() == null) {
      return cost.lowerBound() ? unknown : "No model call that costs something";
    }
    String usd = "$" + cost.usd().toPlainString();
    return cost.lowerBound() ? "At least " + usd + ": " + unknown : usd;
  }

  /** {@code 0.4 ms}, {@code 812 ms}, {@code 2.39 s}, {@code 50m 21s}, {@code 2h 05m} */
  static String duration(long nanos) {
    if (nanos < 0) {
      return "−" + duration(-nanos);
    }
    double millis = nanos / 1e6;
    if (millis < 999.5) {
      return millis == 0 ? "0 ms" : format(millis < 9.95 ? 1 : 0, millis) + " ms";
    }
    double seconds = millis / 1e3;
    if (seconds < 59.95) {
      return format(seconds < 9.995 ? 2 : 1, seconds) + " s";
    }
    return twoUnits(Math.round(seconds));
  }

  private static String twoUnits(long seconds) {
    if (seconds < 3600) {
      return pair(seconds / 60, "m ", seconds % 60, "s");
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 24 * 60) {
      return pair(minutes / 60, "h ", minutes % 60, "m");
    }
    long hours = Math.round(minutes / 60.0);
    return pair(hours / 24, "d ", hours % 24, "h");
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small < 10 ? "0" : "") + small + smallUnit;
  }

  /** The time a span took, or since when it runs: {@code 12 s…}. */
  static String duration(long startNanos, long endNanos, Instant now) {
    if (endNanos != SpanData.OPEN) {
      return duration(endNanos - startNanos);
    }
    long seconds = Math.max(0, Duration.between(instant(startNanos), now).toSeconds());
    return (seconds < 60 ? seconds + " s" : twoUnits(seconds)) + "…";
  }

  /** {@code 08:54:01} today, {@code 19 Nov 08:54} before, with the year when it is another. */
  static String time(long nanos, ZoneId zone, Instant now) {
    ZonedDateTime time = instant(nanos).atZone(zone);
    ZonedDateTime here = now.atZone(zone);
    if (time.toLocalDate().equals(here.toLocalDate())) {
      return CLOCK.format(time);
    }
    return (time.getYear() == here.getYear() ? DAY : YEAR).format(time);
  }

  /** {@code 2026-11-20T08:54:01.250Z} */
  static String exactTime(long nanos) {
    return EXACT.format(instant(nanos).atZone(ZoneId.of("UTC")));
  }

  /** {@code 9f3c21aa}: the beginning of an id, enough to tell it from its neighbours. */
  static String id(String id) {
    return id.length() <= 8 ? id : id.substring(0, id.offsetByCodePoints(0, 8));
  }

  /** {@code 812 B}, {@code 46 kB}, {@code 2.1 MB} */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 999_500 ? format(0, bytes / 1e3) + " kB" : short3(bytes / 1e6) + " MB";
  }

  /** {@code 2.5 %} of 0.025, with a thin space. */
  static String share(double share) {
    double percent = share * 100;
    return (percent == 0 || percent >= 99.95 ? format(0, percent) : format(1, percent)) + "\u2009%";
  }

  /** {@code 2h ago}: for first and last seen, where the day matters more than the minute. */
  static String age(long nanos, Instant now) {
    long seconds = Math.max(0, Duration.between(instant(nanos), now).toSeconds());
    if (seconds < 60) {
      return "just now";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m ago";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h ago" : seconds / 86_400 + "d ago";
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private static String format(int decimals, double number) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
