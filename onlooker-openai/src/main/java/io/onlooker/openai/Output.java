package io.onlooker.openai;

import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.instrument.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Says what a model answered: messages in the words of chat completions. */
final class Output {

  private Output() {}

  /**
   * Says it.
   *
   * @param count how many messages there are, one for each choice
   * @param calls whether they ask for tools
   */
  static void write(
      Span span, int count, boolean calls, Supplier<List<Map<String, Object>>> messages) {
    if (count == 1) {
      span.output(Deferred.map(() -> messages.get().get(0)));
    } else if (count > 1) {
      span.output(Deferred.list(messages));
      span.setAttribute(GenAi.RESPONSE_TEXT, Deferred.text(() -> texts(messages.get())));
      span.setAttribute(GenAi.OUTPUT_MESSAGES, Deferred.text(() -> parts(messages.get())));
    }
    if (calls) {
      span.setAttribute(GenAi.RESPONSE_TOOL_CALLS, Deferred.text(() -> calls(messages.get())));
    }
  }

  private static String texts(List<Map<String, Object>> messages) {
    return Trees.json(messages.stream().map(Output::text).toList());
  }

  private static String parts(List<Map<String, Object>> messages) {
    return Trees.json(
        messages.stream()
            .map(message ->
                Map.of(
                    "role",
                    "assistant",
                    "parts",
                    List.of(Map.of("type", "text", "content", text(message)))))
            .toList());
  }

  private static Object text(Map<String, Object> message) {
    return message.getOrDefault("content", "");
  }

  private static String calls(List<Map<String, Object>> messages) {
    List<Object> all = new ArrayList<>();
    for (Map<String, Object> message : messages) {
      if (message.get("tool_calls") instanceof List<?> calls) {
        all.addAll(calls);
      }
    }
    return Trees.json(all);
  }
}
