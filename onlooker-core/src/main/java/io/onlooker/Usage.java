package io.onlooker;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one model call. Null: not known, which is not zero.
 *
 * @param input all input tokens, cached ones included
 * @param output all output tokens, reasoning included
 * @param cacheRead of the input: read from the provider's cache
 * @param cacheWrite of the input: written to the provider's cache
 * @param reasoning of the output: spent on thinking
 */
public record Usage(
    @Nullable Long input,
    @Nullable Long output,
    @Nullable Long cacheRead,
    @Nullable Long cacheWrite,
    @Nullable Long reasoning)
    implements Details {

  /** What every provider tells: all input tokens and all output tokens. */
  public static Usage of(long input, long output) {
    return new Usage(input, output, null, null, null);
  }

  /** The same, with so many of the input tokens read from the provider's cache. */
  public Usage cacheRead(long tokens) {
    return new Usage(input, output, tokens, cacheWrite, reasoning);
  }

  /** The same, with so many of the input tokens written to the provider's cache. */
  public Usage cacheWrite(long tokens) {
    return new Usage(input, output, cacheRead, tokens, reasoning);
  }

  /** The same, with so many of the output tokens spent on thinking. */
  public Usage reasoning(long tokens) {
    return new Usage(input, output, cacheRead, cacheWrite, tokens);
  }

  /** Input and output together, or null when neither is known. */
  public @Nullable Long total() {
    if (input == null && output == null) {
      return null;
    }
    return (input == null ? 0 : input) + (output == null ? 0 : output);
  }

  @Override
  public void write(BiConsumer<String, @Nullable Object> attributes) {
    attributes.accept(GenAi.USAGE_INPUT_TOKENS, input);
    attributes.accept(GenAi.USAGE_OUTPUT_TOKENS, output);
    attributes.accept(GenAi.USAGE_TOTAL_TOKENS, total());
    attributes.accept(GenAi.USAGE_CACHE_READ, cacheRead);
    attributes.accept(GenAi.USAGE_CACHE_CREATION, cacheWrite);
    attributes.accept(GenAi.USAGE_REASONING, reasoning);
  }
}
