package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import org.jspecify.annotations.Nullable;

/**
 * The tokens a span reports; null where it said nothing, never 0 instead.
 *
 * @param input cached and cache-written ones included
 * @param total the sum of both where the sender gave none
 */
public record SpanTokens(@Nullable Long input, @Nullable Long output, @Nullable Long total) {

  public static final SpanTokens UNKNOWN = new SpanTokens(null, null, null);

  /** All input tokens, noted by the server where the sender left the cached ones out. */
  public static final String ALL_INPUT = "onlooker.usage.input_tokens";

  /** Input and output, noted together with {@link #ALL_INPUT}. */
  public static final String ALL = "onlooker.usage.total_tokens";

  /** More than any model reads in a year. */
  private static final double MOST = 1e12;

  /** What the span says; a count that cannot be, below zero or beyond all models, says nothing. */
  public static SpanTokens of(SpanData span) {
    Attributes attributes = span.attributes();
    Long input = first(attributes, ALL_INPUT, GenAi.USAGE_INPUT_TOKENS);
    Long output = count(attributes, GenAi.USAGE_OUTPUT_TOKENS);
    Long total = first(attributes, ALL, GenAi.USAGE_TOTAL_TOKENS);
    return new SpanTokens(input, output, total == null ? sum(input, output) : total);
  }

  public SpanTokens plus(SpanTokens other) {
    return new SpanTokens(
        sum(input, other.input), sum(output, other.output), sum(total, other.total));
  }

  private static @Nullable Long first(Attributes attributes, String noted, String reported) {
    Long count = count(attributes, noted);
    return count == null ? count(attributes, reported) : count;
  }

  private static @Nullable Long count(Attributes attributes, String key) {
    Double number = attributes.number(key);
    return number == null || number < 0 || number > MOST ? null : (Long) Math.round(number);
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : (Long) (a + b);
  }
}
