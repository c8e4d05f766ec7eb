package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders a filter over the fields of sessions as a condition for the catalog. */
final class SessionFilterSql implements RowFilterSql.Fields {

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
          Map.entry("issue", "issue"),
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
    return new RowFilterSql(this).condition(filter);
  }

  @Override
  public Sql expression(String name) {
    if (isStatus(name)) {
      return Sql.of(
          "CASE WHEN status = 'running' AND news < %d THEN 'lost' ELSE status END"
              .formatted(lostBefore()));
    }
    if (RunFacts.isFact(name)) {
      return Sql.of("(SELECT value FROM json_each(facts) WHERE key = ").bind(name).add(")");
    }
    @Nullable String column = COLUMNS.get(name);
    return Sql.of(column == null ? "NULL" : column);
  }

  /** A text is larger than every number to the catalog's engine. */
  @Override
  public Sql number(String name) {
    return RunFacts.isFact(name)
        ? Sql.of("(SELECT value FROM json_each(facts) WHERE key = ")
            .bind(name)
            .add(" AND type IN ('integer', 'real'))")
        : expression(name);
  }

  @Override
  public boolean isNumber(String name) {
    return switch (name) {
      case "duration", "span.duration", "tokens", "cost", "steps", "failed_steps" -> true;
      default -> RunFacts.isFact(name);
    };
  }

  @Override
  public @Nullable Sql equal(String name, Value value) {
    if (name.equals("model") || name.equals("gen_ai.request.model")) {
      return Sql.of("EXISTS (SELECT 1 FROM json_each(models) WHERE value = ")
          .bind(FilterSql.text(value))
          .add(")");
    }
    if (RunFacts.isFact(name)) {
      return fact(name, value);
    }
    return isStatus(name) ? hasStatus(status(FilterSql.text(value))) : null;
  }

  /** A flag reads 1 and 0 there, and its type tells it from the number. */
  private Sql fact(String name, Value value) {
    String type = value instanceof Value.Flag(boolean flag) ? Boolean.toString(flag) : null;
    if (type != null) {
      return Sql.of("EXISTS (SELECT 1 FROM json_each(facts) WHERE key = ")
          .bind(name)
          .add(" AND type = ")
          .bind(type)
          .add(")");
    }
    Double number = FilterSql.number(value);
    return number != null
        ? number(name).add(" = ").bind(number)
        : expression(name).add(" = ").bind(FilterSql.text(value));
  }

  /** So that the index by status finds them. */
  private Sql hasStatus(String status) {
    return switch (status) {
      case "running" -> Sql.of("status = 'running' AND news >= ").bind(lostBefore());
      case "lost" ->
          Sql.of("status IN ('lost', 'running') AND (status = 'lost' OR news < ")
              .bind(lostBefore())
              .add(")");
      default -> Sql.of("status = ").bind(status);
    };
  }

  private long lostBefore() {
    return nowNanos - SessionTable.LOST_AFTER_NANOS;
  }

  private static boolean isStatus(String name) {
    return name.equals("status") || name.equals("span.status");
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
}
