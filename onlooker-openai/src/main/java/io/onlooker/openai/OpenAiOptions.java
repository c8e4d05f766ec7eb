package io.onlooker.openai;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How an openai-java client is recorded. */
public final class OpenAiOptions {

  private @Nullable Onlooker onlooker;
  private @Nullable Boolean recordInputs;
  private @Nullable Boolean recordOutputs;
  private @Nullable Boolean forceStreamUsage;
  private @Nullable String provider;
  private @Nullable ToLongFunction<String> tokenCounter;

  OpenAiOptions() {}

  /** What records; unless set, what is {@linkplain Onlooker#current() current} at each call. */
  public OpenAiOptions onlooker(Onlooker records) {
    onlooker = requireNonNull(records, "records");
    return this;
  }

  /**
   * Whether messages, instructions, tool definitions and texts to embed are recorded; unless set,
   * {@code sendDefaultPii} decides (seed 003).
   */
  public OpenAiOptions recordInputs(boolean on) {
    recordInputs = on;
    return this;
  }

  /** Whether answers and tool calls are recorded; unless set, {@code sendDefaultPii} decides. */
  public OpenAiOptions recordOutputs(boolean on) {
    recordOutputs = on;
    return this;
  }

  /**
   * Whether streamed chat completions ask for their usage where the application did not; false
   * unless set, for it changes the request: {@code stream_options.include_usage} is added. The
   * extra chunk that the answer then ends with is not handed to the application, except by {@code
   * withRawResponse()} when it reads the body itself.
   */
  public OpenAiOptions forceStreamUsage(boolean on) {
    forceStreamUsage = on;
    return this;
  }

  /**
   * The provider's name in spans; unless set, it follows from the base URL: {@code openai} for
   * OpenAI and for hosts that are not known, {@code azure.ai.openai} for Azure.
   */
  public OpenAiOptions provider(String name) {
    provider = requireNonNull(name, "name");
    return this;
  }

  /**
   * Counts the tokens of a text, to estimate the usage of streams that do not tell it; such a span
   * has {@code gen_ai.usage.estimated}. None unless set: what is not known is not recorded. Runs
   * where the stream ends.
   */
  public OpenAiOptions estimateUsage(ToLongFunction<String> counter) {
    tokenCounter = requireNonNull(counter, "counter");
    return this;
  }

  Settings settings() {
    return new Settings(
        onlooker, recordInputs, recordOutputs, forceStreamUsage, provider, tokenCounter);
  }
}
