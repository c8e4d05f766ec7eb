package io.onlooker.server;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.session.AgentCall;
import io.onlooker.session.AgentOptions;
import io.onlooker.springai.OnlookerObservationHandler;
import io.onlooker.springai.OnlookerSpringAi;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.memory.ChatMemory;

/** Seed 004's agent as a chat client of Spring AI's. */
class SpringAiTest extends SupportAgentContract {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Client(ChatClient client) implements Agent {

    @Override
    public String ask(@Nullable String thread, String question) {
      return content(prompt(thread, question));
    }

    @Override
    public String askWith(UnaryOperator<AgentCall> more, String thread, String question) {
      return content(prompt(thread, question).advisors(OnlookerSpringAi.call(more)));
    }

    @Override
    public List<String> stream(String thread, String question) {
      return requireNonNull(
          prompt(thread, question).stream().content().collectList().block(PATIENCE));
    }

    private ChatClientRequestSpec prompt(@Nullable String thread, String question) {
      ChatClientRequestSpec prompt = client.prompt(question);
      return thread == null
          ? prompt
          : prompt.advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, thread));
    }

    private static String content(ChatClientRequestSpec prompt) {
      return requireNonNull(prompt.call().content());
    }
  }

  @Override
  Agent bare(@Nullable String thread) {
    return new Client(client(thread, ObservationRegistry.NOOP));
  }

  /** Observed as Spring Boot would have it. */
  @Override
  Agent instrumented(@Nullable String thread, Consumer<AgentOptions> configure) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(new OnlookerObservationHandler(fixture.onlooker()));
    return new Client(OnlookerSpringAi.instrumentAgent(client(thread, registry), configure));
  }

  private static ChatClient client(@Nullable String thread, ObservationRegistry registry) {
    SpringAiSupport support = new SpringAiSupport(fixture.model(), registry);
    return (thread == null ? support.client() : support.clientWithMemory()).build();
  }

  @Override
  String model() {
    return "gpt-4o-mini";
  }

  @Override
  String provider() {
    return "openai";
  }

  @Override
  String told(Throwable thrown) {
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }
}
