package io.onlooker.langchain4j;

import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import io.onlooker.Usage;
import org.jspecify.annotations.Nullable;

/** LangChain4j's token counts as a usage. */
final class Tokens {

  private static final String OPENAI = "dev.langchain4j.model.openai.OpenAiTokenUsage";

  private Tokens() {}

  static Usage of(TokenUsage tokens) {
    Usage usage =
        new Usage(
            number(tokens.inputTokenCount()), number(tokens.outputTokenCount()), null, null, null);
    // By name, for the application may not have the class.
    return tokens.getClass().getName().equals(OPENAI) ? OpenAi.detailed(usage, tokens) : usage;
  }

  private static @Nullable Long number(@Nullable Integer count) {
    return count == null ? null : Long.valueOf(count);
  }

  /** Of its own, so that it is loaded only where the class is there. */
  private static final class OpenAi {

    static Usage detailed(Usage usage, TokenUsage tokens) {
      if (!(tokens instanceof OpenAiTokenUsage details)) {
        return usage;
      }
      var input = details.inputTokensDetails();
      var output = details.outputTokensDetails();
      return new Usage(
          usage.input(),
          usage.output(),
          number(input == null ? null : input.cachedTokens()),
          null,
          number(output == null ? null : output.reasoningTokens()));
    }
  }
}
