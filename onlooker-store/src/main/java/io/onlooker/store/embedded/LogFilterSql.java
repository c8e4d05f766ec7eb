package io.onlooker.store.embedded;

import io.onlooker.LogData;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.Locale;

/** Renders a filter over log lines as a condition; attributes are looked up in their JSON. */
final class LogFilterSql {

  private LogFilterSql() {}

  static Sql condition(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) ->
          FilterSql.joined(all, " AND ", "TRUE", LogFilterSql::condition);
      case Filter.Or(List<Filter> any) ->
          FilterSql.joined(any, " OR ", "FALSE", LogFilterSql::condition);
      case Filter.Not(Filter inner) ->
          Sql.of("NOT coalesce(").add(condition(inner)).add(", FALSE)");
      case Filter.Has(Field field) -> Sql.of("coalesce(").add(text(field)).add(", '') <> ''");
      case Filter.Equal(Field field, List<Value> values) ->
          FilterSql.joined(values, " OR ", "FALSE", value -> equal(field, value));
      case Filter.Compare(Field field, Filter.Comparison comparison, double value) ->
          number(field).add(FilterSql.sign(comparison)).bind(value);
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          FilterSql.matches(text(field), pattern.pieces());
    };
  }

  private static Sql equal(Field field, Value value) {
    String asked = FilterSql.text(value);
    return switch (field.label()) {
      case "level" -> Sql.of("level = ").bind(asked.toUpperCase(Locale.ROOT));
      case "trace" ->
          asked.length() == 32 && Ids.isHex(asked, 0, 32) ? ofTrace(asked) : Sql.of("FALSE");
      default -> {
        Double number = FilterSql.number(value);
        yield number == null || value instanceof Value.Text
            ? text(field).add(" = ").bind(asked)
            : number(field).add(" = ").bind(number);
      }
    };
  }

  static Sql ofTrace(String id) {
    TraceKey key = Ids.trace(0, id);
    Sql sql = Sql.of("(trace_high = ").bind(key.high());
    return sql.add(" AND trace_low = ").bind(key.low()).add(")");
  }

  private static Sql text(Field field) {
    return switch (field.label()) {
      case "span.name" -> Sql.of("body");
      case "level" -> Sql.of("lower(level)");
      case "trace" -> Sql.of("CASE WHEN trace_high IS NOT NULL THEN 'one' END");
      case "span" -> Sql.of("span_id");
      default -> Sql.of("json_extract_string(attributes, ").bind(path(field.label())).add(")");
    };
  }

  private static Sql number(Field field) {
    if (field.label().equals("severity")) {
      Sql severity = Sql.of("CASE level");
      for (LogData.Level level : LogData.Level.values()) {
        severity.add(" WHEN '" + level.name() + "' THEN " + level.severityNumber());
      }
      return severity.add(" END");
    }
    return Sql.of("TRY_CAST(").add(text(field)).add(" AS DOUBLE)");
  }

  private static String path(String key) {
    return "$.\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
