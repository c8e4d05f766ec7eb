package io.onlooker.springai;

import java.util.Map;
import java.util.Set;

/** Spring AI's names of providers, and what is peculiar to them. */
final class Providers {

  /** OpenTelemetry's names, where they differ. */
  private static final Map<String, String> NAMES =
      Map.of(
          "azure-openai", "azure.ai.openai",
          "bedrock_converse", "aws.bedrock",
          "google_genai", "gcp.gen_ai",
          "vertex_ai", "gcp.vertex_ai");

  /** Their input tokens do not count those of the cache. */
  private static final Set<String> CACHE_APART = Set.of("anthropic", "bedrock_converse");

  private Providers() {}

  static String name(String provider) {
    return NAMES.getOrDefault(provider, provider);
  }

  static boolean countsCacheApart(String provider) {
    return CACHE_APART.contains(provider);
  }
}
