package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Renders fields as expressions over the relation {@code spans}, and remembers which columns and
 * attributes they name. A key never becomes part of the text: attribute number 2 stands in the
 * columns {@code s2} (text), {@code i2} (whole number), {@code n2} (fraction), {@code b2}, {@code
 * l2} (list), whatever its key.
 */
final class FieldSql {

  private final Function<String, Set<AttributeKind>> kinds;

  /** Something is read of each span in any case, so that there are rows to count: what is least. */
  private final Set<SpanColumn> columns;

  private final List<String> keys;

  /** Attributes whose values are more than tested. */
  private final Set<String> shown;

  private final Set<Filter> tests;

  /**
   * @param kinds the kinds of values an attribute may have; the fewer, the cheaper
   */
  FieldSql(Function<String, Set<AttributeKind>> kinds) {
    this(
        kinds, EnumSet.of(SpanColumn.PROJECT), new ArrayList<>(), new HashSet<>(), new HashSet<>());
  }

  private FieldSql(
      Function<String, Set<AttributeKind>> kinds,
      Set<SpanColumn> columns,
      List<String> keys,
      Set<String> shown,
      Set<Filter> tests) {
    this.kinds = kinds;
    this.columns = columns;
    this.keys = keys;
    this.shown = shown;
    this.tests = tests;
  }

  /** The same for a filter, which only tests what it names, and notes its tests. */
  FieldSql tested() {
    return new FieldSql(kinds, columns, keys, new HashSet<>(), tests);
  }

  /** Whether the statement does more with values of the attribute than test them. */
  boolean shows(String key) {
    return shown.contains(key);
  }

  void note(Filter test) {
    tests.add(test);
  }

  /** All that the statement tests spans by. */
  Set<Filter> tests() {
    return tests;
  }

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
  private int attribute(String key) {
    shown.add(key);
    int at = keys.indexOf(key);
    if (at < 0) {
      at = keys.size();
      keys.add(key);
    }
    return at;
  }

  /** The field's value; null in spans where it is a list. */
  ValueSql value(Field field) {
    return switch (field) {
      case Field.Column column -> value(column);
      case Field.Attribute(String key) -> attribute(attribute(key), kinds.apply(key));
    };
  }

  /** What has no value at all, or only lists, is a text that nowhere is. */
  private static ValueSql attribute(int at, Set<AttributeKind> kinds) {
    boolean none = kinds.isEmpty() || kinds.equals(Set.of(AttributeKind.LIST));
    return new ValueSql(
        none || kinds.contains(AttributeKind.TEXT) ? "s" + at : null,
        kinds.contains(AttributeKind.WHOLE) ? "i" + at : null,
        kinds.contains(AttributeKind.FRACTION) ? "n" + at : null,
        kinds.contains(AttributeKind.FLAG) ? "b" + at : null);
  }

  private ValueSql value(Field.Column column) {
    return switch (column) {
      case OP -> ValueSql.ofText(column(SpanColumn.OP));
      case NAME -> ValueSql.ofText(column(SpanColumn.NAME));
      case STATUS -> ValueSql.ofText(column(SpanColumn.STATUS));
      case STATUS_MESSAGE -> ValueSql.ofText(column(SpanColumn.STATUS_MESSAGE));
      case DURATION -> ValueSql.ofNumber("(" + column(SpanColumn.DURATION_NANOS) + " / 1e6)");
      case TIMESTAMP -> ValueSql.ofNumber("(" + column(SpanColumn.START_NANOS) + " / 1e6)");
      case TRACE_ID ->
          ValueSql.ofText(
              "(%s || %s)"
                  .formatted(
                      hex(column(SpanColumn.TRACE_HIGH)), hex(column(SpanColumn.TRACE_LOW))));
      case SPAN_ID -> ValueSql.ofText(hex(column(SpanColumn.SPAN_ID)));
      case PARENT_SPAN_ID -> ValueSql.ofText(hex(column(SpanColumn.PARENT_SPAN_ID)));
      case SEGMENT -> ValueSql.ofFlag(column(SpanColumn.IS_SEGMENT));
    };
  }

  private static String hex(String column) {
    return "lpad(lower(hex(" + column + ")), 16, '0')";
  }

  /**
   * The field's values in spans where it is a list, as structs; null in the others. Null when there
   * are no such spans.
   */
  @Nullable String elements(Field field) {
    String list = list(field);
    return list == null ? null : ValueSql.elements(list);
  }

  /**
   * All values of the field, of a list's elements and of others alike: a list of {@code each}.
   *
   * @param each an expression over one value
   */
  @Nullable String all(Field field, ValueExpression each) {
    String list = list(field);
    return list == null
        ? null
        : "CASE WHEN %s IS NULL THEN [%s] ELSE list_transform(%s, lambda x: %s) END"
            .formatted(
                list, each.of(value(field)), ValueSql.elements(list), each.of(ValueSql.of("x")));
  }

  /** Makes an expression over one value. */
  interface ValueExpression {
    String of(ValueSql value);
  }

  private @Nullable String list(Field field) {
    return field instanceof Field.Attribute(String key)
            && kinds.apply(key).contains(AttributeKind.LIST)
        ? "l" + attribute(key)
        : null;
  }
}
