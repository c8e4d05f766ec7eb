package io.onlooker.server.read;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table that a team looks at: which spans, by what, and the figures of each row as the query
 * language writes them, so that everybody can ask for the same.
 *
 * @param q which spans
 * @param by the attribute that names a row
 * @param figures by the name of their column; the first sorts, largest first
 * @param with what else is told of a row: the attribute by the name that it is told under
 */
public record Rollup(
    String name, String q, String by, Map<String, String> figures, Map<String, String> with) {

  /** The whole input of calls whose sender counts it without what came from a cache. */
  private static final String BESIDE_CACHE = "input_tokens_beside_cache";

  /** Which calls of tools failed; some say so in their result only. */
  public static final String TOOL_FAILED =
      "status:error OR tool.success:false OR mcp.tool.result.is_error:true";

  /**
   * Calls of models, as clients and frameworks report them; parts of a call, and what reports it
   * once more, are left out.
   */
  public static final Rollup MODELS =
      new Rollup(
          "models",
          "gen_ai.operation.type:ai_client has:gen_ai.request.model"
              + " !gen_ai.operation.name:[model_generation, model_step, agent_step,"
              + " model_inference, model_chunk] !has:onlooker.cost.repeated",
          "gen_ai.request.model",
          table(
              "calls",
              "count()",
              "failed",
              "count_if(status:error)",
              "failure_rate",
              "failure_rate()",
              "avg_ms",
              "avg(span.duration)",
              "p50_ms",
              "p50(span.duration)",
              "p95_ms",
              "p95(span.duration)",
              "max_ms",
              "max(span.duration)",
              "input_tokens",
              "sum_if(gen_ai.usage.input_tokens, !has:onlooker.usage.input_tokens)",
              BESIDE_CACHE,
              "sum(onlooker.usage.input_tokens)",
              "output_tokens",
              "sum(gen_ai.usage.output_tokens)",
              "cached_tokens",
              "sum(gen_ai.usage.cache_read.input_tokens)",
              "cache_write_tokens",
              "sum(gen_ai.usage.cache_creation.input_tokens)",
              "reasoning_tokens",
              "sum(gen_ai.usage.reasoning.output_tokens)",
              "first_token_p50_s",
              "p50(gen_ai.response.time_to_first_chunk)",
              "first_token_p95_s",
              "p95(gen_ai.response.time_to_first_chunk)",
              "cost_usd",
              "sum(onlooker.cost_usd)",
              "unpriced_calls",
              "count_if(has:onlooker.cost.missing)",
              "last_seen",
              "max(timestamp)"),
          Map.of("providers", "gen_ai.provider.name"));

  public static final Rollup TOOLS =
      new Rollup(
          "tools",
          "gen_ai.operation.type:tool",
          "gen_ai.tool.name",
          table(
              "calls", "count()",
              "failed", "count_if(" + TOOL_FAILED + ")",
              "failure_rate", "share(" + TOOL_FAILED + ")",
              "avg_ms", "avg(span.duration)",
              "p50_ms", "p50(span.duration)",
              "p95_ms", "p95(span.duration)",
              "max_ms", "max(span.duration)",
              "last_seen", "max(timestamp)"),
          Map.of("agents", "gen_ai.agent.name"));

  public static final Rollup QUEUES =
      new Rollup(
          "queues",
          "op:queue.*",
          "messaging.destination.name",
          table(
              "messages", "count()",
              "published", "count_op(queue.publish)",
              "processed", "count_op(queue.process)",
              "failed", "count_if(status:error)",
              "failure_rate", "failure_rate()",
              "latency_avg_ms", "avg(messaging.message.receive.latency)",
              "latency_p95_ms", "p95(messaging.message.receive.latency)",
              "processing_avg_ms", "avg_if(span.duration, op:queue.process)",
              "processing_p95_ms", "p95_if(span.duration, op:queue.process)",
              "time_spent_ms", "sum_if(span.duration, op:queue.process)",
              "last_seen", "max(timestamp)"),
          Map.of("systems", "messaging.system"));

  public static final Rollup MCP =
      new Rollup(
          "mcp",
          "has:mcp.method.name",
          "mcp.method.name",
          table(
              "requests", "count()",
              "failed", "count_if(" + TOOL_FAILED + ")",
              "failure_rate", "share(" + TOOL_FAILED + ")",
              "avg_ms", "avg(span.duration)",
              "p50_ms", "p50(span.duration)",
              "p95_ms", "p95(span.duration)",
              "max_ms", "max(span.duration)",
              "last_seen", "max(timestamp)"),
          Map.of("clients", "mcp.client.name", "transports", "mcp.transport"));

  /** What requests over MCP can be told apart by, beside their method. */
  public static final Map<String, String> MCP_BY =
      Map.of(
          "method", "mcp.method.name",
          "tool", "mcp.tool.name",
          "resource", "mcp.resource.uri",
          "prompt", "mcp.prompt.name",
          "client", "mcp.client.name",
          "transport", "mcp.transport",
          "server", "mcp.server.name");

  public Rollup {
    figures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    with = Map.copyOf(with);
  }

  /**
   * The figures of a row, in the order of the columns that were asked for. Input tokens are whole,
   * whether a sender counts what came from a cache among them or beside them.
   *
   * @param values one for each of {@link #figures()}
   */
  public Figures read(List<? extends @Nullable Object> values) {
    Map<String, @Nullable Double> read = new LinkedHashMap<>();
    int column = 0;
    for (String figure : figures.keySet()) {
      Object value = values.get(column++);
      Double number = value instanceof Number known ? (Double) known.doubleValue() : null;
      if (!figure.equals(BESIDE_CACHE)) {
        read.put(figure, number);
      } else if (number != null) {
        read.merge("input_tokens", number, Double::sum);
      }
    }
    return new Figures(read);
  }

  /** The same by another attribute, of spans that have it. */
  public Rollup by(String attribute) {
    return new Rollup(name, q + " has:" + attribute, attribute, figures, with);
  }

  /** The same without what else is told of a row. */
  public Rollup bare() {
    return new Rollup(name, q, by, figures, Map.of());
  }

  /**
   * The same with these of its figures alone, and without what else is told of a row: what nobody
   * shows is not counted. The figure that sorts stays.
   */
  public Rollup only(String... names) {
    Map<String, String> fewer = new LinkedHashMap<>(figures);
    Set<String> kept = new HashSet<>(Set.of(names));
    kept.add(first());
    if (kept.contains("input_tokens")) {
      kept.add(BESIDE_CACHE);
    }
    fewer.keySet().retainAll(kept);
    return new Rollup(name, q, by, fewer, Map.of());
  }

  /** The same over those spans only that this query takes as well. */
  public Rollup where(@Nullable String query) {
    return query == null || query.isBlank()
        ? this
        : new Rollup(name, q + " (" + query + ")", by, figures, with);
  }

  /**
   * How the query language asks for one figure.
   *
   * @throws NullPointerException when there is no figure of this name
   */
  public String aggregate(String figure) {
    return Objects.requireNonNull(figures.get(figure), figure);
  }

  /** The figure that counts spans, by which rows are sorted. */
  public String first() {
    return figures.keySet().iterator().next();
  }

  private static Map<String, String> table(String... columns) {
    Map<String, String> table = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      table.put(columns[i], columns[i + 1]);
    }
    return table;
  }
}
