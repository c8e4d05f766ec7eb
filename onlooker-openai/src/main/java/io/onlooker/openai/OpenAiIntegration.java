package io.onlooker.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.onlooker.Integration;
import io.onlooker.Onlooker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instrumentation of openai-java with settings for a whole application (seed 003):
 *
 * <pre>{@code
 * Onlooker.init(options -> options.integrations(OpenAiIntegration.create(o -> o.recordInputs(true))));
 * }</pre>
 *
 * <p>Clients that are instrumented for that Onlooker, by {@link OnlookerOpenAi} or {@link
 * #instrument}, take what they are not told themselves from here. Java has no place where all
 * clients pass: one that nobody instruments is not recorded.
 */
public final class OpenAiIntegration implements Integration {

  private final Settings settings;
  private volatile @Nullable Onlooker onlooker;

  private OpenAiIntegration(Settings settings) {
    this.settings = settings;
  }

  public static OpenAiIntegration create() {
    return create(options -> {});
  }

  public static OpenAiIntegration create(Consumer<OpenAiOptions> configure) {
    OpenAiOptions options = new OpenAiOptions();
    configure.accept(options);
    return new OpenAiIntegration(options.settings());
  }

  /** Instruments a client for the Onlooker that this was given to. */
  public OpenAIClient instrument(OpenAIClient client) {
    return OnlookerOpenAi.instrument(client, this::forMine);
  }

  /** Instruments a client for the Onlooker that this was given to. */
  public OpenAIClientAsync instrument(OpenAIClientAsync client) {
    return OnlookerOpenAi.instrument(client, this::forMine);
  }

  @Override
  public void opened(Onlooker opened) {
    onlooker = opened;
  }

  private void forMine(OpenAiOptions options) {
    Onlooker mine = onlooker;
    if (mine != null) {
      options.onlooker(mine);
    }
  }

  Settings settings() {
    return settings;
  }
}
