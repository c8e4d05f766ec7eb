package io.onlooker.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import org.jspecify.annotations.Nullable;

/** What an AI service answered, out of what it returned. */
final class Answers {

  private Answers() {}

  /** The answer itself, without LangChain4j's envelope; null when it is still to come. */
  static @Nullable Object of(@Nullable Object returned) {
    if (returned instanceof Result<?> result) {
      return result.content();
    }
    if (returned instanceof ChatResponse response) {
      return of(response.aiMessage());
    }
    if (returned instanceof AiMessage message) {
      return message.text() == null ? Messages.of(message) : message.text();
    }
    return returned instanceof TokenStream ? null : returned;
  }
}
