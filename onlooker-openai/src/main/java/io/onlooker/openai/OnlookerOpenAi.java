package io.onlooker.openai;

import static java.util.Objects.requireNonNull;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import java.util.function.Consumer;

/**
 * Instruments openai-java clients: chat completions, responses and embeddings made through the
 * returned client are recorded as spans, below the span that is current where they are called.
 *
 * <pre>{@code
 * OpenAIClient client = OnlookerOpenAi.instrument(OpenAIOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>The returned client does what the given one does, byte for byte: the same requests, results,
 * exceptions, threads, laziness and cancellation. What comes from it is instrumented too: {@code
 * async()}, {@code sync()}, {@code withOptions(…)}, {@code withRawResponse()}. Closing it closes
 * the given one. The given one itself stays as it is.
 */
public final class OnlookerOpenAi {

  private OnlookerOpenAi() {}

  /** Instruments with the settings of {@link OpenAiIntegration}, or without any. */
  public static OpenAIClient instrument(OpenAIClient client) {
    return instrument(client, options -> {});
  }

  /** Instruments; what is set here wins over {@link OpenAiIntegration}. */
  public static OpenAIClient instrument(OpenAIClient client, Consumer<OpenAiOptions> configure) {
    requireNonNull(client, "client");
    return InstrumentedService.of(OpenAIClient.class, client, settings(configure));
  }

  public static OpenAIClientAsync instrument(OpenAIClientAsync client) {
    return instrument(client, options -> {});
  }

  public static OpenAIClientAsync instrument(
      OpenAIClientAsync client, Consumer<OpenAiOptions> configure) {
    requireNonNull(client, "client");
    return InstrumentedService.of(OpenAIClientAsync.class, client, settings(configure));
  }

  private static Settings settings(Consumer<OpenAiOptions> configure) {
    OpenAiOptions options = new OpenAiOptions();
    configure.accept(options);
    return options.settings();
  }
}
