package io.onlooker.examples.agent;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the model answered.
 *
 * @param text empty when it wants a tool instead
 * @param toolCalls as they came; missing without any
 */
record Completion(
    String id, String model, String text, JsonNode toolCalls, int inputTokens, int outputTokens) {

  static Completion of(JsonNode body) {
    JsonNode message = body.path("choices").path(0).path("message");
    JsonNode usage = body.path("usage");
    return new Completion(
        body.path("id").asString(""),
        body.path("model").asString(""),
        message.path("content").asString(""),
        message.path("tool_calls"),
        usage.path("prompt_tokens").asInt(0),
        usage.path("completion_tokens").asInt(0));
  }

  int tokens() {
    return inputTokens + outputTokens;
  }

  /** The tool it wants called; null when it answered. */
  @Nullable String tool() {
    JsonNode name = toolCalls.path(0).path("function").path("name");
    return name.isString() ? name.asString() : null;
  }

  /** JSON. */
  String arguments() {
    return toolCalls.path(0).path("function").path("arguments").asString("{}");
  }
}
