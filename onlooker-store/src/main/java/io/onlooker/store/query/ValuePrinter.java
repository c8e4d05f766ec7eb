package io.onlooker.store.query;

import io.onlooker.store.Filter.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the literals of a query. */
final class ValuePrinter {

  /** Text that needs no quotes, wherever a value may stand. */
  private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_./@#%&+$:-]*+");

  /** Whole numbers below this print as their digits, and are read again without loss. */
  private static final double LARGEST_PLAIN = 1e15;

  private static final double SMALLEST_PLAIN = 1e-4;

  /** The first millisecond whose year has five digits. */
  private static final double LAST_ISO_MILLIS = 253_402_300_800_000.0;

  private static final Map<String, Long> MILLIS_BY_UNIT = new LinkedHashMap<>();

  static {
    MILLIS_BY_UNIT.put("d", 86_400_000L);
    MILLIS_BY_UNIT.put("h", 3_600_000L);
    MILLIS_BY_UNIT.put("min", 60_000L);
    MILLIS_BY_UNIT.put("s", 1_000L);
  }

  private ValuePrinter() {}

  /** One value, or a list; null when a field of this kind would read other values from any text. */
  static @Nullable String values(List<Value> values, Kind kind) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String both = i + 1 < values.size() ? pair(values.subList(i, i + 2), kind) : null;
      String word = both == null ? single(values.get(i), kind) : both;
      if (word == null) {
        return null;
      }
      words.add(word);
      i += both == null ? 0 : 1;
    }
    return words.size() == 1 ? words.getFirst() : "[" + String.join(", ", words) + "]";
  }

  /** The one word that is read as these two values, or null. */
  private static @Nullable String pair(List<Value> values, Kind kind) {
    String word =
        switch (values.getLast()) {
          case Value.Text(String text) when isBare(text) -> text;
          case Value.Flag(boolean flag) -> flag ? "1" : "0";
          default -> null;
        };
    return word != null && isRead(word, false, values, kind) ? word : null;
  }

  private static @Nullable String single(Value value, Kind kind) {
    if (value instanceof Value.Text(String text)) {
      if (isBare(text) && isRead(text, false, List.of(value), kind)) {
        return text;
      }
      return isRead(text, true, List.of(value), kind) ? quoted(List.of(text)) : null;
    }
    String word = unquoted(value, kind);
    return isRead(word, false, List.of(value), kind) ? word : null;
  }

  private static String unquoted(Value value, Kind kind) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Flag(boolean flag) -> String.valueOf(flag);
      case Value.Number(double number) -> kind == Kind.DURATION ? duration(number) : number(number);
    };
  }

  private static boolean isRead(String word, boolean quoted, List<Value> values, Kind kind) {
    return values.equals(Values.read(new Literal(List.of(word), quoted, 0), kind));
  }

  /** What a field of this kind compares with. */
  static String compared(double value, Kind kind) {
    return switch (kind) {
      case DURATION -> duration(value);
      case TIME -> time(value);
      default -> number(value);
    };
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (size < LARGEST_PLAIN && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    String shortest = Double.toString(value);
    return size >= SMALLEST_PLAIN && size < LARGEST_PLAIN
        ? new BigDecimal(shortest).toPlainString()
        : shortest;
  }

  private static String duration(double millis) {
    for (Map.Entry<String, Long> unit : MILLIS_BY_UNIT.entrySet()) {
      double count = millis / unit.getValue();
      if (count != 0 && count == Math.rint(count) && Math.abs(millis) < LARGEST_PLAIN) {
        return (long) count + unit.getKey();
      }
    }
    return number(millis) + "ms";
  }

  private static String time(double millis) {
    boolean whole = millis == Math.rint(millis) && millis >= 0 && millis < LAST_ISO_MILLIS;
    return whole ? Instant.ofEpochMilli((long) millis).toString() : number(millis);
  }

  /** Text with wildcards between its pieces, as a field's value. */
  static String pattern(List<String> pieces) {
    return pieces.stream().allMatch(ValuePrinter::isBareOrEmpty)
        ? String.join("*", pieces)
        : quoted(pieces);
  }

  /** The same without a field. */
  static String text(List<String> pieces) {
    String text = pattern(pieces);
    boolean keyword =
        text.equalsIgnoreCase("AND") || text.equalsIgnoreCase("OR") || text.equals("NOT");
    return keyword || text.contains(":") ? quoted(pieces) : text;
  }

  /** In quotes; a wildcard stands between two pieces. */
  static String quoted(List<String> pieces) {
    return pieces.stream()
        .map(piece -> piece.replaceAll("[\\\\\"*]", "\\\\$0"))
        .collect(Collectors.joining("*", "\"", "\""));
  }

  private static boolean isBare(String text) {
    return !text.isEmpty() && isBareOrEmpty(text);
  }

  private static boolean isBareOrEmpty(String text) {
    return BARE.matcher(text).matches();
  }
}
