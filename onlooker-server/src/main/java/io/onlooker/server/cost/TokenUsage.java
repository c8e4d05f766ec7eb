package io.onlooker.server.cost;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one model call as its source reported them; null where it said nothing.
 *
 * @param input whether {@code inputTokens} contains the cached and cache-written ones
 * @param output whether {@code outputTokens} contains the reasoning ones
 */
public record TokenUsage(
    Counting input,
    Counting output,
    @Nullable Long inputTokens,
    @Nullable Long cachedInputTokens,
    CacheWrites cacheWrites,
    @Nullable Long audioInputTokens,
    @Nullable Long outputTokens,
    @Nullable Long reasoningTokens,
    @Nullable Long audioOutputTokens,
    @Nullable Long totalTokens) {

  private static final long MOST = 1_000_000_000_000L;

  /** How a total relates to its parts. */
  public enum Counting {
    INCLUSIVE,
    EXCLUSIVE,
    UNKNOWN
  }

  /** Tokens written to the provider's cache, by how long they stay there. */
  public record CacheWrites(
      @Nullable Long untimed,
      @Nullable Long fiveMinutes,
      @Nullable Long oneHour,
      @Nullable Long twelveHours) {

    public static final CacheWrites NONE = new CacheWrites(null, null, null, null);

    long total() {
      return orZero(untimed) + orZero(fiveMinutes) + orZero(oneHour) + orZero(twelveHours);
    }

    boolean negative() {
      return below(untimed) || below(fiveMinutes) || below(oneHour) || below(twelveHours);
    }
  }

  /** What a call through today's conventions reports: both totals contain their parts. */
  public static TokenUsage inclusive(
      @Nullable Long input,
      @Nullable Long cached,
      @Nullable Long written,
      @Nullable Long output,
      @Nullable Long reasoning) {
    return new TokenUsage(
        Counting.INCLUSIVE,
        Counting.INCLUSIVE,
        input,
        cached,
        new CacheWrites(written, null, null, null),
        null,
        output,
        reasoning,
        null,
        null);
  }

  boolean unknown() {
    return inputTokens == null && outputTokens == null;
  }

  boolean negative() {
    return below(inputTokens)
        || below(cachedInputTokens)
        || cacheWrites.negative()
        || below(audioInputTokens)
        || below(outputTokens)
        || below(reasoningTokens)
        || below(audioOutputTokens);
  }

  static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  /** More of any kind than a model reads in a year. */
  boolean absurd() {
    return Stream.of(
            inputTokens,
            cachedInputTokens,
            audioInputTokens,
            outputTokens,
            reasoningTokens,
            audioOutputTokens,
            cacheWrites.total())
        .anyMatch(tokens -> orZero(tokens) > MOST);
  }

  private static boolean below(@Nullable Long tokens) {
    return tokens != null && tokens < 0;
  }
}
