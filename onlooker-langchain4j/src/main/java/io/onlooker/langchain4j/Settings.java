package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** What {@link LangChain4jOptions} say; null where they say nothing. */
record Settings(
    @Nullable Boolean recordInputs, @Nullable Boolean recordOutputs, boolean automatic) {

  private static final Settings NONE = new LangChain4jOptions().settings();

  static Settings of(Onlooker onlooker) {
    LangChain4jIntegration integration = onlooker.integration(LangChain4jIntegration.class);
    return integration == null ? NONE : integration.settings();
  }

  static Recording recording(Onlooker onlooker) {
    Settings settings = of(onlooker);
    return Recording.of(onlooker, settings.recordInputs, settings.recordOutputs);
  }

  /** Whether it records what nobody instrumented. */
  static boolean automatic(Onlooker onlooker) {
    return onlooker.enabled() && of(onlooker).automatic;
  }
}
