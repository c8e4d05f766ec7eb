package io.onlooker.server.demo;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is said between a person, an agent and its tools, as model spans carry it. */
final class Talk {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Map<String, Object>> messages = new ArrayList<>();

  static Talk of(String system, String question) {
    Talk talk = new Talk();
    talk.say("system", system);
    talk.say("user", question);
    return talk;
  }

  void say(String role, String text) {
    messages.add(message(role, Map.of("type", "text", "content", text)));
  }

  void calls(String tool, String arguments) {
    messages.add(call(tool, arguments));
  }

  void answered(String tool, String result) {
    messages.add(
        message(
            "tool",
            Map.of("type", "tool_call_response", "id", "call", "name", tool, "response", result)));
  }

  String soFar() {
    return JSON.writeValueAsString(messages);
  }

  static String text(String role, String text) {
    return JSON.writeValueAsString(List.of(message(role, Map.of("type", "text", "content", text))));
  }

  static String wants(String tool, String arguments) {
    return JSON.writeValueAsString(List.of(call(tool, arguments)));
  }

  /** Of a model call that answered. */
  static Attributes model(
      String provider, String model, String input, @Nullable String output, long in, long out) {
    return Attributes.builder()
        .put(GenAi.OPERATION_TYPE, "ai_client")
        .put(GenAi.OPERATION_NAME, "chat")
        .put(GenAi.PROVIDER_NAME, provider)
        .put(GenAi.REQUEST_MODEL, model)
        .put(GenAi.RESPONSE_MODEL, output == null ? null : model)
        .put(GenAi.INPUT_MESSAGES, input)
        .put(GenAi.OUTPUT_MESSAGES, output)
        .put(GenAi.USAGE_INPUT_TOKENS, output == null ? null : (Object) in)
        .put(GenAi.USAGE_OUTPUT_TOKENS, output == null ? null : (Object) out)
        .put(GenAi.USAGE_TOTAL_TOKENS, output == null ? null : (Object) (in + out))
        .put(GenAi.USAGE_CACHE_READ, output == null ? null : (Object) cached(model, in))
        .put(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, output == null ? null : (Object) (0.2 + in / 4e4))
        .build();
  }

  static Attributes tool(
      String name, String arguments, @Nullable String result, @Nullable String errorType) {
    return Attributes.builder()
        .put(GenAi.OPERATION_TYPE, "tool")
        .put(GenAi.OPERATION_NAME, "execute_tool")
        .put(GenAi.TOOL_NAME, name)
        .put(GenAi.TOOL_CALL_ARGUMENTS, arguments)
        .put(GenAi.TOOL_CALL_RESULT, result)
        .put(GenAi.TOOL_SUCCESS, errorType == null)
        .put(GenAi.ERROR_TYPE, errorType)
        .build();
  }

  private static Long cached(String model, long in) {
    return switch (model) {
      case "claude-sonnet-4" -> in * 62 / 100;
      case "gpt-4o" -> in * 31 / 100;
      case "gpt-4o-mini" -> in * 12 / 100;
      default -> 0L;
    };
  }

  private static Map<String, Object> call(String tool, String arguments) {
    return message(
        "assistant",
        Map.of("type", "tool_call", "id", "call", "name", tool, "arguments", arguments));
  }

  private static Map<String, Object> message(String role, Map<String, Object> part) {
    return Map.of("role", role, "parts", List.of(part));
  }
}
