package io.onlooker.store.query;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers with units: {@code 1.5s}, {@code 5kib}, {@code 2m}, {@code 10%}. */
final class Quantity {

  private static final int LONGEST = 40;

  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([-+]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][-+]?\\d++)?)([a-zA-Z%]*+)");

  private static final Map<String, Long> COUNTS =
      Map.of("k", 1_000L, "m", 1_000_000L, "b", 1_000_000_000L);

  /** In milliseconds. */
  private static final Map<String, Long> DURATIONS =
      Map.ofEntries(
          Map.entry("ms", 1L),
          Map.entry("s", 1_000L),
          Map.entry("m", 60_000L),
          Map.entry("min", 60_000L),
          Map.entry("h", 3_600_000L),
          Map.entry("hr", 3_600_000L),
          Map.entry("d", 86_400_000L),
          Map.entry("day", 86_400_000L),
          Map.entry("w", 604_800_000L),
          Map.entry("wk", 604_800_000L));

  private static final Map<String, Long> SIZES =
      Map.ofEntries(
          Map.entry("bytes", 1L),
          Map.entry("kb", 1_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("pb", 1_000_000_000_000_000L),
          Map.entry("kib", 1L << 10),
          Map.entry("mib", 1L << 20),
          Map.entry("gib", 1L << 30),
          Map.entry("tib", 1L << 40),
          Map.entry("pib", 1L << 50));

  private Quantity() {}

  /**
   * The finite number that the text says for a field of this kind, durations in the field's unit;
   * null when it says none.
   */
  static @Nullable Double read(String text, Kind kind) {
    Matcher parts = NUMBER_AND_UNIT.matcher(text);
    if (text.length() > LONGEST || !parts.matches()) {
      return null;
    }
    BigDecimal factor = factor(parts.group(2).toLowerCase(Locale.ROOT), kind);
    double number = Double.parseDouble(parts.group(1));
    if (factor == null || !Double.isFinite(number)) {
      return null;
    }
    if (number == 0) {
      return 0.0;
    }
    double scaled = new BigDecimal(parts.group(1)).multiply(factor).doubleValue();
    return Double.isFinite(scaled) ? scaled : null;
  }

  private static @Nullable BigDecimal factor(String unit, Kind kind) {
    return switch (unit) {
      case "" -> BigDecimal.ONE;
      case "%" -> kind == Kind.DURATION || kind == Kind.TIME ? null : new BigDecimal("0.01");
      default ->
          switch (kind) {
            case DURATION -> of(DURATIONS.get(unit));
            case TIME -> null;
            case ANY_MILLIS -> of(first(unit, DURATIONS, COUNTS, SIZES));
            case ANY_SECONDS -> seconds(unit);
            case ANY -> of(first(unit, COUNTS, DURATIONS, SIZES));
            default -> of(COUNTS.get(unit));
          };
    };
  }

  private static @Nullable BigDecimal seconds(String unit) {
    Long millis = DURATIONS.get(unit);
    return millis == null ? of(COUNTS.get(unit)) : BigDecimal.valueOf(millis, 3);
  }

  @SafeVarargs
  private static @Nullable Long first(String unit, Map<String, Long>... tables) {
    for (Map<String, Long> table : tables) {
      Long factor = table.get(unit);
      if (factor != null) {
        return factor;
      }
    }
    return null;
  }

  private static @Nullable BigDecimal of(@Nullable Long factor) {
    return factor == null ? null : BigDecimal.valueOf(factor);
  }
}
