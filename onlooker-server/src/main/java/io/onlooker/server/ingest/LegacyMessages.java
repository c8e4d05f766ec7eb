package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings messages of older shapes into today's: a JSON text of a list of {@code {role, parts}}.
 *
 * <p>What is not understood stays as it is: untrusted text, but never lost.
 */
final class LegacyMessages {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Who speaks in an answer; results of tools that stand beside it are no part of it. */
  private static final Set<String> ANSWERING = Set.of("assistant", "ai", "model");

  private LegacyMessages() {}

  /** Input messages; a content that is plain text becomes one text part. */
  static String input(String text) {
    JsonNode parsed = parse(text);
    JsonNode messages = parsed instanceof ObjectNode object ? prompt(object) : parsed;
    if (messages == null || !messages.isArray()) {
      return text;
    }
    for (JsonNode message : messages) {
      if (message instanceof ObjectNode object
          && !object.has("parts")
          && object.path("content").isString()) {
        object.set("parts", JSON.createArrayNode().add(textPart(object.remove("content"))));
      }
    }
    return messages.toString();
  }

  /** What Vercel AI was called with: {@code {system?, prompt}} or {@code {system?, messages}}. */
  private static @Nullable ArrayNode prompt(ObjectNode call) {
    JsonNode asked = first(call, "messages", "prompt");
    ArrayNode messages = JSON.createArrayNode();
    if (call.path("system").isString()) {
      messages.addObject().put("role", "system").set("content", call.path("system"));
    }
    if (asked.isString()) {
      messages.addObject().put("role", "user").set("content", asked);
    }
    asked.forEach(messages::add);
    return asked.isString() || asked.isArray() ? messages : null;
  }

  /**
   * One assistant message from an answer's thoughts, text and tool calls; null when none says
   * anything.
   *
   * @param reasoning plain text
   * @param text plain, a JSON string, an object with content, or a list of these
   * @param toolCalls JSON text of a list, in any SDK's shape
   */
  static @Nullable String output(
      @Nullable String reasoning, @Nullable String text, @Nullable String toolCalls) {
    ArrayNode parts = JSON.createArrayNode();
    if (reasoning != null && !reasoning.isEmpty()) {
      parts.addObject().put("type", "reasoning").put("content", reasoning);
    }
    if (text != null && !text.isEmpty()) {
      JsonNode parsed = parse(text);
      addTexts(parts, parsed == null ? JSON.getNodeFactory().stringNode(text) : parsed);
    }
    JsonNode calls = toolCalls == null ? null : parse(toolCalls);
    if (calls != null) {
      calls.forEach(call -> addCall(parts, call));
    }
    if (parts.isEmpty()) {
      return null;
    }
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    message.set("parts", parts);
    return JSON.createArrayNode().add(message).toString();
  }

  private static void addTexts(ArrayNode parts, JsonNode text) {
    if (text.isArray()) {
      text.forEach(element -> addTexts(parts, element));
    } else if (text.isObject() && ANSWERING.contains(text.path("role").asString("assistant"))) {
      JsonNode content = text.path("content");
      addTexts(parts, content.isMissingNode() ? text.path("text") : content);
    } else if (text.isValueNode() && !text.isNull() && !text.asString().isEmpty()) {
      parts.add(textPart(text));
    }
  }

  private static void addCall(ArrayNode parts, JsonNode call) {
    JsonNode function = call.path("function");
    JsonNode holder = function.isObject() ? function : call;
    JsonNode name = first(holder, "name", "toolName");
    if (name.isMissingNode()) {
      return;
    }
    ObjectNode part = JSON.createObjectNode().put("type", "tool_call");
    part.set("id", first(call, "call_id", "id", "toolCallId"));
    part.set("name", name);
    part.set("arguments", first(holder, "arguments", "args", "input"));
    part.properties().removeIf(field -> field.getValue().isMissingNode());
    parts.add(part);
  }

  private static JsonNode first(JsonNode object, String... fields) {
    for (String field : fields) {
      if (object.has(field)) {
        return object.path(field);
      }
    }
    return object.path(fields[0]);
  }

  private static ObjectNode textPart(JsonNode content) {
    ObjectNode part = JSON.createObjectNode().put("type", "text");
    part.set("content", content);
    return part;
  }

  private static @Nullable JsonNode parse(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first != '[' && first != '{' && first != '"') {
      return null;
    }
    try {
      byte[] bytes = text.getBytes(UTF_8);
      return Json.read(bytes, 0, bytes.length);
    } catch (Malformed _) {
      return null;
    }
  }
}
