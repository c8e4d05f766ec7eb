package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens that Vercel AI up to its version 5 tells only in the provider's own words: {@code
 * {"openai": {"cachedPromptTokens": 800, "reasoningTokens": 30}}}.
 */
final class ProviderMetadata {

  private static final String NAME = "ai.response.providerMetadata";

  private static final List<String> CACHE_READ =
      List.of(
          "cachedPromptTokens",
          "cacheReadInputTokens",
          "cachedContentTokenCount",
          "promptCacheHitTokens");
  private static final List<String> CACHE_CREATION =
      List.of("cacheCreationInputTokens", "cacheWriteInputTokens");
  private static final List<String> REASONING = List.of("reasoningTokens", "thoughtsTokenCount");

  private ProviderMetadata() {}

  /** Adds the counts that nothing else on the span tells. */
  static void addUsage(Attributes.Builder attributes, Attributes span) {
    String text = span.string(NAME);
    if (text == null) {
      return;
    }
    JsonNode metadata = Json.parsed(text);
    attributes.putIfAbsent(GenAi.USAGE_CACHE_READ, count(metadata, CACHE_READ));
    attributes.putIfAbsent(GenAi.USAGE_CACHE_CREATION, count(metadata, CACHE_CREATION));
    attributes.putIfAbsent(GenAi.USAGE_REASONING, count(metadata, REASONING));
  }

  private static @Nullable Long count(JsonNode metadata, List<String> names) {
    for (JsonNode provider : metadata) {
      for (String name : names) {
        JsonNode found = provider.findPath(name);
        if (found.canConvertToLong() && found.asLong() >= 0) {
          return found.asLong();
        }
      }
    }
    return null;
  }
}
