package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.store.span.SpanCost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Langfuse's SDKs (Python 3 and later, JavaScript 4 and later) put into JSON or under names
 * with a part of their own; the rest are {@link Aliases}. Source: the attribute names of its Python
 * SDK.
 */
final class Langfuse {

  static final String TYPE = "langfuse.observation.type";

  private static final String TRACE_NAME = "langfuse.trace.name";
  private static final String USAGE = "langfuse.observation.usage_details";
  private static final String COST = "langfuse.observation.cost_details";
  private static final String PARAMETERS = "langfuse.observation.model.parameters";

  private static final List<String> METADATA =
      List.of("langfuse.observation.metadata.", "langfuse.trace.metadata.");

  /** Names of counts, of Langfuse itself and of the providers whose answers are passed on. */
  private static final Map<String, List<String>> COUNTS =
      Map.of(
          GenAi.USAGE_INPUT_TOKENS, List.of("input", "input_tokens", "prompt_tokens"),
          GenAi.USAGE_OUTPUT_TOKENS, List.of("output", "output_tokens", "completion_tokens"),
          GenAi.USAGE_TOTAL_TOKENS, List.of("total", "total_tokens"),
          GenAi.USAGE_CACHE_READ,
              List.of(
                  "input_cached_tokens",
                  "input_cache_read",
                  "cache_read_input_tokens",
                  "cached_tokens"),
          GenAi.USAGE_CACHE_CREATION,
              List.of("input_cache_creation", "cache_creation_input_tokens"),
          GenAi.USAGE_REASONING,
              List.of("output_reasoning_tokens", "output_reasoning", "reasoning_tokens"));

  private static final Map<String, String> REQUEST =
      Map.of(
          "temperature", GenAi.REQUEST_TEMPERATURE,
          "max_tokens", GenAi.REQUEST_MAX_TOKENS,
          "top_p", GenAi.REQUEST_TOP_P,
          "presence_penalty", GenAi.REQUEST_PRESENCE_PENALTY,
          "frequency_penalty", GenAi.REQUEST_FREQUENCY_PENALTY);

  private Langfuse() {}

  /**
   * The operation in the words of the GenAI conventions, or null. Langfuse's trace has no span of
   * its own: its first span is the run, if it says what the trace is.
   *
   * @param type of the observation, in lower case
   */
  static @Nullable String operation(String type, Attributes span, boolean first) {
    return switch (type) {
      case "generation" -> "chat";
      case "agent" -> "invoke_agent";
      case "tool" -> "execute_tool";
      case "embedding" -> "embeddings";
      case "retriever" -> "retrieval";
      case "chain" -> first ? "invoke_agent" : null;
      case "span" -> first && tellsOfTrace(span) ? "invoke_agent" : null;
      default -> null;
    };
  }

  private static boolean tellsOfTrace(Attributes span) {
    return span.has(TRACE_NAME)
        || span.has("langfuse.trace.input")
        || span.has("session.id")
        || span.has("langfuse.session.id");
  }

  /** Adds what the span says, where it does not say it by today's names. */
  static void addTo(Attributes.Builder attributes, SpanData span) {
    Attributes told = span.attributes();
    if (!told.has(TYPE)) {
      return;
    }
    metadata(attributes, told);
    if (told.get("langfuse.trace.tags") instanceof List<?> tags) {
      attributes.putIfAbsent(
          "tags", tags.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    JsonNode usage = Json.parsed(told.string(USAGE));
    COUNTS.forEach((name, words) -> attributes.putIfAbsent(name, count(usage, words)));
    attributes.putIfAbsent(SpanCost.REPORTED, cost(Json.parsed(told.string(COST))));
    JsonNode parameters = Json.parsed(told.string(PARAMETERS));
    REQUEST.forEach((word, name) -> attributes.putIfAbsent(name, number(parameters.path(word))));
    if ("gen_ai.invoke_agent".equals(span.op())) {
      attributes.putIfAbsent(GenAi.AGENT_NAME, agent(told, span.name()));
    }
  }

  /** A trace's name is the name of the agent that is all of it, not of those inside. */
  private static String agent(Attributes told, String name) {
    String trace = told.string(TRACE_NAME);
    return trace == null || "agent".equals(told.string(TYPE)) ? name : trace;
  }

  private static void metadata(Attributes.Builder attributes, Attributes told) {
    Map<String, Object> found = new LinkedHashMap<>();
    told.forEach((key, value) -> {
      for (String prefix : METADATA) {
        if (key.startsWith(prefix)) {
          found.putIfAbsent("metadata." + key.substring(prefix.length()), value);
        }
      }
    });
    found.forEach(attributes::putIfAbsent);
  }

  private static @Nullable Long count(JsonNode usage, List<String> words) {
    for (String word : words) {
      JsonNode found = usage.findPath(word);
      if (found.canConvertToLong() && found.asLong() >= 0) {
        return found.asLong();
      }
    }
    return null;
  }

  /** The sum where no total is given. */
  private static @Nullable Double cost(JsonNode details) {
    Double total = number(details.path("total"));
    if (total != null || !details.isObject()) {
      return total;
    }
    Double sum = null;
    for (JsonNode part : details) {
      Double usd = number(part);
      sum = usd == null ? sum : (Double) (sum == null ? usd : sum + usd);
    }
    return sum;
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? (Double) node.asDouble() : null;
  }
}
