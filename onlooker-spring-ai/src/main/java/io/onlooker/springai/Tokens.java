package io.onlooker.springai;

import io.onlooker.Usage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.EmptyUsage;

/** Spring AI's token counts as a usage. */
final class Tokens {

  private Tokens() {}

  /** Null when the provider told none. */
  static @Nullable Usage of(
      org.springframework.ai.chat.metadata.@Nullable Usage tokens, String provider) {
    if (tokens == null || tokens instanceof EmptyUsage || nothing(tokens)) {
      return null;
    }
    Long read = tokens.getCacheReadInputTokens();
    Long written = tokens.getCacheWriteInputTokens();
    Long input = number(tokens.getPromptTokens());
    long cached = (read == null ? 0 : read) + (written == null ? 0 : written);
    if (input != null && (Providers.countsCacheApart(provider) || apart(tokens, input, cached))) {
      input += cached;
    }
    return new Usage(input, number(tokens.getCompletionTokens()), read, written, null);
  }

  /** Whether the numbers themselves prove that the input is without the cache. */
  private static boolean apart(
      org.springframework.ai.chat.metadata.Usage tokens, long input, long cached) {
    Integer output = tokens.getCompletionTokens();
    long rest = input + (output == null ? 0 : output);
    return cached > input || (cached > 0 && tokens.getTotalTokens() == rest + cached);
  }

  /** What Spring AI makes of a stream whose provider was not asked to count. */
  private static boolean nothing(org.springframework.ai.chat.metadata.Usage tokens) {
    Integer total = tokens.getTotalTokens();
    return total == null || total == 0;
  }

  private static @Nullable Long number(@Nullable Integer count) {
    return count == null ? null : Long.valueOf(count);
  }
}
