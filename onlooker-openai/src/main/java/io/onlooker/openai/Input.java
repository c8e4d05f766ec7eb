package io.onlooker.openai;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a model is asked: messages without the system's, which stand apart. */
final class Input {

  private static final Set<String> SYSTEM = Set.of("system", "developer");

  private Input() {}

  /**
   * Says it.
   *
   * @param instructions given beside the messages, or null
   * @param system whether one of the messages is the system's
   */
  static void write(
      SpanOptions span, List<?> messages, @Nullable String instructions, boolean system) {
    span.input(Deferred.list(() -> without(Trees.maps(messages))));
    if (instructions != null || system) {
      span.attribute(
          GenAi.SYSTEM_INSTRUCTIONS,
          Deferred.text(() -> instructions(instructions, Trees.maps(messages))));
    }
  }

  static void tools(SpanOptions span, @Nullable List<?> tools) {
    if (tools != null && !tools.isEmpty()) {
      span.attribute(GenAi.TOOL_DEFINITIONS, Deferred.text(() -> Trees.json(Trees.of(tools))));
    }
  }

  /** All the texts within, for an estimate. */
  static String text(@Nullable Object tree) {
    StringBuilder text = new StringBuilder();
    collect(tree, text);
    return text.toString();
  }

  private static void collect(@Nullable Object tree, StringBuilder text) {
    if (tree instanceof String piece) {
      text.append(piece).append('\n');
    } else if (tree instanceof List<?> list) {
      list.forEach(element -> collect(element, text));
    } else if (tree instanceof Map<?, ?> map) {
      collect(map.get("content"), text);
      collect(map.get("text"), text);
    }
  }

  private static List<Map<String, Object>> without(List<Map<String, Object>> messages) {
    int at = system(messages);
    if (at >= 0) {
      messages.remove(at);
    }
    return messages;
  }

  private static String instructions(@Nullable String beside, List<Map<String, Object>> messages) {
    List<Map<String, Object>> parts = new ArrayList<>();
    if (beside != null) {
      parts.add(part(beside));
    }
    int at = system(messages);
    if (at >= 0) {
      parts.add(part(messages.get(at).getOrDefault("content", "")));
    }
    return Trees.json(parts);
  }

  private static Map<String, Object> part(Object content) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("content", content instanceof String ? content : text(content).strip());
    return part;
  }

  private static int system(List<Map<String, Object>> messages) {
    for (int i = 0; i < messages.size(); i++) {
      if (SYSTEM.contains(String.valueOf(messages.get(i).get("role")))) {
        return i;
      }
    }
    return -1;
  }
}
