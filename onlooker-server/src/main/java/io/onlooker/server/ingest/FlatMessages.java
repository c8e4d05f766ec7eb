package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages that are spread over attributes, one for each field: OpenInference's {@code
 * llm.input_messages.0.message.content}, Traceloop's {@code gen_ai.prompt.0.content}.
 */
final class FlatMessages {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST = 10_000;

  /** Number, then what of the message, without OpenInference's repeated words. */
  private static final Pattern FIELD = Pattern.compile("([0-9]{1,4})\\.(?:message\\.)?(.+)");

  private static final Pattern CALL =
      Pattern.compile("tool_calls\\.([0-9]{1,4})\\.(?:tool_call\\.)?(?:function\\.)?(.+)");

  private FlatMessages() {}

  /** JSON text of {@code [{role, parts}]}, or null when no attribute begins so. */
  static @Nullable String under(Attributes attributes, String... prefixes) {
    for (String prefix : prefixes) {
      Map<Integer, ObjectNode> messages = new TreeMap<>();
      attributes.forEach((key, value) -> {
        if (key.startsWith(prefix) && messages.size() < MOST) {
          Matcher field = FIELD.matcher(key.substring(prefix.length()));
          if (field.matches()) {
            add(message(messages, field.group(1)), field.group(2), value);
          }
        }
      });
      if (!messages.isEmpty()) {
        return written(messages);
      }
    }
    return null;
  }

  private static ObjectNode message(Map<Integer, ObjectNode> messages, String number) {
    return messages.computeIfAbsent(Integer.valueOf(number), _ -> JSON.createObjectNode());
  }

  private static void add(ObjectNode message, String field, Object value) {
    Matcher call = CALL.matcher(field);
    if (call.matches()) {
      ObjectNode calls = child(message, "tool_calls");
      ObjectNode one = child(calls, call.group(1));
      one.put(call.group(2), value.toString());
    } else {
      message.put(field, value.toString());
    }
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode known ? known : parent.putObject(name);
  }

  private static String written(Map<Integer, ObjectNode> messages) {
    ArrayNode list = JSON.createArrayNode();
    for (ObjectNode fields : messages.values()) {
      ObjectNode message = list.addObject();
      String role = fields.path("role").asString("");
      message.put("role", role.isEmpty() ? "assistant" : role);
      ArrayNode parts = message.putArray("parts");
      content(fields, role, parts);
      fields
          .path("tool_calls")
          .forEach(call -> {
            ObjectNode part = parts.addObject().put("type", "tool_call");
            part.put("id", call.path("id").asString(null));
            part.put("name", call.path("name").asString(""));
            part.put("arguments", call.path("arguments").asString(""));
          });
    }
    return list.toString();
  }

  private static void content(ObjectNode fields, String role, ArrayNode parts) {
    String content = fields.path("content").asString("");
    if (content.isEmpty()) {
      fields.properties().stream()
          .filter(field -> field.getKey().endsWith("message_content.text"))
          .forEach(field -> text(parts, field.getValue().asString("")));
    } else if (role.equals("tool")) {
      ObjectNode part = parts.addObject().put("type", "tool_call_response");
      part.put("id", fields.path("tool_call_id").asString(null)).put("result", content);
    } else {
      text(parts, content);
    }
  }

  private static void text(ArrayNode parts, String content) {
    parts.addObject().put("type", "text").put("content", content);
  }
}
