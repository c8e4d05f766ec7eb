package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.Onlooker;
import io.onlooker.springai.OnlookerObservationHandler;
import io.onlooker.springai.OnlookerSpringAi;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;

/** A turn of seed 004's, with what of Spring AI's is neither model nor tool. */
@Timeout(120)
class SpringAiSpansTest {

  @Test
  void memory_isBetweenAgentAndModel(@TempDir Path folder) throws Exception {
    try (AgentFixture fixture = AgentFixture.open(folder);
        Onlooker onlooker = fixture.sendingSpans()) {
      fixture.script(
          Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(new OnlookerObservationHandler(onlooker));
      ChatClient support =
          OnlookerSpringAi.instrumentAgent(
              new SpringAiSupport(fixture.model(), registry).clientWithMemory().build(),
              o -> o.onlooker(onlooker).agentName("customer-support"));

      support
          .prompt("Look up user USR-123")
          .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "thread-1"))
          .call()
          .content();

      assertThat(onlooker.flush(Duration.ofSeconds(30))).as(onlooker.lastFailure()).isTrue();
      ToldSession session = fixture.session();
      assertThat(session.text("conversation_id")).isEqualTo("thread-1");
      assertThat(session.text("status")).isEqualTo("completed");
      assertThat(session.tree())
          .isEqualTo(
              "invoke_agent customer-support > ai.processor processor_run MessageChatMemoryAdvisor"
                  + " > chat gpt-4o-mini, execute_tool lookupUser, chat gpt-4o-mini");
    }
  }
}
