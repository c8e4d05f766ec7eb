package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mastra's typed attributes under the names of {@link GenAi}; what is read is taken away. */
final class MastraAttributes {

  private final Map<String, Object> from;
  private final Attributes.Builder to;

  MastraAttributes(Map<String, Object> from, Attributes.Builder to) {
    this.from = from;
    this.to = to;
  }

  void read(SpanType type, long startNanos) {
    switch (type) {
      case AGENT_RUN -> agent();
      case MODEL_GENERATION -> generation(startNanos);
      case MODEL_STEP -> answer(startNanos);
      case TOOL_CALL, MCP_TOOL_CALL -> tool();
      case WORKFLOW_RUN -> move("status", GenAi.WORKFLOW_STATUS);
      case WORKFLOW_STEP -> move("status", GenAi.WORKFLOW_STEP_STATUS);
      case WORKFLOW_CONDITIONAL -> conditional();
      case WORKFLOW_PARALLEL -> parallel();
      case WORKFLOW_LOOP -> loop();
      case PROCESSOR_RUN -> processor();
      default -> {}
    }
  }

  private void agent() {
    move("instructions", GenAi.SYSTEM_INSTRUCTIONS);
    move("availableTools", GenAi.TOOL_DEFINITIONS);
    move("conversationId", GenAi.CONVERSATION_ID);
    move("maxSteps", GenAi.AGENT_MAX_STEPS);
    move("prompt", "gen_ai.agent.prompt");
  }

  private void generation(long startNanos) {
    move("model", GenAi.REQUEST_MODEL);
    move("provider", GenAi.PROVIDER_NAME);
    move("streaming", GenAi.REQUEST_STREAM);
    move("tools", GenAi.TOOL_DEFINITIONS);
    move("serverAddress", GenAi.SERVER_ADDRESS);
    move("serverPort", GenAi.SERVER_PORT);
    if (from.remove("parameters") instanceof Map<?, ?> parameters) {
      parameters(parameters);
    }
    answer(startNanos);
  }

  private void answer(long startNanos) {
    move("responseModel", GenAi.RESPONSE_MODEL);
    move("responseId", GenAi.RESPONSE_ID);
    Object reason = from.remove("finishReason");
    if (reason != null) {
      to.put(GenAi.RESPONSE_FINISH_REASONS, List.of(reason));
    }
    Object first = from.remove("completionStartTime");
    if (first != null) {
      long nanos = MastraSpan.time(first, "completionStartTime") - startNanos;
      to.put(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, nanos / 1e9);
    }
    if (from.remove("usage") instanceof Map<?, ?> usage) {
      usage(usage);
    }
  }

  private void tool() {
    move("toolType", GenAi.TOOL_TYPE);
    move("toolDescription", GenAi.TOOL_DESCRIPTION);
    move("toolCallId", GenAi.TOOL_CALL_ID);
    move("success", GenAi.TOOL_SUCCESS);
    move("mcpServer", GenAi.SERVER_ADDRESS);
  }

  private void conditional() {
    move("conditionCount", GenAi.WORKFLOW_CONDITION_COUNT);
    list("truthyIndexes", GenAi.WORKFLOW_TRUTHY_INDEXES);
    list("selectedSteps", GenAi.WORKFLOW_SELECTED_STEPS);
  }

  private void parallel() {
    move("branchCount", GenAi.WORKFLOW_BRANCH_COUNT);
    list("parallelSteps", GenAi.WORKFLOW_PARALLEL_STEPS);
  }

  private void loop() {
    move("loopType", GenAi.WORKFLOW_LOOP_TYPE);
    move("iteration", GenAi.WORKFLOW_LOOP_ITERATION);
    move("totalIterations", GenAi.WORKFLOW_LOOP_TOTAL);
    move("concurrency", GenAi.WORKFLOW_LOOP_CONCURRENCY);
  }

  private void processor() {
    move("processorExecutor", GenAi.PROCESSOR_EXECUTOR);
    move("processorIndex", GenAi.PROCESSOR_INDEX);
    move("processorPhase", GenAi.PROCESSOR_PHASE);
  }

  private void parameters(Map<?, ?> parameters) {
    put(GenAi.REQUEST_TEMPERATURE, parameters.get("temperature"));
    put(GenAi.REQUEST_MAX_TOKENS, parameters.get("maxOutputTokens"));
    put(GenAi.REQUEST_TOP_P, parameters.get("topP"));
    put(GenAi.REQUEST_TOP_K, parameters.get("topK"));
    put(GenAi.REQUEST_PRESENCE_PENALTY, parameters.get("presencePenalty"));
    put(GenAi.REQUEST_FREQUENCY_PENALTY, parameters.get("frequencyPenalty"));
    put(GenAi.REQUEST_STOP_SEQUENCES, parameters.get("stopSequences"));
    put(GenAi.REQUEST_SEED, parameters.get("seed"));
  }

  private void usage(Map<?, ?> usage) {
    put(GenAi.USAGE_INPUT_TOKENS, usage.get("inputTokens"));
    put(GenAi.USAGE_OUTPUT_TOKENS, usage.get("outputTokens"));
    if (usage.get("inputDetails") instanceof Map<?, ?> details) {
      put(GenAi.USAGE_CACHE_READ, details.get("cacheRead"));
      put(GenAi.USAGE_CACHE_CREATION, details.get("cacheWrite"));
    }
    if (usage.get("outputDetails") instanceof Map<?, ?> details) {
      put(GenAi.USAGE_REASONING, details.get("reasoning"));
    }
  }

  private void move(String key, String name) {
    put(name, from.remove(key));
  }

  private void list(String key, String name) {
    if (from.remove(key) instanceof List<?> list) {
      boolean scalars = list.stream().noneMatch(e -> e instanceof List || e instanceof Map);
      to.put(name, scalars ? list : ObjectEncoder.text(list, 64 * 1024));
    }
  }

  private void put(String name, @Nullable Object value) {
    to.put(name, ObjectEncoder.scalarOrJson(value, 64 * 1024));
  }
}
