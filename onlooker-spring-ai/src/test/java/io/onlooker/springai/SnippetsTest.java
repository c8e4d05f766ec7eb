package io.onlooker.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.Snippets;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The samples of the README run here. */
@Timeout(120)
class SnippetsTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void agent_isInstrumented() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("On its way."));
      ChatClient chatClient = Application.observed(server, recorder.onlooker()).support().build();

      // snippet: agent
      ChatClient support =
          OnlookerSpringAi.instrumentAgent(
              chatClient,
              o ->
                  o.apiKey(System.getenv("ONLOOKER_API_KEY")) // else the current Onlooker
                      .agentName("customer-support") // else chat-client
                      .pii(true)); // else false

      String answer = support.prompt("Where is order ORD-12345?").call().content();
      // end

      assertThat(answer).isEqualTo("On its way.");
      assertThat(recorder.takeSession().spans()).hasSize(2);
    }
  }

  @Test
  void call_isOverridden() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("Gladly."));
      ChatClient support =
          OnlookerSpringAi.instrumentAgent(
              Application.observed(server, recorder.onlooker()).bare().build(), o -> {});

      // snippet: overrides
      support
          .prompt("How can I help?")
          .advisors(
              OnlookerSpringAi.call(call ->
                  call.userId("user-42").conversationId("convo-1").metadata("priority", "high")))
          .call()
          .content();
      // end

      assertThat(recorder.takeSession().root().metadata()).containsEntry("priority", "high");
    }
  }

  @Test
  void registry_isInstrumented() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("Found."));
      OpenAiChatOptions options =
          OpenAiChatOptions.builder()
              .baseUrl(server.uri().toString())
              .apiKey("key")
              .model("gpt-4o-mini")
              .build();

      // snippet: registry
      ObservationRegistry registry = OnlookerSpringAi.instrument(ObservationRegistry.create());
      OpenAiChatModel model =
          OpenAiChatModel.builder().options(options).observationRegistry(registry).build();
      ToolCallingManager tools = ToolCallingManager.builder().observationRegistry(registry).build();
      ChatClient chatClient =
          ChatClient.builder(
                  model,
                  registry,
                  null,
                  null,
                  ToolCallingAdvisor.builder().toolCallingManager(tools))
              .build();
      // end

      chatClient.prompt("Who is x?").tools(new Application.Tools()).call().content();
      assertThat(recorder.takeSession().spans()).hasSize(4);
    }
  }

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
