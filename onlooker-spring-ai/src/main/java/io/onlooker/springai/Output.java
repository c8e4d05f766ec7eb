package io.onlooker.springai;

import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.Usage;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Says what a model answered. */
final class Output {

  private Output() {}

  static void write(Span span, ChatResponse response, String provider, Recording recording) {
    ChatResponseMetadata metadata = response.getMetadata();
    span.set(Details.Response.of(said(metadata.getId()), said(metadata.getModel())));
    List<String> reasons = finishReasons(response);
    span.setAttribute(GenAi.RESPONSE_FINISH_REASONS, reasons.isEmpty() ? null : reasons);
    Usage usage = Tokens.of(metadata.getUsage(), provider);
    if (usage != null) {
      span.set(usage);
    }
    Generation first = response.getResult();
    if (recording.outputs() && first != null) {
      content(span, first.getOutput());
    }
  }

  private static void content(Span span, AssistantMessage message) {
    span.output(Deferred.map(() -> Messages.of(message)));
    if (message.hasToolCalls()) {
      span.setAttribute(
          GenAi.RESPONSE_TOOL_CALLS, Deferred.text(() -> Json.write(Messages.toolCalls(message))));
    }
  }

  /** In the words of chat completions. */
  private static List<String> finishReasons(ChatResponse response) {
    return response.getResults().stream()
        .map(result -> said(result.getMetadata().getFinishReason()))
        .filter(reason -> reason != null)
        .map(reason -> reason.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static @Nullable String said(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** The answer as its reader gets it: its text, or the message; null for none. */
  static @Nullable Object answer(@Nullable ChatResponse response) {
    Generation first = response == null ? null : response.getResult();
    if (first == null) {
      return null;
    }
    AssistantMessage message = first.getOutput();
    Object content = Messages.content(message.getText(), message.getMedia());
    return content == null ? Messages.of(message) : content;
  }

  /** The text of a piece of an answer, or null. */
  static @Nullable String text(@Nullable ChatResponse piece) {
    Generation first = piece == null ? null : piece.getResult();
    return first == null ? null : first.getOutput().getText();
  }

  /** Whether a piece of an answer, a response or a text, carries a part of it. */
  static boolean content(@Nullable Object piece) {
    if (piece instanceof ChatResponse response) {
      String text = text(response);
      return (text != null && !text.isEmpty()) || response.hasToolCalls();
    }
    return piece instanceof String text && !text.isEmpty();
  }
}
