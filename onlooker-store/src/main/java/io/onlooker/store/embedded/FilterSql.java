package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Renders a filter as a condition over the relation {@code spans}; every literal is bound. */
final class FilterSql {

  private final FieldSql fields;

  FilterSql(FieldSql fields) {
    this.fields = fields;
  }

  /** A condition that is null or false for spans the filter does not take. */
  Sql condition(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> joined(all, " AND ", "TRUE", this::condition);
      case Filter.Or(List<Filter> any) -> joined(any, " OR ", "FALSE", this::condition);
      case Filter.Not(Filter inner) ->
          Sql.of("NOT coalesce(").add(condition(inner)).add(", FALSE)");
      case Filter.Has(Field field) -> Sql.of(fields.has(field));
      case Filter.Equal(Field field, List<Value> values) ->
          joined(values, " OR ", "FALSE", value -> equal(field, value));
      case Filter.Compare(Field field, Filter.Comparison comparison, double value) ->
          Sql.of(fields.number(field)).add(sign(comparison)).bind(value);
      case Filter.Matches(Field field, Filter.Pattern pattern) -> matches(field, pattern);
    };
  }

  static <T> Sql joined(List<T> parts, String operator, String none, Function<T, Sql> render) {
    if (parts.isEmpty()) {
      return Sql.of(none);
    }
    Sql joined = Sql.of("(").add(render.apply(parts.getFirst()));
    parts.stream().skip(1).forEach(part -> joined.add(operator).add(render.apply(part)));
    return joined.add(")");
  }

  static String sign(Filter.Comparison comparison) {
    return switch (comparison) {
      case LESS -> " < ";
      case LESS_OR_EQUAL -> " <= ";
      case GREATER -> " > ";
      case GREATER_OR_EQUAL -> " >= ";
    };
  }

  private Sql equal(Field field, Value value) {
    return switch (field) {
      case Field.Column column -> equal(column, value);
      case Field.Attribute(String key) -> equal(fields.attribute(key), value);
    };
  }

  private Sql equal(Field.Column column, Value value) {
    return switch (column) {
      case OP, STATUS ->
          Sql.of("lower(")
              .add(fields.text(column))
              .add(") = ")
              .bind(text(value).toLowerCase(Locale.ROOT));
      case NAME, STATUS_MESSAGE -> Sql.of(fields.text(column)).add(" = ").bind(text(value));
      case DURATION, TIMESTAMP -> compared(fields.number(column), number(value));
      case TRACE_ID -> trace(text(value).toLowerCase(Locale.ROOT));
      case SPAN_ID -> span(SpanColumn.SPAN_ID, text(value).toLowerCase(Locale.ROOT));
      case PARENT_SPAN_ID -> span(SpanColumn.PARENT_SPAN_ID, text(value).toLowerCase(Locale.ROOT));
      case SEGMENT -> compared(fields.column(SpanColumn.IS_SEGMENT), flag(value));
    };
  }

  private Sql trace(String id) {
    Long high = Ids.parsed(id, 0);
    Long low = id.length() == 32 ? Ids.parsed(id, 16) : null;
    return compared(fields.column(SpanColumn.TRACE_HIGH), low == null ? null : high)
        .add(" AND ")
        .add(compared(fields.column(SpanColumn.TRACE_LOW), low));
  }

  private Sql span(SpanColumn column, String id) {
    return compared(fields.column(column), id.length() == 16 ? Ids.parsed(id, 0) : null);
  }

  private static Sql compared(String expression, @Nullable Object value) {
    return value == null ? Sql.of("FALSE") : Sql.of(expression).add(" = ").bind(value);
  }

  /** The text itself, or the number or truth value it spells. */
  private static Sql equal(int attribute, Value value) {
    Sql sql = Sql.of("(s" + attribute + " = ").bind(text(value));
    Double number = number(value);
    if (number != null) {
      sql.add(" OR n" + attribute + " = ").bind(number);
      sql.add(" OR i" + attribute + " = ").bind(number);
      sql.add(" OR TRY_CAST(s" + attribute + " AS DOUBLE) = ").bind(number);
    }
    Boolean flag = flag(value);
    if (flag != null) {
      sql.add(" OR b" + attribute + " = ").bind(flag);
    }
    return sql.add(")");
  }

  static String text(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Number(double number) -> Double.toString(number).replaceFirst("\\.0$", "");
      case Value.Flag(boolean flag) -> Boolean.toString(flag);
    };
  }

  static @Nullable Double number(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Attributes.builder().put("", text).build().number("");
      case Value.Number(double number) -> number;
      case Value.Flag _ -> null;
    };
  }

  private static @Nullable Boolean flag(Value value) {
    return switch (text(value).toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> null;
    };
  }

  private Sql matches(Field field, Filter.Pattern pattern) {
    List<String> pieces = pattern.pieces();
    if (pieces.size() == 3 && pieces.getFirst().isEmpty() && pieces.getLast().isEmpty()) {
      return Sql.of("contains(lower(" + fields.text(field) + "), lower(")
          .bind(pieces.get(1))
          .add("))");
    }
    return Sql.of(fields.text(field)).add(" ILIKE ").bind(like(pieces)).add(" ESCAPE '\\'");
  }

  static String like(List<String> pieces) {
    return String.join("%", pieces.stream().map(FilterSql::escaped).toList());
  }

  private static String escaped(String piece) {
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
