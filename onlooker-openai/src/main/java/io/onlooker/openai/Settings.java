package io.onlooker.openai;

import io.onlooker.Onlooker;
import io.onlooker.instrument.Recording;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What {@link OpenAiOptions} say; null where they say nothing. */
record Settings(
    @Nullable Onlooker given,
    @Nullable Boolean recordInputs,
    @Nullable Boolean recordOutputs,
    @Nullable Boolean forceStreamUsage,
    @Nullable String provider,
    @Nullable ToLongFunction<String> tokenCounter) {

  Onlooker onlooker() {
    return given == null ? Onlooker.current() : given;
  }

  Recording recording(Onlooker onlooker) {
    return Recording.of(onlooker, recordInputs, recordOutputs);
  }

  /** These settings, and the integration's where these say nothing. */
  Settings with(Onlooker onlooker) {
    OpenAiIntegration integration = onlooker.integration(OpenAiIntegration.class);
    return integration == null ? this : or(integration.settings());
  }

  private Settings or(Settings other) {
    return new Settings(
        given,
        either(recordInputs, other.recordInputs),
        either(recordOutputs, other.recordOutputs),
        either(forceStreamUsage, other.forceStreamUsage),
        either(provider, other.provider),
        either(tokenCounter, other.tokenCounter));
  }

  private static <T> @Nullable T either(@Nullable T preferred, @Nullable T otherwise) {
    return preferred == null ? otherwise : preferred;
  }
}
