package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Renders fields as expressions over the relation {@code spans}, and remembers which columns and
 * attributes they name. A key never becomes part of the text: attribute number 2 stands in the
 * columns {@code s2} (text), {@code i2} (whole number), {@code n2} (fraction), {@code b2}, {@code
 * l2} (list), whatever its key.
 */
final class FieldSql {

  private final Set<SpanColumn> columns = EnumSet.of(SpanColumn.START_NANOS);
  private final List<String> keys = new ArrayList<>();

  /** One column of a group: {@code sql} gives its values, of the kind. */
  record Typed(AttributeKind kind, String sql) {}

  List<SpanColumn> columns() {
    return List.copyOf(columns);
  }

  List<String> keys() {
    return keys;
  }

  String column(SpanColumn column) {
    columns.add(column);
    return column.column();
  }

  /** The number by which the attribute's columns are named. */
  int attribute(String key) {
    int at = keys.indexOf(key);
    if (at < 0) {
      at = keys.size();
      keys.add(key);
    }
    return at;
  }

  /** The field as text, null where there is none. */
  String text(Field field) {
    return switch (field) {
      case Field.Column column -> text(column);
      case Field.Attribute(String key) -> {
        int at = attribute(key);
        yield "coalesce(s%1$d, l%1$d, i%1$d::VARCHAR, n%1$d::VARCHAR, b%1$d::VARCHAR)"
            .formatted(at);
      }
    };
  }

  private String text(Field.Column column) {
    return switch (column) {
      case OP -> column(SpanColumn.OP);
      case NAME -> column(SpanColumn.NAME);
      case STATUS -> column(SpanColumn.STATUS);
      case STATUS_MESSAGE -> column(SpanColumn.STATUS_MESSAGE);
      case DURATION, TIMESTAMP -> number(column) + "::VARCHAR";
      case TRACE_ID ->
          "(%s || %s)"
              .formatted(hex(column(SpanColumn.TRACE_HIGH)), hex(column(SpanColumn.TRACE_LOW)));
      case SPAN_ID -> hex(column(SpanColumn.SPAN_ID));
      case PARENT_SPAN_ID -> hex(column(SpanColumn.PARENT_SPAN_ID));
      case SEGMENT -> column(SpanColumn.IS_SEGMENT) + "::VARCHAR";
    };
  }

  private static String hex(String column) {
    return "lpad(lower(hex(" + column + ")), 16, '0')";
  }

  /**
   * The field as a number, null where it is none: durations and times in milliseconds, numeric text
   * by its value.
   */
  String number(Field field) {
    return switch (field) {
      case Field.Column column -> number(column);
      case Field.Attribute(String key) -> {
        int at = attribute(key);
        yield "coalesce(n%d, i%d::DOUBLE, %s)".formatted(at, at, numericText("s" + at));
      }
    };
  }

  private String number(Field.Column column) {
    return switch (column) {
      case DURATION -> "(" + column(SpanColumn.DURATION_NANOS) + " / 1e6)";
      case TIMESTAMP -> "(" + column(SpanColumn.START_NANOS) + " / 1e6)";
      case SEGMENT -> column(SpanColumn.IS_SEGMENT) + "::DOUBLE";
      case OP, NAME, STATUS, STATUS_MESSAGE -> numericText(text(column));
      case TRACE_ID, SPAN_ID, PARENT_SPAN_ID -> "NULL::DOUBLE";
    };
  }

  private static String numericText(String text) {
    String number = "TRY_CAST(" + text + " AS DOUBLE)";
    return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
  }

  /**
   * The columns that tell a value of the field from all others; at most one of them is not null.
   */
  List<Typed> typed(Field field) {
    return switch (field) {
      case Field.Column column ->
          switch (column) {
            case DURATION, TIMESTAMP -> List.of(new Typed(AttributeKind.FRACTION, number(column)));
            case SEGMENT -> List.of(new Typed(AttributeKind.FLAG, column(SpanColumn.IS_SEGMENT)));
            default -> List.of(new Typed(AttributeKind.TEXT, text(column)));
          };
      case Field.Attribute(String key) -> typed(attribute(key));
    };
  }

  /** A fraction without a fractional part is the same value as the whole number. */
  private static List<Typed> typed(int at) {
    String whole = "n%1$d = floor(n%1$d) AND abs(n%1$d) < 9e15".formatted(at);
    return List.of(
        new Typed(AttributeKind.TEXT, "coalesce(s%1$d, l%1$d)".formatted(at)),
        new Typed(
            AttributeKind.WHOLE,
            "coalesce(i%1$d, CASE WHEN %2$s THEN n%1$d::BIGINT END)".formatted(at, whole)),
        new Typed(
            AttributeKind.FRACTION, "CASE WHEN NOT (%2$s) THEN n%1$d END".formatted(at, whole)),
        new Typed(AttributeKind.FLAG, "b" + at));
  }

  /** Whether the span has the field, and it is not empty text. */
  String has(Field field) {
    return switch (field) {
      case Field.Column column -> "coalesce(" + text(column) + ", '') <> ''";
      case Field.Attribute(String key) -> {
        int at = attribute(key);
        yield ("(coalesce(s%1$d, l%1$d, '') <> '' OR i%1$d IS NOT NULL"
                + " OR n%1$d IS NOT NULL OR b%1$d IS NOT NULL)")
            .formatted(at);
      }
    };
  }
}
