package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.onlooker.Onlooker;
import io.onlooker.Snippets;
import io.onlooker.session.AgentCall;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
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
      ChatModel model = Models.chat(server);

      // snippet: agent
      Assistant assistant =
          AiServices.builder(Assistant.class).chatModel(model).tools(new Support.Tools()).build();
      Assistant support =
          OnlookerLangChain4j.instrumentAgent(
              assistant,
              o ->
                  o.apiKey(System.getenv("ONLOOKER_API_KEY")) // else the current Onlooker
                      .agentName("customer-support") // else the interface's name
                      .pii(true)); // else false

      String answer = support.chat("Where is order ORD-12345?");
      // end

      assertThat(answer).isEqualTo("On its way.");
      assertThat(recorder.takeSession().spans()).hasSize(2);
    }
  }

  @Test
  void agent_isInstrumentedByOneLine() {
    try (CaptureServer sentry = CaptureServer.start()) {
      String dsn = sentry.dsn();
      server.reply(Reply.text("On its way."));
      Assistant assistant = AiServices.create(Assistant.class, Models.chat(server));

      // snippet: one-line
      Onlooker.init(options -> options.dsn(dsn));
      Assistant support =
          OnlookerLangChain4j.instrumentAgent(
              assistant, o -> o.agentName("customer-support").pii(true));
      String answer = support.chat("Where is order ORD-12345?");
      // end

      assertThat(answer).isEqualTo("On its way.");
      Onlooker.current().close();
      assertThat(sentry.take(Duration.ofSeconds(30)).text()).contains("customer-support");
    }
  }

  @Test
  void call_isOverridden() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("Gladly."));
      Assistant support =
          OnlookerLangChain4j.instrumentAgent(
              AiServices.create(Assistant.class, Models.chat(server)),
              o -> o.onlooker(recorder.onlooker()));

      // snippet: overrides
      AgentCall.with(
          call -> call.userId("user-42").conversationId("convo-1").metadata("priority", "high"),
          () -> support.chat("How can I help?"));
      // end

      assertThat(recorder.takeSession().root().metadata()).containsEntry("priority", "high");
    }
  }

  @Test
  void model_isInstrumented() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("Because."));

      // snippet: model
      ChatModel model = OnlookerLangChain4j.instrument(Models.chat(server));
      // end

      assertThat(model.chat("Why?")).isEqualTo("Because.");
      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void content_isSwitchedOff() {
    try (CaptureServer sentry = CaptureServer.start()) {
      String dsn = sentry.dsn();
      server.reply(Reply.text("Because."));

      // snippet: integration
      Onlooker.init(options ->
          options.dsn(dsn).integrations(LangChain4jIntegration.create(o -> o.recordInputs(false))));
      // end

      AiServices.create(Assistant.class, Models.chat(server)).chat("Why?");
      Onlooker.current().close();
      assertThat(sentry.take(Duration.ofSeconds(30)).text()).contains("Assistant");
    }
  }

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
