package io.onlooker.anthropic;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import org.jspecify.annotations.Nullable;

/** How an anthropic-java client is recorded. */
public final class AnthropicOptions {

  private @Nullable Onlooker onlooker;
  private @Nullable Boolean recordInputs;
  private @Nullable Boolean recordOutputs;
  private @Nullable String provider;
  private @Nullable Boolean builtInSpans;

  AnthropicOptions() {}

  /** What records; unless set, what is {@linkplain Onlooker#current() current} at each call. */
  public AnthropicOptions onlooker(Onlooker records) {
    onlooker = requireNonNull(records, "records");
    return this;
  }

  /**
   * Whether messages, the system prompt, tool definitions and what tools are given are recorded;
   * unless set, {@code sendDefaultPii} decides (seed 003).
   */
  public AnthropicOptions recordInputs(boolean on) {
    recordInputs = on;
    return this;
  }

  /**
   * Whether answers, thinking, tool calls and what tools return are recorded; unless set, {@code
   * sendDefaultPii} decides.
   */
  public AnthropicOptions recordOutputs(boolean on) {
    recordOutputs = on;
    return this;
  }

  /**
   * The provider's name in spans; unless set, what the client says of its backend, {@code
   * anthropic} for Anthropic's own.
   */
  public AnthropicOptions provider(String name) {
    provider = requireNonNull(name, "name");
    return this;
  }

  /**
   * Whether anthropic-java makes its own OpenTelemetry spans beside ours, where the client has them
   * switched on; false unless set, so that one call is one span. A call that is not recorded here,
   * being of a trace that is not sampled, keeps them in any case.
   */
  public AnthropicOptions builtInSpans(boolean on) {
    builtInSpans = on;
    return this;
  }

  Settings settings() {
    return new Settings(onlooker, recordInputs, recordOutputs, provider, builtInSpans);
  }
}
