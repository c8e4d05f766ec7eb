package io.onlooker.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import io.onlooker.Integration;
import io.onlooker.Onlooker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instrumentation of anthropic-java with settings for a whole application (seed 003):
 *
 * <pre>{@code
 * Onlooker.init(o -> o.integrations(AnthropicIntegration.create(a -> a.recordInputs(true))));
 * }</pre>
 *
 * <p>Clients that are instrumented for that Onlooker, by {@link OnlookerAnthropic} or {@link
 * #instrument}, take what they are not told themselves from here. Java has no place where all
 * clients pass: one that nobody instruments is not recorded.
 */
public final class AnthropicIntegration implements Integration {

  private final Settings settings;
  private volatile @Nullable Onlooker onlooker;

  private AnthropicIntegration(Settings settings) {
    this.settings = settings;
  }

  public static AnthropicIntegration create() {
    return create(options -> {});
  }

  public static AnthropicIntegration create(Consumer<AnthropicOptions> configure) {
    return new AnthropicIntegration(Settings.of(configure));
  }

  /** Instruments a client for the Onlooker that this was given to. */
  public AnthropicClient instrument(AnthropicClient client) {
    return OnlookerAnthropic.instrument(client, this::forMine);
  }

  /** Instruments a client for the Onlooker that this was given to. */
  public AnthropicClientAsync instrument(AnthropicClientAsync client) {
    return OnlookerAnthropic.instrument(client, this::forMine);
  }

  @Override
  public void opened(Onlooker opened) {
    onlooker = opened;
  }

  private void forMine(AnthropicOptions options) {
    Onlooker mine = onlooker;
    if (mine != null) {
      options.onlooker(mine);
    }
  }

  Settings settings() {
    return settings;
  }
}
