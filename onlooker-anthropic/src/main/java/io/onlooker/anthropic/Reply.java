package io.onlooker.anthropic;

import com.anthropic.models.beta.messages.BetaContentBlock;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StructuredMessage;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.instrument.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that came as a whole, plain or beta.
 *
 * @param content the blocks, as anthropic-java has them
 * @param text whether one of them is text
 * @param calls whether one of them asks for a tool
 */
record Reply(
    @Nullable String id,
    @Nullable String model,
    @Nullable String stopReason,
    @Nullable Object usage,
    List<?> content,
    boolean text,
    boolean calls) {

  /** The message in what a service returned; null when there is none that is known. */
  static @Nullable Reply of(@Nullable Object answer) {
    if (answer instanceof StructuredMessage<?> structured) {
      return of(structured.rawMessage());
    }
    if (answer instanceof com.anthropic.models.beta.messages.StructuredMessage<?> structured) {
      return of(structured.rawMessage());
    }
    if (answer instanceof Message message) {
      return of(message);
    }
    return answer instanceof BetaMessage message ? of(message) : null;
  }

  private static Reply of(Message message) {
    List<ContentBlock> content = Known.list(message._content());
    return new Reply(
        Known.text(message._id()),
        Known.text(message._model()),
        Known.text(message._stopReason()),
        Known.of(message._usage()),
        content,
        content.stream().anyMatch(ContentBlock::isText),
        content.stream().anyMatch(ContentBlock::isToolUse));
  }

  private static Reply of(BetaMessage message) {
    List<BetaContentBlock> content = Known.list(message._content());
    return new Reply(
        Known.text(message._id()),
        Known.text(message._model()),
        Known.text(message._stopReason()),
        Known.of(message._usage()),
        content,
        content.stream().anyMatch(BetaContentBlock::isText),
        content.stream().anyMatch(BetaContentBlock::isToolUse));
  }

  void write(Span span, Recording recording) {
    List<String> reasons = stopReason == null ? List.of() : List.of(stopReason);
    span.set(new Details.Response(id, model, reasons, null, null));
    Tokens.write(span, Trees.map(usage));
    if (recording.outputs()) {
      new Output(text, calls, stopReason, () -> Trees.maps(content)).write(span);
    }
  }
}
