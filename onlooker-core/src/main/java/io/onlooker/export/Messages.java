package io.onlooker.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the inputs and outputs of model calls into messages of role and parts, as the GenAI
 * conventions want them, from the shapes in which libraries give them.
 */
final class Messages {

  private Messages() {}

  /** Whether the messages lie within a map. */
  static boolean wrapped(@Nullable Object input) {
    return input instanceof Map<?, ?> map && map.get("messages") != null;
  }

  /** The messages themselves, out of whatever wraps them. */
  static @Nullable Object unwrap(@Nullable Object input) {
    return input instanceof Map<?, ?> map && wrapped(map) ? map.get("messages") : input;
  }

  /** The input as messages; what is no message becomes the user's text. */
  static List<Map<String, Object>> input(Object input, int maxChars) {
    Object plain = unwrap(plain(input, maxChars));
    List<Map<String, Object>> messages = new ArrayList<>();
    if (plain instanceof List<?> list) {
      for (Object element : list) {
        messages.add(message(element, maxChars));
      }
    } else {
      messages.add(message(plain, maxChars));
    }
    return messages;
  }

  /** The answer as one message: its text, then the tools it asked for. */
  static List<Map<String, Object>> output(@Nullable String text, List<?> toolCalls) {
    List<Object> parts = new ArrayList<>();
    if (text != null) {
      parts.add(textPart(text));
    }
    for (Object call : toolCalls) {
      parts.add(call instanceof Map<?, ?> map ? toolCall(map) : textPart(call));
    }
    return List.of(message("assistant", parts));
  }

  /** The text of an answer, or null when it holds none. */
  static @Nullable String text(@Nullable Object output) {
    if (output instanceof CharSequence text) {
      return text.toString();
    }
    if (output instanceof Map<?, ?> map) {
      Object text = map.get("text") == null ? map.get("content") : map.get("text");
      return text instanceof CharSequence || text instanceof List ? text(text) : null;
    }
    if (output instanceof List<?> parts) {
      StringBuilder joined = new StringBuilder();
      for (Object part : parts) {
        String text = text(part);
        joined.append(text == null ? "" : text);
      }
      return joined.isEmpty() ? null : joined.toString();
    }
    return null;
  }

  /** The tools an answer asked for, in the shapes of OpenAI and of the AI SDKs; mostly none. */
  static List<?> toolCalls(@Nullable Object output) {
    if (output instanceof Map<?, ?> map) {
      Object calls = first(map, "toolCalls", "tool_calls");
      return calls instanceof List<?> list ? list : List.of();
    }
    return List.of();
  }

  private static @Nullable Object plain(Object input, int maxChars) {
    Object messages = unwrap(input);
    if (messages instanceof CharSequence || messages instanceof Map) {
      return messages;
    }
    if (messages instanceof List<?> list && list.stream().allMatch(Messages::readable)) {
      return list;
    }
    JsonWriter json = new JsonWriter();
    ObjectEncoder.write(json, messages, maxChars);
    return JsonReader.read(json.toString());
  }

  private static boolean readable(@Nullable Object element) {
    return element instanceof Map || element instanceof CharSequence;
  }

  private static Map<String, Object> message(@Nullable Object element, int maxChars) {
    if (element instanceof Map<?, ?> map && map.get("role") != null) {
      return message(map.get("role"), parts(map));
    }
    String text = element == null ? "" : ObjectEncoder.text(element, maxChars);
    return message("user", List.of(textPart(text)));
  }

  private static Map<String, Object> message(@Nullable Object role, List<?> parts) {
    Map<String, Object> message = new LinkedHashMap<>();
    put(message, "role", role);
    put(message, "parts", parts);
    return message;
  }

  private static List<?> parts(Map<?, ?> message) {
    if (message.get("parts") instanceof List<?> parts) {
      return parts;
    }
    List<Object> parts = new ArrayList<>();
    Object content = message.get("content");
    if (message.get("tool_call_id") != null) {
      parts.add(toolResult(message));
    } else if (content instanceof List<?> list) {
      list.forEach(part -> parts.add(part(part)));
    } else if (content != null) {
      parts.add(textPart(content));
    }
    toolCalls(message).forEach(call -> parts.add(part(call)));
    return parts;
  }

  private static Object part(@Nullable Object part) {
    if (!(part instanceof Map<?, ?> map)) {
      return textPart(part);
    }
    String type = String.valueOf(map.get("type")).replace('-', '_');
    return switch (type) {
      case "text", "input_text", "output_text" -> textPart(first(map, "text", "content"));
      case "tool_call", "tool_use", "function", "function_call" -> toolCall(map);
      case "tool_result", "function_call_output" -> toolResult(map);
      default -> map;
    };
  }

  private static Map<String, Object> textPart(@Nullable Object text) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("content", text == null ? "" : text);
    return part;
  }

  private static Map<String, Object> toolCall(Map<?, ?> call) {
    Map<?, ?> named = call.get("function") instanceof Map<?, ?> function ? function : call;
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call");
    put(part, "id", first(call, "toolCallId", "call_id", "id"));
    put(part, "name", first(named, "toolName", "name"));
    put(part, "arguments", first(named, "args", "input", "arguments"));
    return part;
  }

  private static Map<String, Object> toolResult(Map<?, ?> result) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call_response");
    put(part, "id", first(result, "toolCallId", "tool_call_id", "tool_use_id", "call_id"));
    put(part, "response", first(result, "output", "result", "content"));
    return part;
  }

  private static @Nullable Object first(Map<?, ?> map, String... keys) {
    for (String key : keys) {
      Object value = map.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
