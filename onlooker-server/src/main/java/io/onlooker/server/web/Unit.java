package io.onlooker.server.web;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Field;
import io.onlooker.store.span.SpanCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a figure measures, and so how it is written. */
enum Unit {
  COUNT,
  MILLIS,
  SECONDS,
  USD,
  TOKENS,
  SHARE,
  BYTES,
  NUMBER;

  /** Told from the function and the name of what it is computed over. */
  static Unit of(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, COUNT_UNIQUE -> COUNT;
      case FAILURE_RATE, SHARE -> SHARE;
      case PER_MINUTE, PER_SECOND -> NUMBER;
      default -> of(aggregate.field());
    };
  }

  private static Unit of(@Nullable Field field) {
    if (field == null || field == Field.Column.DURATION) {
      return MILLIS;
    }
    String name = field.label().toLowerCase(Locale.ROOT);
    if (name.equals(SpanCost.USD) || name.endsWith("_usd")) {
      return USD;
    }
    if (name.endsWith("tokens")) {
      return TOKENS;
    }
    if (name.endsWith("_ms") || name.endsWith(".ms") || name.endsWith("latency")) {
      return MILLIS;
    }
    if (name.endsWith("_seconds") || name.contains("time_to_first_")) {
      return SECONDS;
    }
    return name.endsWith("bytes") || name.endsWith("size") ? BYTES : NUMBER;
  }

  /** For a person; a dash when nobody knows. */
  String show(@Nullable Double value) {
    if (value == null || value.isNaN() || value.isInfinite()) {
      return Show.UNKNOWN;
    }
    return switch (this) {
      case COUNT -> Show.count(Math.round(value));
      case MILLIS -> Show.duration(Math.round(value * 1e6));
      case SECONDS -> Show.duration(Math.round(value * 1e9));
      case USD -> Show.usd(BigDecimal.valueOf(value));
      case TOKENS -> Show.tokens(Math.round(value));
      case SHARE -> Show.share(value);
      case BYTES -> Show.bytes(Math.round(value));
      case NUMBER -> number(value);
    };
  }

  /** For an axis, whose values are round: without zeros behind the point. */
  String axis(double value) {
    return show(value)
        .replaceFirst("\\.0+(?=\\D|$)", "")
        .replaceFirst("(\\.\\d*?[1-9])0+(?=\\D|$)", "$1");
  }

  /** All digits. */
  String exact(@Nullable Double value) {
    if (value == null || value.isNaN()) {
      return "nothing to compute it from";
    }
    String digits = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return switch (this) {
      case MILLIS -> digits + " ms";
      case SECONDS -> digits + " s";
      case USD -> "$" + digits;
      case BYTES -> digits + " bytes";
      case TOKENS -> digits + " tokens";
      default -> digits;
    };
  }

  /** Whether parts add up to a whole, so that they may be stacked. */
  static boolean addsUp(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, SUM, PER_MINUTE, PER_SECOND -> true;
      default -> false;
    };
  }

  /** A round number at or above the value, for the end of an axis: 1, 2 or 5 and zeros. */
  double roundUp(double value) {
    if (!(value > 0)) {
      return this == SHARE ? 0.01 : this == USD ? 0.01 : this == MILLIS ? 100 : 2;
    }
    double floor = this == COUNT || this == TOKENS ? Math.max(value, 2) : value;
    // From a minute on, an axis is divided as a clock is.
    double unit = this == MILLIS && floor > 3.6e6 ? 3.6e6 : this == MILLIS && floor > 6e4 ? 6e4 : 1;
    double scaled = floor / unit;
    double power = Math.pow(10, Math.floor(Math.log10(scaled)));
    for (double step : new double[] {1, 2, 4, 5, 6, 8, 10}) {
      if (step * power >= scaled * 0.999999) {
        return step * power * unit;
      }
    }
    return 10 * power * unit;
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Show.count((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
