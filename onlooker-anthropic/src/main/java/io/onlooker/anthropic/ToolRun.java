package io.onlooker.anthropic;

import com.anthropic.models.beta.messages.BetaContentBlockParam;
import com.anthropic.models.beta.messages.BetaMessageContentParam;
import com.anthropic.models.beta.messages.BetaMessageParam;
import com.anthropic.models.beta.messages.BetaToolResultBlockParam;
import com.anthropic.models.beta.messages.BetaToolUseBlockParam;
import com.anthropic.models.beta.messages.MessageCreateParams;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
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

  private volatile @Nullable Instant answered;

  /** The model's answer is here; the runner goes on when its caller wants the next one. */
  void answered() {
    answered = Instant.now();
  }

  /** The runner asks again: records the tools it has run since the last answer. */
  void continued(Object[] args, Onlooker onlooker, Recording recording) {
    Instant since = answered;
    boolean recorded = onlooker.enabled() && !within(onlooker.currentSpan());
    if (since != null && recorded && args[0] instanceof MessageCreateParams params) {
      onlooker.guarded(
          "recording of a tool runner's tools",
          () -> {
            List<BetaMessageParam> messages = Known.list(params._messages());
            Map<String, BetaToolUseBlockParam> asked = asked(messages);
            for (BetaContentBlockParam block : blocks(messages, 1)) {
              block
                  .toolResult()
                  .ifPresent(result ->
                      record(onlooker, recording, since, asked.get(result.toolUseId()), result));
            }
          });
    }
  }

  private static boolean within(Span current) {
    return current.recording() && current.type() == SpanType.MODEL_GENERATION;
  }

  private static Map<String, BetaToolUseBlockParam> asked(List<BetaMessageParam> messages) {
    Map<String, BetaToolUseBlockParam> asked = new LinkedHashMap<>();
    for (BetaContentBlockParam block : blocks(messages, 2)) {
      block.toolUse().ifPresent(use -> asked.put(use.id(), use));
    }
    return asked;
  }

  /** The blocks of a message, counted from the end. */
  private static List<BetaContentBlockParam> blocks(List<BetaMessageParam> messages, int fromEnd) {
    if (messages.size() < fromEnd) {
      return List.of();
    }
    return messages
        .get(messages.size() - fromEnd)
        .content()
        .flatMap(BetaMessageContentParam::contentBlockParams)
        .orElse(List.of());
  }

  private static void record(
      Onlooker onlooker,
      Recording recording,
      Instant since,
      @Nullable BetaToolUseBlockParam use,
      BetaToolResultBlockParam result) {
    if (use == null) {
      return;
    }
    SpanOptions options =
        SpanOptions.toolCall(use.name())
            .startedAt(since)
            .with(new Details.Tool(use.id(), "function", null, null));
    if (recording.inputs()) {
      options.input(Deferred.map(() -> Trees.map(use._input())));
    }
    Span span = onlooker.startInactiveSpan(options);
    if (recording.outputs()) {
      span.output(Deferred.list(() -> Blocks.of(Trees.of(result._content()))));
    }
    boolean failed = Boolean.TRUE.equals(Known.of(result._isError()));
    span.set(Details.Tool.ended(!failed));
    if (failed) {
      span.setAttribute(GenAi.ERROR_TYPE, TOOL_ERROR);
      span.setStatus(SpanStatus.Code.ERROR, TOOL_ERROR);
    }
    span.end();
  }
}
