package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.onlooker.Onlooker;
import io.onlooker.session.AgentOptions;
import io.onlooker.session.OnlookerException;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seed 004's production example, with an API key, to a server of sessions. */
@Timeout(60)
class ProductionTest {

  private final ScriptedModelServer model = ScriptedModelServer.start();
  private final CaptureServer sessions = CaptureServer.start();

  @AfterEach
  void close() {
    Onlooker.current().close();
    model.close();
    sessions.close();
  }

  /** Agents with one key share an Onlooker. */
  private String key() {
    return "key-" + sessions.uri().getPort();
  }

  private Support support(Consumer<AgentOptions> configure) {
    Support agent =
        AiServices.builder(Support.class)
            .chatModel(Models.chat(model))
            .streamingChatModel(Models.streaming(model))
            .chatMemoryProvider(
                id -> MessageWindowChatMemory.builder().id(id).maxMessages(20).build())
            .tools(new Support.Tools())
            .build();
    return OnlookerLangChain4j.instrumentAgent(
        agent,
        o -> {
          o.apiKey(key()).apiUrl(sessions.uri().toString());
          configure.accept(o);
        });
  }

  @Test
  void turns_areSentWithoutPersonalData() {
    model.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.text("On its way."));
    Support support = support(o -> o.agentName("customer-support").pii(true));

    assertThat(support.generate("thread-1", "My email is alice@example.com"))
        .isEqualTo("Hi Alice.");
    assertThat(support.generate("thread-1", "What's the status of order ORD-12345?"))
        .isEqualTo("On its way.");

    assertThat(Onlooker.current().flush(Duration.ofSeconds(30))).isTrue();
    List<CaptureServer.Request> requests = sessions.waiting();
    assertThat(requests)
        .isNotEmpty()
        .allSatisfy(request ->
            assertThat(request.headers().get("Authorization")).containsExactly("Bearer " + key()));
    assertThat(requests.stream().map(CaptureServer.Request::text).toList().toString())
        .contains("customer-support", "thread-1", "My email is [EMAIL]", "lookupUser", "ORD-12345")
        .doesNotContain("alice@example.com");
  }

  @Test
  void failures_areSilentUnlessAsked() {
    model.when(body -> true, Reply.text("Hi."));
    for (int i = 0; i < 50; i++) {
      sessions.answer(401, Map.of());
    }

    assertThat(support(o -> {}).generate("Hello")).isEqualTo("Hi.");

    Support loud = support(o -> o.failSilently(false));
    int asked = model.requests().size();
    assertThatThrownBy(() -> loud.generate("Hello")).isInstanceOf(OnlookerException.class);
    assertThat(model.requests()).hasSize(asked);
  }
}
