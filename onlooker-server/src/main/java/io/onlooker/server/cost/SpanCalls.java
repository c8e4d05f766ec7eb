package io.onlooker.server.cost;

import static io.onlooker.server.cost.TokenUsage.orZero;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.server.cost.TokenUsage.CacheWrites;
import io.onlooker.server.cost.TokenUsage.Counting;
import io.onlooker.store.span.SpanKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the model call that a normalised span reports.
 *
 * <p>Conventions count cached tokens inside the input and reasoning inside the output, but not all
 * clients keep to that; so both are taken as not known and told by the numbers.
 */
final class SpanCalls {

  private static final String CACHE_CREATION_5M =
      "gen_ai.usage.cache_creation.ephemeral_5m_input_tokens";
  private static final String CACHE_CREATION_1H =
      "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens";

  /** Who answered knows better than who asked. */
  private static final List<String> SERVICE_TIERS =
      List.of(
          "gen_ai.response.service_tier",
          "gen_ai.openai.response.service_tier",
          "openai.response.service_tier",
          "gen_ai.request.service_tier",
          "gen_ai.openai.request.service_tier",
          "openai.request.service_tier");

  private SpanCalls() {}

  /** Whether the span is one that somebody bills. */
  static boolean billed(SpanData span) {
    String operation = span.attributes().string(GenAi.OPERATION_NAME);
    return SpanKind.of(span) == SpanKind.MODEL || "embeddings".equals(operation);
  }

  /**
   * The call by the model that answered, or by the one that was asked when only that has a price.
   *
   * @return null when the span names no model
   */
  static @Nullable ModelCall of(SpanData span, Prices prices) {
    Attributes attributes = span.attributes();
    String provider = attributes.string(GenAi.PROVIDER_NAME);
    String response = attributes.string(GenAi.RESPONSE_MODEL);
    String request = attributes.string(GenAi.REQUEST_MODEL);
    boolean byResponse = response != null && prices.lookup(provider, response) != null;
    String model = byResponse || request == null ? response : request;
    return model == null
        ? null
        : new ModelCall(
            provider,
            model,
            Instant.ofEpochSecond(0, span.startNanos()),
            tier(attributes),
            attributes.string("gen_ai.request.speed"),
            usage(attributes));
  }

  private static @Nullable String tier(Attributes attributes) {
    return SERVICE_TIERS.stream()
        .map(attributes::string)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static TokenUsage usage(Attributes attributes) {
    return new TokenUsage(
        Counting.UNKNOWN,
        Counting.UNKNOWN,
        tokens(attributes, GenAi.USAGE_INPUT_TOKENS),
        tokens(attributes, GenAi.USAGE_CACHE_READ),
        writes(attributes),
        tokens(attributes, "gen_ai.usage.audio_input_tokens"),
        tokens(attributes, GenAi.USAGE_OUTPUT_TOKENS),
        tokens(attributes, GenAi.USAGE_REASONING),
        tokens(attributes, "gen_ai.usage.audio_output_tokens"),
        tokens(attributes, GenAi.USAGE_TOTAL_TOKENS));
  }

  /** A client that tells the times apart may give their sum as well. */
  private static CacheWrites writes(Attributes attributes) {
    Long all = tokens(attributes, GenAi.USAGE_CACHE_CREATION);
    Long fiveMinutes = tokens(attributes, CACHE_CREATION_5M);
    Long oneHour = tokens(attributes, CACHE_CREATION_1H);
    if (fiveMinutes == null && oneHour == null) {
      return new CacheWrites(all, null, null, null);
    }
    long untimed = orZero(all) - orZero(fiveMinutes) - orZero(oneHour);
    return new CacheWrites(untimed > 0 ? (Long) untimed : null, fiveMinutes, oneHour, null);
  }

  private static @Nullable Long tokens(Attributes attributes, String key) {
    Double number = attributes.number(key);
    return number == null ? null : (Long) Math.round(number);
  }
}
