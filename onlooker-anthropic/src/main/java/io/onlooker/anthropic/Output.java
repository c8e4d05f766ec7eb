package io.onlooker.anthropic;

import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.instrument.Deferred;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what a model answered.
 *
 * @param text whether there is any
 * @param calls whether it asks for tools
 * @param blocks the content, as trees; read on Onlooker's thread
 */
record Output(
    boolean text,
    boolean calls,
    @Nullable String stopReason,
    Supplier<List<Map<String, Object>>> blocks) {

  void write(Span span) {
    span.output(Deferred.map(this::message));
    span.setAttribute(GenAi.OUTPUT_MESSAGES, Deferred.text(this::messages));
    if (text) {
      span.setAttribute(GenAi.RESPONSE_TEXT, Deferred.text(() -> Blocks.text(blocks.get())));
    }
    if (calls) {
      span.setAttribute(GenAi.RESPONSE_TOOL_CALLS, Deferred.text(this::toolCalls));
    }
  }

  private Map<String, Object> message() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", blocks.get());
    return message;
  }

  private String messages() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("parts", Blocks.parts(blocks.get()));
    Trees.put(message, "finish_reason", stopReason);
    return Trees.json(List.of(message));
  }

  private String toolCalls() {
    return Trees.json(
        blocks.get().stream().filter(Blocks::isToolUse).map(Blocks::toolUse).toList());
  }
}
