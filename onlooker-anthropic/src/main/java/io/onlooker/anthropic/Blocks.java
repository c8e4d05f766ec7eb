package io.onlooker.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's blocks of content, as trees, in the words of the GenAI conventions. */
final class Blocks {

  private static final String TOOL_USE = "tool_use";

  private Blocks() {}

  static boolean isText(Map<?, ?> block) {
    return "text".equals(block.get("type"));
  }

  /** Whether the application is to run a tool; Anthropic runs its own ones itself. */
  static boolean isToolUse(Map<?, ?> block) {
    return TOOL_USE.equals(block.get("type"));
  }

  /** A tool that is asked for, its fields in the order of the API's own description. */
  static Map<String, Object> toolUse(Map<String, Object> block) {
    Map<String, Object> use = part(TOOL_USE, "id", block.get("id"));
    Trees.put(use, "name", block.get("name"));
    Trees.put(use, "input", block.get("input"));
    return use;
  }

  /** The texts of the blocks, one after the other. */
  static String text(List<Map<String, Object>> blocks) {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> block : blocks) {
      if (isText(block)) {
        text.append(block.getOrDefault("text", ""));
      }
    }
    return text.toString();
  }

  /** A message's content: blocks, or one text. */
  static List<Map<String, Object>> of(@Nullable Object content) {
    if (content instanceof List<?>) {
      return Trees.maps(content);
    }
    return content == null ? List.of() : List.of(text(String.valueOf(content)));
  }

  private static Map<String, Object> text(String text) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "text");
    block.put("text", text);
    return block;
  }

  static List<Map<String, Object>> parts(List<Map<String, Object>> blocks) {
    List<Map<String, Object>> parts = new ArrayList<>();
    blocks.forEach(block -> parts.add(part(block)));
    return parts;
  }

  private static Map<String, Object> part(Map<String, Object> block) {
    String type = String.valueOf(block.get("type"));
    if (type.equals("text")) {
      return part("text", "content", block.get("text"));
    }
    if (type.equals("thinking")) {
      return part("reasoning", "content", block.get("thinking"));
    }
    if (type.endsWith(TOOL_USE)) {
      Map<String, Object> call = part("tool_call", "id", block.get("id"));
      Trees.put(call, "name", block.get("name"));
      Trees.put(call, "arguments", block.get("input"));
      return call;
    }
    if (type.endsWith("tool_result")) {
      Map<String, Object> response = part("tool_call_response", "id", block.get("tool_use_id"));
      Trees.put(response, "response", block.get("content"));
      return response;
    }
    return block;
  }

  private static Map<String, Object> part(String type, String name, @Nullable Object value) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    Trees.put(part, name, value);
    return part;
  }
}
