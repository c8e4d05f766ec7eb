package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a span learns from the spans below it: a model generation from its steps and chunks, an
 * agent from its generations (seed 000).
 */
final class Gathered {

  final Usage usage = new Usage();
  final List<Map<String, Object>> toolCalls = new ArrayList<>();
  @Nullable String text;
  @Nullable String model;
  @Nullable Object finishReasons;
  @Nullable Long firstChunkNanos;
  @Nullable ErrorInfo reportedError;

  /** A step or chunk of this generation has ended. */
  void fold(SpanSnapshot step) {
    // Chunks repeat what their step says as a whole; only their beginning is news.
    if (step.type() == SpanType.MODEL_CHUNK) {
      chunkAt(step.startNanos());
      return;
    }
    Attributes attributes = step.attributes();
    usage.add(Usage.of(attributes));
    text = either(Messages.text(step.output()), text);
    model = either(attributes.string(GenAi.RESPONSE_MODEL), model);
    finishReasons = attributes.get(GenAi.RESPONSE_FINISH_REASONS);
    Double wait = attributes.number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
    if (wait != null) {
      chunkAt(step.startNanos() + Math.round(wait * 1e9));
    }
  }

  /** A generation of this agent has ended. */
  void generation(SpanSnapshot generation, Gathered below) {
    Attributes attributes = generation.attributes();
    usage.add(Usage.in(attributes) ? Usage.of(attributes) : below.usage);
    String answer = attributes.string(GenAi.RESPONSE_TEXT);
    answer = answer == null ? Messages.text(generation.output()) : answer;
    text = either(either(answer, below.text), text);
    String asked = either(attributes.string(GenAi.REQUEST_MODEL), model);
    String answered = either(attributes.string(GenAi.RESPONSE_MODEL), below.model);
    model = either(answered, asked);
  }

  /** A tool was called on behalf of this generation. */
  void toolCall(SpanSnapshot tool) {
    Map<String, Object> call = new LinkedHashMap<>();
    Attributes attributes = tool.attributes();
    Object id = attributes.get(GenAi.TOOL_CALL_ID);
    call.put("name", SpanNames.identifier(tool, GenAi.TOOL_NAME));
    if (id != null) {
      call.put("id", id);
    }
    String type = attributes.string(GenAi.TOOL_TYPE);
    call.put("type", type == null ? "function" : type);
    toolCalls.add(call);
  }

  /**
   * Whether the captured error is news: not the exception that made this span or one below fail.
   */
  boolean tell(ErrorData error) {
    if (!error.exceptions().isEmpty()
        && reportedError != null
        && reportedError.exceptions().equals(error.exceptions())) {
      return false;
    }
    if (!error.exceptions().isEmpty()) {
      ErrorData.ExceptionData first = error.exceptions().get(0);
      reportedError =
          new ErrorInfo(first.type(), first.value(), null, null, null, error.exceptions());
    }
    return true;
  }

  /** Lets go of what is large; the failure is kept to know it again. */
  void forget() {
    text = null;
    finishReasons = null;
    toolCalls.clear();
  }

  private void chunkAt(long nanos) {
    firstChunkNanos = firstChunkNanos == null ? nanos : Math.min(nanos, firstChunkNanos);
  }

  private static @Nullable String either(@Nullable String preferred, @Nullable String other) {
    return preferred == null || preferred.isEmpty() ? other : preferred;
  }
}
