package io.onlooker.store.reference;

import io.onlooker.SpanData;
import io.onlooker.store.Field;
import io.onlooker.store.Field.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a span has in a field: strings, booleans, longs, and doubles that are no whole number a long
 * can hold.
 */
final class FieldValues {

  private static final Pattern NUMERIC =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");

  private FieldValues() {}

  static List<Object> of(Field field, SpanData span) {
    Object value =
        switch (field) {
          case Column column -> column(column, span);
          case Field.Attribute(String key) -> span.attributes().get(key);
        };
    return elements(value).toList();
  }

  /** Those that are numbers or numeric text. */
  static List<Double> numbers(Field field, SpanData span) {
    return of(field, span).stream().map(FieldValues::number).filter(Objects::nonNull).toList();
  }

  static boolean isNumber(Object value, double number) {
    Double actual = number(value);
    return actual != null && actual == number;
  }

  static String text(Object value) {
    return value instanceof Double number ? decimal(number) : value.toString();
  }

  private static String decimal(double number) {
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (Math.abs(number) >= 1e-4 && Math.abs(number) < 1e16) {
      return decimal.toPlainString();
    }
    int exponent = decimal.precision() - decimal.scale() - 1;
    return "%se%c%02d"
        .formatted(
            decimal.movePointLeft(exponent).toPlainString(),
            exponent < 0 ? '-' : '+',
            Math.abs(exponent));
  }

  static boolean anyCase(Field field) {
    return field == Column.OP || field == Column.STATUS || field == Column.STATUS_MESSAGE;
  }

  private static @Nullable Object column(Column column, SpanData span) {
    return switch (column) {
      case OP -> span.op();
      case NAME -> span.name();
      case STATUS -> ReferenceQuery.word(span.status().code());
      case STATUS_MESSAGE -> span.status().message();
      case DURATION -> span.open() ? null : (Double) (span.durationNanos() / 1e6);
      case TIMESTAMP -> span.startNanos() / 1e6;
      case TRACE_ID -> span.traceId();
      case SPAN_ID -> span.spanId();
      case PARENT_SPAN_ID -> span.parentSpanId();
      case SEGMENT -> span.segment();
    };
  }

  private static Stream<Object> elements(@Nullable Object value) {
    return switch (value) {
      case null -> Stream.empty();
      case List<?> list -> list.stream().flatMap(FieldValues::elements);
      case Double number -> Stream.of(simplest(number));
      default -> Stream.of(value);
    };
  }

  private static Object simplest(double number) {
    return number == Math.rint(number) && Math.abs(number) < 9.2e18
        ? (Object) (long) number
        : (Object) number;
  }

  private static @Nullable Double number(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when text.length() <= 40 && NUMERIC.matcher(text).matches() -> {
        double number = Double.parseDouble(text);
        yield Double.isFinite(number) ? number : null;
      }
      default -> null;
    };
  }
}
