package io.onlooker.anthropic;

import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a call used. Anthropic counts input that was read from or written to its cache apart;
 * in spans, as the GenAI conventions have it, it is a part of the input.
 */
final class Tokens {

  private static final String WRITTEN = "gen_ai.usage.cache_creation.";
  private static final String FIVE_MINUTES = "ephemeral_5m_input_tokens";
  private static final String ONE_HOUR = "ephemeral_1h_input_tokens";
  private static final String SERVICE_TIER = "gen_ai.response.service_tier";

  private Tokens() {}

  /** Says it, as far as the API's {@code usage} does. */
  static void write(Span span, Map<?, ?> usage) {
    Map<?, ?> written = object(usage, "cache_creation");
    Long fiveMinutes = number(written, FIVE_MINUTES);
    Long oneHour = number(written, ONE_HOUR);
    Long cacheWrite = number(usage, "cache_creation_input_tokens");
    cacheWrite = cacheWrite == null ? sum(fiveMinutes, oneHour) : cacheWrite;
    Long cacheRead = number(usage, "cache_read_input_tokens");
    Long plain = number(usage, "input_tokens");
    Long input = plain == null ? null : sum(plain, sum(cacheRead, cacheWrite));
    Long output = number(usage, "output_tokens");
    Long reasoning = number(object(usage, "output_tokens_details"), "thinking_tokens");
    write(span, new Usage(input, output, cacheRead, cacheWrite, reasoning));
    span.setAttribute(WRITTEN + FIVE_MINUTES, (Object) fiveMinutes);
    span.setAttribute(WRITTEN + ONE_HOUR, (Object) oneHour);
    span.setAttribute(SERVICE_TIER, usage.get("service_tier"));
  }

  /** A sum of which one half is not known is no sum. */
  private static void write(Span span, Usage usage) {
    boolean whole = usage.input() != null && usage.output() != null;
    usage.write((name, value) -> {
      if (whole || !name.equals(GenAi.USAGE_TOTAL_TOKENS)) {
        span.setAttribute(name, value);
      }
    });
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + other;
  }

  private static Map<?, ?> object(Map<?, ?> map, String name) {
    return map.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  private static @Nullable Long number(Map<?, ?> map, String name) {
    return map.get(name) instanceof Number number ? number.longValue() : null;
  }
}
