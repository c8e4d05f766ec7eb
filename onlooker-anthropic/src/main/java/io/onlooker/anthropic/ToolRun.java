package io.onlooker.anthropic;

import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one tool runner. It runs them where nobody can look, between an answer that asks for
 * them and the question that carries their results: those two say what was run, and how it went.
 */
final class ToolRun {

  private static final String TOOL_ERROR = "tool_error";

  /** The tools that the last answer asks for, by the ids of their calls. */
  private Map<Object, Map<String, Object>> asked = Map.of();

  private Instant since = Instant.EPOCH;

  /** The model's answer is here; the runner goes on when its caller wants the next one. */
  synchronized void asked(List<Map<String, Object>> blocks) {
    asked = new LinkedHashMap<>();
    since = Instant.now();
    for (Map<String, Object> block : blocks) {
      if (Blocks.isToolUse(block) && block.get("id") != null) {
        asked.put(block.getOrDefault("id", ""), block);
      }
    }
  }

  /** The runner asks again: records the tools it has run since the last answer. */
  synchronized void continued(Question question, Onlooker onlooker, Recording recording) {
    if (asked.isEmpty()) {
      return;
    }
    List<Map<String, Object>> messages = Trees.maps(question.messages());
    Object last = messages.isEmpty() ? null : messages.get(messages.size() - 1).get("content");
    for (Map<String, Object> result : Blocks.of(last)) {
      Map<String, Object> use = asked.remove(result.getOrDefault("tool_use_id", ""));
      if (use != null) {
        record(onlooker, recording, use, result);
      }
    }
  }

  private void record(
      Onlooker onlooker, Recording recording, Map<String, Object> use, Map<String, Object> result) {
    SpanOptions options =
        SpanOptions.toolCall(text(use.get("name")))
            .startedAt(since)
            .with(new Details.Tool(text(use.get("id")), "function", null, null));
    if (recording.inputs()) {
      options.input(use.get("input"));
    }
    Span span = onlooker.startInactiveSpan(options);
    if (recording.outputs()) {
      span.output(Deferred.list(() -> Blocks.parts(Blocks.of(result.get("content")))));
    }
    boolean failed = Boolean.TRUE.equals(result.get("is_error"));
    span.set(Details.Tool.ended(!failed));
    if (failed) {
      span.setAttribute(GenAi.ERROR_TYPE, TOOL_ERROR);
      span.setStatus(SpanStatus.Code.ERROR, TOOL_ERROR);
    }
    span.end();
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
