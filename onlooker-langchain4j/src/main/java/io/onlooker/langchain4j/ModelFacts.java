package io.onlooker.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of itself.
 *
 * @param defaults what holds where a request does not say otherwise
 */
record ModelFacts(
    @Nullable ModelProvider provider, @Nullable ChatRequestParameters defaults, boolean streams) {

  /** OpenTelemetry's names; by constant's name, for the constants differ between versions. */
  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("OPEN_AI", "openai"),
          Map.entry("ANTHROPIC", "anthropic"),
          Map.entry("AMAZON_BEDROCK", "aws.bedrock"),
          Map.entry("AZURE_OPEN_AI", "azure.ai.openai"),
          Map.entry("MICROSOFT_FOUNDRY", "azure.ai.inference"),
          Map.entry("GOOGLE_AI_GEMINI", "gcp.gemini"),
          Map.entry("GOOGLE_GENAI", "gcp.gen_ai"),
          Map.entry("GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai"),
          Map.entry("GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai"),
          Map.entry("MISTRAL_AI", "mistral_ai"),
          Map.entry("WATSONX", "ibm.watsonx.ai"));

  /** The provider as spans name it; null when the model does not say. */
  @Nullable String providerName() {
    if (provider == null || provider == ModelProvider.OTHER) {
      return null;
    }
    String name = provider.name();
    return PROVIDERS.getOrDefault(name, name.toLowerCase(Locale.ROOT));
  }
}
