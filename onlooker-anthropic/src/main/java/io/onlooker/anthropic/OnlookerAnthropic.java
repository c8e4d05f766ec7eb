package io.onlooker.anthropic;

import static java.util.Objects.requireNonNull;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import java.util.function.Consumer;

/**
 * Instruments anthropic-java clients: messages created through the returned client are recorded as
 * spans, below the span that is current where they are asked for.
 *
 * <pre>{@code
 * AnthropicClient client = OnlookerAnthropic.instrument(AnthropicOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>The returned client does what the given one does, byte for byte: the same requests, results,
 * exceptions, threads, laziness and cancellation. What comes from it is instrumented too: {@code
 * async()}, {@code sync()}, {@code withOptions(…)}, {@code withRawResponse()}, {@code
 * beta().messages()} with its tool runner. Closing it closes the given one. The given one itself
 * stays as it is.
 */
public final class OnlookerAnthropic {

  private OnlookerAnthropic() {}

  /** Instruments with the settings of {@link AnthropicIntegration}, or without any. */
  public static AnthropicClient instrument(AnthropicClient client) {
    return instrument(client, options -> {});
  }

  /** Instruments; what is set here wins over {@link AnthropicIntegration}. */
  public static AnthropicClient instrument(
      AnthropicClient client, Consumer<AnthropicOptions> configure) {
    requireNonNull(client, "client");
    return InstrumentedService.of(AnthropicClient.class, client, Settings.of(configure));
  }

  /** Instruments with the settings of {@link AnthropicIntegration}, or without any. */
  public static AnthropicClientAsync instrument(AnthropicClientAsync client) {
    return instrument(client, options -> {});
  }

  /** Instruments; what is set here wins over {@link AnthropicIntegration}. */
  public static AnthropicClientAsync instrument(
      AnthropicClientAsync client, Consumer<AnthropicOptions> configure) {
    requireNonNull(client, "client");
    return InstrumentedService.of(AnthropicClientAsync.class, client, Settings.of(configure));
  }
}
