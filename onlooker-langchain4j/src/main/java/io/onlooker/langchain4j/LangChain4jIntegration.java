package io.onlooker.langchain4j;

import io.onlooker.Integration;
import io.onlooker.Onlooker;
import java.util.function.Consumer;

/**
 * The instrumentation of LangChain4j with settings for a whole application (seed 003):
 *
 * <pre>{@code
 * Onlooker.init(options ->
 *     options.integrations(LangChain4jIntegration.create(o -> o.recordOutputs(false))));
 * }</pre>
 *
 * <p>They hold for what is recorded with that Onlooker without an {@code instrumentAgent}, which
 * records content as its {@link io.onlooker.session.AgentOptions} say. Without it everything has
 * its default.
 */
public final class LangChain4jIntegration implements Integration {

  private final Settings settings;

  private LangChain4jIntegration(Settings settings) {
    this.settings = settings;
  }

  public static LangChain4jIntegration create() {
    return create(options -> {});
  }

  public static LangChain4jIntegration create(Consumer<LangChain4jOptions> configure) {
    LangChain4jOptions options = new LangChain4jOptions();
    configure.accept(options);
    return new LangChain4jIntegration(options.settings());
  }

  @Override
  public void opened(Onlooker onlooker) {}

  Settings settings() {
    return settings;
  }
}
