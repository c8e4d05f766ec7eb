package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Renders a filter over the fields of sessions as a condition for the catalog. */
final class SessionFilterSql {

  private static final String ANY_TEXT =
      "concat_ws(' ', name, agent, input, output, failure_reason, conversation, user)";
  private static final String MODELS = "(SELECT group_concat(value, ', ') FROM json_each(models))";

  /** Fields by name; those of spans that mean the same are taken too. */
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("agent", "agent"),
          Map.entry("gen_ai.agent.name", "agent"),
          Map.entry("user.id", "user"),
          Map.entry("conversation", "conversation"),
          Map.entry("gen_ai.conversation.id", "conversation"),
          Map.entry("trace", "trace"),
          Map.entry("id", "id"),
          Map.entry("environment", "environment"),
          Map.entry("release", "release"),
          Map.entry("name", "name"),
          Map.entry("duration", "(duration / 1e6)"),
          Map.entry("span.duration", "(duration / 1e6)"),
          Map.entry("tokens", "tokens"),
          Map.entry("cost", "cost_usd"),
          Map.entry("steps", "steps"),
          Map.entry("failed_steps", "failed_steps"),
          Map.entry("model", MODELS),
          Map.entry("gen_ai.request.model", MODELS),
          Map.entry("span.name", ANY_TEXT));

  private final long nowNanos;

  SessionFilterSql(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  Sql condition(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> joined(all, " AND ", "TRUE", this::condition);
      case Filter.Or(List<Filter> any) -> joined(any, " OR ", "FALSE", this::condition);
      case Filter.Not(Filter inner) ->
          Sql.of("NOT coalesce(").add(condition(inner)).add(", FALSE)");
      case Filter.Has(Field field) -> Sql.of("coalesce(" + expression(field) + ", '') <> ''");
      case Filter.Equal(Field field, List<Value> values) ->
          joined(values, " OR ", "FALSE", value -> equal(field, value));
      case Filter.Compare(Field field, Filter.Comparison comparison, double value) ->
          Sql.of(expression(field)).add(FilterSql.sign(comparison)).bind(value);
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          Sql.of(expression(field))
              .add(" LIKE ")
              .bind(FilterSql.like(pattern.pieces()))
              .add(" ESCAPE '\\'");
    };
  }

  private static <T> Sql joined(
      List<T> parts, String operator, String none, Function<T, Sql> render) {
    return FilterSql.joined(parts, operator, none, render);
  }

  private Sql equal(Field field, Value value) {
    String name = name(field);
    if (name.equals("model") || name.equals("gen_ai.request.model")) {
      return Sql.of("EXISTS (SELECT 1 FROM json_each(models) WHERE value = ")
          .bind(FilterSql.text(value))
          .add(")");
    }
    if (name.equals("status") || name.equals("span.status")) {
      return Sql.of(expression(field) + " = ").bind(status(FilterSql.text(value)));
    }
    Double number = FilterSql.number(value);
    return number != null && isNumber(name)
        ? Sql.of(expression(field) + " = ").bind(number)
        : Sql.of(expression(field) + " = ").bind(FilterSql.text(value));
  }

  private static boolean isNumber(String name) {
    return switch (name) {
      case "duration", "span.duration", "tokens", "cost", "steps", "failed_steps" -> true;
      default -> false;
    };
  }

  /** Spans say ok and error where sessions say completed and failed. */
  private static String status(String asked) {
    String status = asked.toLowerCase(Locale.ROOT);
    return switch (status) {
      case "ok" -> "completed";
      case "error" -> "failed";
      default -> status;
    };
  }

  private String expression(Field field) {
    String name = name(field);
    if (name.equals("status") || name.equals("span.status")) {
      return "CASE WHEN status = 'running' AND news < %d THEN 'lost' ELSE status END"
          .formatted(nowNanos - SessionTable.LOST_AFTER_NANOS);
    }
    @Nullable String column = COLUMNS.get(name);
    return column == null ? "NULL" : column;
  }

  private static String name(Field field) {
    return field.label();
  }
}
