package io.onlooker.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.internal.Json;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what a model answered. */
final class Output {

  private Output() {}

  static void write(Span span, ChatResponse response, Recording recording) {
    ChatResponseMetadata metadata = response.metadata();
    if (metadata != null) {
      span.set(Details.Response.of(metadata.id(), metadata.modelName(), finish(metadata)));
      TokenUsage usage = metadata.tokenUsage();
      if (usage != null) {
        span.set(Tokens.of(usage));
      }
    }
    AiMessage message = response.aiMessage();
    if (recording.outputs() && message != null) {
      span.output(Deferred.map(() -> Messages.of(message)));
      if (message.hasToolExecutionRequests()) {
        span.setAttribute(
            GenAi.RESPONSE_TOOL_CALLS,
            Deferred.text(() -> Json.toJson(Messages.toolCalls(message))));
      }
    }
  }

  private static String[] finish(ChatResponseMetadata metadata) {
    String reason = reason(metadata.finishReason());
    return reason == null ? new String[0] : new String[] {reason};
  }

  /** In the words of chat completions. */
  private static @Nullable String reason(@Nullable FinishReason reason) {
    if (reason == null) {
      return null;
    }
    return reason == FinishReason.TOOL_EXECUTION
        ? "tool_calls"
        : reason.name().toLowerCase(Locale.ROOT);
  }
}
