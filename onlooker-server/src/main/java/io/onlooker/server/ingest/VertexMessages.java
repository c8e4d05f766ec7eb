package io.onlooker.server.ingest;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's contents, as Google ADK puts requests and responses whole on its spans. */
final class VertexMessages {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private VertexMessages() {}

  /** The messages in a request or a response, or null when there are none. */
  static @Nullable String of(@Nullable String text) {
    JsonNode tree = Json.parsed(text);
    ArrayNode messages = JSON.createArrayNode();
    if (tree.path("contents").isArray()) {
      tree.path("contents").forEach(content -> add(messages, content));
    } else if (tree.path("content").isObject()) {
      add(messages, tree.path("content"));
    }
    return messages.isEmpty() ? null : messages.toString();
  }

  private static void add(ArrayNode messages, JsonNode content) {
    ObjectNode message = messages.addObject();
    boolean model = content.path("role").asString("").equals("model");
    message.put("role", model ? "assistant" : "user");
    ArrayNode parts = message.putArray("parts");
    content.path("parts").forEach(part -> add(message, parts, part));
  }

  private static void add(ObjectNode message, ArrayNode parts, JsonNode part) {
    JsonNode call = either(part, "function_call", "functionCall");
    JsonNode response = either(part, "function_response", "functionResponse");
    if (call.isObject()) {
      named(parts, "tool_call", call).set("arguments", call.path("args"));
    } else if (response.isObject()) {
      message.put("role", "tool");
      named(parts, "tool_call_response", response).set("result", response.path("response"));
    } else if (part.path("text").isString()) {
      parts.addObject().put("type", "text").put("content", part.path("text").asString());
    } else {
      parts.add(part);
    }
  }

  private static ObjectNode named(ArrayNode parts, String type, JsonNode from) {
    ObjectNode part = parts.addObject().put("type", type);
    part.put("id", from.path("id").asString(null));
    return part.put("name", from.path("name").asString(""));
  }

  private static JsonNode either(JsonNode part, String snake, String camel) {
    JsonNode found = part.path(snake);
    return found.isMissingNode() ? part.path(camel) : found;
  }
}
