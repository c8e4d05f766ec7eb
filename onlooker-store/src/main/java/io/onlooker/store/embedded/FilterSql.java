package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Renders a filter as a condition over the relation {@code spans}; every literal is bound. */
final class FilterSql {

  /** How many characters of a piece say enough. */
  private static final int LOOKED_FOR = 64;

  private final FieldSql fields;

  FilterSql(FieldSql fields) {
    this.fields = fields.tested();
  }

  /** A condition that is null or false for spans the filter does not take. */
  Sql condition(Filter filter) {
    fields.note(filter);
    return switch (filter) {
      case Filter.And(List<Filter> all) -> joined(all, " AND ", "TRUE", this::condition);
      case Filter.Or(List<Filter> any) -> joined(any, " OR ", "FALSE", this::condition);
      case Filter.Not(Filter inner) ->
          Sql.of("NOT coalesce(").add(condition(inner)).add(", FALSE)");
      case Filter.Has(Field field) -> any(field, value -> Sql.of(value.present()));
      case Filter.Equal(Field field, List<Value> values) ->
          joined(values, " OR ", "FALSE", value -> equal(field, value));
      case Filter.Compare(Field field, Filter.Comparison comparison, double number) ->
          any(field, value -> Sql.of(value.number()).add(sign(comparison)).bind(number));
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          any(field, value -> matches(Sql.of(value.asText()), pattern.pieces()));
    };
  }

  /** The test holds for a value of the field. */
  private Sql any(Field field, Function<ValueSql, Sql> test) {
    Sql one = test.apply(fields.value(field));
    String elements = fields.elements(field);
    return elements == null
        ? one
        : Sql.of("(")
            .add(one)
            .add(" OR len(list_filter(" + elements + ", lambda x: coalesce(")
            .add(test.apply(ValueSql.of("x")))
            .add(", FALSE))) > 0)");
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
    if (value instanceof Value.Text(String text) && field instanceof Field.Column column) {
      switch (column) {
        case TRACE_ID -> {
          return trace(text);
        }
        case SPAN_ID -> {
          return span(SpanColumn.SPAN_ID, text);
        }
        case PARENT_SPAN_ID -> {
          return span(SpanColumn.PARENT_SPAN_ID, text);
        }
        default -> {}
      }
    }
    return any(field, actual -> equal(actual, value, anyCase(field)));
  }

  private static boolean anyCase(Field field) {
    return field == Field.Column.OP
        || field == Field.Column.STATUS
        || field == Field.Column.STATUS_MESSAGE;
  }

  /** By the numbers of the id, which files can be searched by. */
  private Sql trace(String id) {
    if (id.length() != 32 || !Ids.isHex(id, 0, 32)) {
      return Sql.of("FALSE");
    }
    TraceKey key = Ids.trace(0, id);
    Sql sql = Sql.of("(" + fields.column(SpanColumn.TRACE_HIGH) + " = ").bind(key.high());
    sql.add(" AND " + fields.column(SpanColumn.TRACE_LOW) + " = ").bind(key.low());
    return sql.add(")");
  }

  private Sql span(SpanColumn column, String id) {
    return id.length() == 16 && Ids.isHex(id, 0, 16)
        ? Sql.of(fields.column(column) + " = ").bind(Ids.span("spanId", id))
        : Sql.of("FALSE");
  }

  private static Sql equal(ValueSql actual, Value value, boolean anyCase) {
    return switch (value) {
      case Value.Text(String text) -> {
        if (actual.text() == null) {
          yield Sql.of("FALSE");
        }
        yield anyCase
            ? Sql.of("lower(" + actual.text() + ") = ").bind(AnyCase.fold(text))
            : Sql.of(actual.text() + " = ").bind(text);
      }
      case Value.Number(double number) -> Sql.of(actual.number()).add(" = ").bind(number);
      case Value.Flag(boolean flag) -> equal(actual, flag);
    };
  }

  private static Sql equal(ValueSql actual, boolean flag) {
    Sql sql = Sql.of("(FALSE");
    if (actual.flag() != null) {
      sql.add(" OR " + actual.flag() + " = ").bind(flag);
    }
    if (actual.text() != null) {
      sql.add(" OR lower(" + actual.text() + ") = ").bind(Boolean.toString(flag));
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

  /** A text pattern; in time that grows with the text's length, however many wildcards it has. */
  static Sql matches(Sql text, List<String> pieces) {
    if (pieces.size() == 3 && pieces.getFirst().isEmpty() && pieces.getLast().isEmpty()) {
      return Sql.of("contains(lower(")
          .add(text)
          .add("), ")
          .bind(AnyCase.fold(pieces.get(1)))
          .add(")");
    }
    return Sql.of("regexp_full_match(lower(")
        .add(text)
        .add("), ")
        .bind(String.join(".*", pieces.stream().map(FilterSql::literal).toList()))
        .add(", 's')");
  }

  /** The piece in lower case as a regular expression that is nothing but it. */
  private static String literal(String piece) {
    StringBuilder literal = new StringBuilder();
    AnyCase.fold(piece)
        .codePoints()
        .forEach(c -> {
          if (c == 0) {
            literal.append("\\x00");
          } else {
            boolean plain = c >= 128 || Character.isLetterOrDigit(c) || c == '_';
            literal.append(plain ? "" : "\\").appendCodePoint(c);
          }
        });
    return literal.toString();
  }

  /** A condition that all texts meet which match one of the patterns, and others may. */
  static Sql mayMatch(String text, List<Filter.Pattern> patterns) {
    return joined(
        patterns,
        " OR ",
        "FALSE",
        pattern -> {
          String longest =
              Collections.max(pattern.pieces(), Comparator.comparingInt(String::length));
          return Sql.of("regexp_matches(" + text + ", ")
              .bind(AnyCase.regex(longest, LOOKED_FOR))
              .add(")");
        });
  }

  static String like(List<String> pieces) {
    return String.join("%", pieces.stream().map(FilterSql::escaped).toList());
  }

  private static String escaped(String piece) {
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
