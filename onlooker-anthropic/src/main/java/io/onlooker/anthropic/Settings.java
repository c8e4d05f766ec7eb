package io.onlooker.anthropic;

import io.onlooker.Onlooker;
import io.onlooker.instrument.Recording;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@link AnthropicOptions} say; null where they say nothing. */
record Settings(
    @Nullable Onlooker given,
    @Nullable Boolean recordInputs,
    @Nullable Boolean recordOutputs,
    @Nullable String provider,
    @Nullable Boolean builtInSpans) {

  static Settings of(Consumer<AnthropicOptions> configure) {
    AnthropicOptions options = new AnthropicOptions();
    configure.accept(options);
    return options.settings();
  }

  Onlooker onlooker() {
    return given == null ? Onlooker.current() : given;
  }

  Recording recording(Onlooker onlooker) {
    return Recording.of(onlooker, recordInputs, recordOutputs);
  }

  boolean keepsBuiltInSpans() {
    return Boolean.TRUE.equals(builtInSpans);
  }

  /** These settings, and the integration's where these say nothing. */
  Settings with(Onlooker onlooker) {
    AnthropicIntegration integration = onlooker.integration(AnthropicIntegration.class);
    return integration == null ? this : or(integration.settings());
  }

  private Settings or(Settings other) {
    return new Settings(
        given,
        either(recordInputs, other.recordInputs),
        either(recordOutputs, other.recordOutputs),
        either(provider, other.provider),
        either(builtInSpans, other.builtInSpans));
  }

  private static <T> @Nullable T either(@Nullable T preferred, @Nullable T otherwise) {
    return preferred == null ? otherwise : preferred;
  }
}
