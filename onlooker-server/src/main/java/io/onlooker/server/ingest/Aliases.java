package io.onlooker.server.ingest;

import io.onlooker.GenAi;
import io.onlooker.store.span.SpanCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one table of names: what older SDKs, other frameworks and the GenAI conventions of former
 * years call the things that we know by today's names.
 *
 * <p>Sources: Sentry's attribute conventions (deprecated names and their replacements),
 * OpenTelemetry's GenAI registry, OpenInference's and Traceloop's (OpenLLMetry) conventions, what
 * Vercel AI, Mastra, Spring AI, Google ADK and Langfuse write themselves, seed 000 and seed 002 for
 * {@code gen_ai.agent.instructions} and {@code conversation.session_id}.
 */
final class Aliases {

  /** How a value has to change to mean the same under the new name. */
  enum Shape {
    AS_IS,
    /** Numeric text becomes a number. */
    COUNT,
    /** One word or a list becomes JSON text of a list. */
    WORDS,
    /** Messages of {@code {role, content}} become {@code {role, parts}}. */
    MESSAGES,
    /** A moment becomes seconds since the span's start. */
    SINCE_START,
    /** Milliseconds become seconds. */
    MILLIS
  }

  /**
   * Where a value goes.
   *
   * @param slot the place of the canonical name in the table
   * @param rank of the alias among those of one name; the lowest wins
   */
  record Target(String name, int slot, int rank, Shape shape, boolean aiOnly) {}

  private static final List<String> NAMES = new ArrayList<>();
  private static final Map<String, Target> TARGETS = new HashMap<>();

  static {
    everywhere("release", "sentry.release", "langfuse.release", "service.version");
    everywhere(
        "environment",
        "sentry.environment",
        "langfuse.environment",
        "deployment.environment.name",
        "deployment.environment");
    everywhere("transaction", "sentry.segment.name");
    everywhere(
        GenAi.USER_ID,
        "metadata.resourceId",
        "mastra.metadata.resourceId",
        "metadata.userId",
        "mastra.metadata.userId",
        "memory.resource",
        "enduser.id",
        "ai.telemetry.metadata.userId",
        "traceloop.association.properties.user_id",
        "langfuse.user.id");
    everywhere(
        GenAi.CONVERSATION_ID,
        "conversation.session_id",
        "conversation.id",
        "metadata.threadId",
        "mastra.metadata.threadId",
        "memory.thread",
        "ai.telemetry.metadata.threadId",
        "ai.telemetry.metadata.sessionId",
        "traceloop.association.properties.session_id",
        "spring.ai.chat.client.conversation.id",
        "gcp.vertex.agent.session_id",
        "langfuse.session.id");
    everywhere("input", "langfuse.observation.input", "langfuse.trace.input");
    everywhere("output", "langfuse.observation.output", "langfuse.trace.output");
    everywhere(GenAi.ERROR_TYPE, "exception.type");
    everywhere(GenAi.ERROR_MESSAGE, "exception.message");

    ai(
        Shape.AS_IS,
        GenAi.PROVIDER_NAME,
        "gen_ai.system",
        "ai.model.provider",
        "ai.provider",
        "llm.provider",
        "llm.system");
    ai(
        Shape.AS_IS,
        GenAi.REQUEST_MODEL,
        "ai.model_id",
        "ai.model.id",
        "llm.model_name",
        "embedding.model_name",
        "reranker.model_name",
        "langfuse.observation.model.name");
    ai(Shape.AS_IS, GenAi.RESPONSE_MODEL, "ai.response.model");
    ai(Shape.AS_IS, GenAi.RESPONSE_ID, "ai.response.id");
    ai(
        Shape.AS_IS,
        GenAi.AGENT_NAME,
        "ai.telemetry.functionId",
        "gen_ai.function_id",
        "function_id",
        "agent.name");
    ai(Shape.AS_IS, GenAi.CONVERSATION_ID, "session.id");
    ai(Shape.AS_IS, "input", "input.value", "traceloop.entity.input");
    ai(Shape.AS_IS, "output", "output.value", "traceloop.entity.output");
    ai(Shape.AS_IS, GenAi.PIPELINE_NAME, "ai.pipeline.name", "traceloop.workflow.name");
    ai(
        Shape.MESSAGES,
        GenAi.INPUT_MESSAGES,
        "gen_ai.request.messages",
        "gen_ai.prompt",
        "ai.prompt.messages",
        "ai.prompt",
        "ai.input_messages",
        "ai.texts",
        "mastra.agent_run.input");
    ai(Shape.AS_IS, GenAi.OUTPUT_MESSAGES, "gen_ai.completion", "mastra.agent_run.output");
    ai(
        Shape.AS_IS,
        GenAi.SYSTEM_INSTRUCTIONS,
        "gen_ai.agent.instructions",
        "gen_ai.system.message",
        "ai.preamble");
    ai(Shape.AS_IS, GenAi.TOOL_DEFINITIONS, "gen_ai.request.available_tools", "ai.prompt.tools");
    ai(
        Shape.AS_IS,
        GenAi.TOOL_NAME,
        "mcp.tool.name",
        "ai.toolCall.name",
        "ai.function_call",
        "spring.ai.tool.definition.name",
        "tool.name",
        "tool_call.function.name");
    ai(
        Shape.AS_IS,
        GenAi.TOOL_DESCRIPTION,
        "spring.ai.tool.definition.description",
        "tool.description");
    ai(Shape.AS_IS, GenAi.TOOL_CALL_ID, "ai.toolCall.id", "metadata.toolCallId", "tool_call.id");
    ai(
        Shape.AS_IS,
        GenAi.TOOL_CALL_ARGUMENTS,
        "gen_ai.tool.input",
        "ai.toolCall.args",
        "spring.ai.tool.call.arguments",
        "gcp.vertex.agent.tool_call_args",
        "tool_call.function.arguments");
    ai(
        Shape.AS_IS,
        GenAi.TOOL_CALL_RESULT,
        "gen_ai.tool.output",
        "gen_ai.tool.message",
        "mcp.tool.result.content",
        "ai.toolCall.result",
        "spring.ai.tool.call.result",
        "gcp.vertex.agent.tool_response");
    ai(
        Shape.COUNT,
        GenAi.USAGE_INPUT_TOKENS,
        "gen_ai.usage.prompt_tokens",
        "ai.prompt_tokens.used",
        "ai.usage.inputTokens",
        "ai.usage.promptTokens",
        "llm.token_count.prompt");
    ai(
        Shape.COUNT,
        GenAi.USAGE_OUTPUT_TOKENS,
        "gen_ai.usage.completion_tokens",
        "ai.completion_tokens.used",
        "ai.usage.outputTokens",
        "ai.usage.completionTokens",
        "llm.token_count.completion");
    ai(
        Shape.COUNT,
        GenAi.USAGE_TOTAL_TOKENS,
        "ai.total_tokens.used",
        "ai.usage.totalTokens",
        "ai.usage.tokens",
        "llm.usage.total_tokens",
        "llm.token_count.total");
    ai(
        Shape.COUNT,
        GenAi.USAGE_CACHE_READ,
        "gen_ai.usage.input_tokens.cached",
        "gen_ai.usage.cache_read_input_tokens",
        "gen_ai.usage.cached_input_tokens",
        "gen_ai.usage.input_cached_tokens",
        "ai.usage.cachedInputTokens",
        "ai.usage.inputTokenDetails.cacheReadTokens",
        "llm.token_count.prompt_details.cache_read");
    ai(
        Shape.COUNT,
        GenAi.USAGE_CACHE_CREATION,
        "gen_ai.usage.input_tokens.cache_write",
        "gen_ai.usage.cache_creation_input_tokens",
        "gen_ai.usage.cache_write_input_tokens",
        "gen_ai.usage.cache_write_tokens",
        "gen_ai.usage.cache_write.input_tokens",
        "ai.usage.inputTokenDetails.cacheWriteTokens",
        "llm.token_count.prompt_details.cache_write");
    ai(
        Shape.COUNT,
        GenAi.USAGE_REASONING,
        "gen_ai.usage.output_tokens.reasoning",
        "gen_ai.usage.reasoning_tokens",
        "ai.usage.reasoningTokens",
        "ai.usage.outputTokenDetails.reasoningTokens",
        "llm.token_count.completion_details.reasoning");
    ai(
        Shape.AS_IS,
        SpanCost.REPORTED,
        "gen_ai.usage.total_cost",
        "gen_ai.usage.cost",
        "ai.total_cost",
        "llm.cost.total");
    ai(
        Shape.WORDS,
        GenAi.RESPONSE_FINISH_REASONS,
        "gen_ai.response.finish_reason",
        "gen_ai.response.stop_reason",
        "ai.response.finishReason",
        "ai.finish_reason",
        "gen_ai.completion.0.finish_reason");
    ai(Shape.MILLIS, GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, "ai.response.msToFirstChunk");
    ai(
        Shape.AS_IS,
        GenAi.RESPONSE_TIME_TO_FIRST_CHUNK,
        "gen_ai.response.time_to_first_token",
        "gen_ai.client.operation.time_to_first_chunk",
        "gen_ai.server.time_to_first_token");
    ai(
        Shape.SINCE_START,
        GenAi.RESPONSE_TIME_TO_FIRST_CHUNK,
        "gen_ai.completion_start_time",
        "mastra.completion_start_time",
        "langfuse.observation.completion_start_time");
    ai(
        Shape.AS_IS,
        GenAi.RESPONSE_STREAMING,
        "gen_ai.request.stream",
        "ai.streaming",
        "llm.is_streaming");
  }

  private Aliases() {}

  /** Where the value under this name goes, or null when the name is nobody's alias. */
  static @Nullable Target of(String name) {
    return TARGETS.get(name);
  }

  /** Every alias and where its value goes. */
  static Map<String, Target> all() {
    return Map.copyOf(TARGETS);
  }

  /** How many canonical names there are. */
  static int slots() {
    return NAMES.size();
  }

  private static void everywhere(String name, String... aliases) {
    add(Shape.AS_IS, false, name, aliases);
  }

  private static void ai(Shape shape, String name, String... aliases) {
    add(shape, true, name, aliases);
  }

  private static void add(Shape shape, boolean aiOnly, String name, String... aliases) {
    if (!NAMES.contains(name)) {
      NAMES.add(name);
    }
    int slot = NAMES.indexOf(name);
    for (String alias : aliases) {
      TARGETS.put(alias, new Target(name, slot, TARGETS.size(), shape, aiOnly));
    }
  }
}
