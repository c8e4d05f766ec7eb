package io.onlooker.langchain4j;

import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import java.util.ServiceLoader;

/**
 * Has every AI service that is built recorded, without a line of code: LangChain4j finds it as a
 * service provider and takes the first one it finds. What it makes is what the next provider would
 * have made, where there is one; where another is taken before, this one has no effect.
 */
public final class OnlookerServiceContexts implements AiServiceContextFactory {

  /** For {@link ServiceLoader}. */
  public OnlookerServiceContexts() {}

  @Override
  public AiServiceContext create(Class<?> aiServiceClass) {
    return ServiceHooks.install(
        ServiceLoader.load(AiServiceContextFactory.class).stream()
            .filter(provider -> provider.type() != OnlookerServiceContexts.class)
            .findFirst()
            .map(provider -> provider.get().create(aiServiceClass))
            .orElseGet(() -> new PlainContext(aiServiceClass)));
  }

  /** What LangChain4j makes itself, whose constructor is for its own package. */
  private static final class PlainContext extends AiServiceContext {

    PlainContext(Class<?> aiServiceClass) {
      super(aiServiceClass);
      // Another's tool service stays as it is, for it may have been told things that cannot be
      // read: then tools have no spans, and everything else has.
      if (LangChain4jVersion.supported()) {
        toolService = new RecordedToolService();
      }
    }
  }
}
