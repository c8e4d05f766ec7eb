package io.onlooker.store.span;

import io.onlooker.store.span.Message.Media;
import io.onlooker.store.span.Message.Part;
import io.onlooker.store.span.Message.Reasoning;
import io.onlooker.store.span.Message.Text;
import io.onlooker.store.span.Message.ToolCall;
import io.onlooker.store.span.Message.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a message: the names that OpenAI, Anthropic, Vercel, Mastra and OTel use. */
final class PartReader {

  private PartReader() {}

  static List<Part> parts(@Nullable Object content) {
    return switch (content) {
      case null -> List.of();
      case String text -> text(text);
      case List<?> list -> {
        List<Part> parts = new ArrayList<>();
        list.forEach(element -> parts.addAll(parts(element)));
        yield parts;
      }
      case Map<?, ?> map when map.get("parts") instanceof List<?> inner -> parts(inner);
      case Map<?, ?> map -> part(map);
      case Object scalar -> text(scalar.toString());
    };
  }

  static List<Part> text(String text) {
    return text.isEmpty() ? List.of() : List.of(new Text(text));
  }

  static List<Part> part(Map<?, ?> map) {
    String type = map.get("type") instanceof String text ? text : "";
    return switch (type) {
      case "text", "input_text", "output_text", "refusal" -> texts(map);
      case "reasoning", "thinking" -> reasoning(map);
      case "tool_call", "tool-call", "tool_use", "function_call", "function", "tool" -> call(map);
      case "tool_call_response", "tool-result", "tool_result", "function_call_output" ->
          List.of(result(map, firstOf(map, "result", "response", "output", "content")));
      case "tool-invocation" -> invocation(map.get("toolInvocation"));
      case "step-start" -> List.of();
      case "" -> untyped(map);
      default -> List.of(media(type, map));
    };
  }

  /** The result of a tool, whose call the map around it names. */
  static ToolResult result(Map<?, ?> map, @Nullable Object result) {
    Object value =
        result instanceof Map<?, ?> typed && typed.containsKey("value")
            ? typed.get("value")
            : result;
    return new ToolResult(id(map), name(map), asText(value));
  }

  private static List<Part> texts(Map<?, ?> map) {
    Object text = firstOf(map, "text", "content", "refusal");
    return text instanceof String string ? text(string) : parts(text);
  }

  private static List<Part> reasoning(Map<?, ?> map) {
    Object text = firstOf(map, "text", "content", "thinking", "reasoning", "payload", "summary");
    Object inner = text instanceof Map<?, ?> payload ? payload.get("text") : text;
    return inner == null ? List.of() : List.of(new Reasoning(asText(inner)));
  }

  private static List<Part> call(Map<?, ?> map) {
    String name = name(map);
    if (name == null) {
      return List.of(media(String.valueOf(map.get("type")), map));
    }
    Map<?, ?> from = map.get("function") instanceof Map<?, ?> function ? function : map;
    Object arguments = firstOf(from, "arguments", "args", "input");
    return List.of(new ToolCall(id(map), name, arguments == null ? "" : asText(arguments)));
  }

  private static List<Part> invocation(@Nullable Object inner) {
    if (!(inner instanceof Map<?, ?> map)) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>(call(map));
    if (map.get("result") != null) {
      parts.add(result(map, map.get("result")));
    }
    return parts;
  }

  /** Mastra's answers have no type, nor have Gemini's parts and OpenAI's oldest tool calls. */
  private static List<Part> untyped(Map<?, ?> map) {
    if (name(map) != null && (map.containsKey("function") || map.containsKey("toolName"))) {
      return call(map);
    }
    if (map.isEmpty() || !Ending.of(map).normal()) {
      return List.of();
    }
    if (!(map.get("text") instanceof String text)) {
      return text(JsonTree.write(map));
    }
    List<Part> parts = new ArrayList<>(parts(map.get("reasoning")));
    parts.addAll(text(text));
    parts.addAll(parts(map.get("toolCalls")));
    return parts;
  }

  private static Media media(String type, Map<?, ?> map) {
    Object content = firstOf(map, "image_url", "url", "data", "file", "image", "uri", "content");
    Object address = content instanceof Map<?, ?> inner ? inner.get("url") : content;
    return new Media(type, address instanceof String text ? text : JsonTree.write(map));
  }

  private static @Nullable String id(Map<?, ?> map) {
    return string(firstOf(map, "toolCallId", "tool_call_id", "tool_use_id", "call_id", "id"));
  }

  private static @Nullable String name(Map<?, ?> map) {
    Object name = firstOf(map, "toolName", "name");
    if (name == null && map.get("function") instanceof Map<?, ?> function) {
      name = function.get("name");
    }
    return string(name);
  }

  private static @Nullable String string(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  private static @Nullable Object firstOf(Map<?, ?> map, String... keys) {
    for (String key : keys) {
      Object value = map.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String asText(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Object tree -> JsonTree.write(tree);
    };
  }
}
