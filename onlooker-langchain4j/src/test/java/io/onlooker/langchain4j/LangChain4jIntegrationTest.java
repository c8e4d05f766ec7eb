package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.service.AiServices;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application says about all of LangChain4j at once. */
@Timeout(60)
class LangChain4jIntegrationTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static SpanRecorder recorder(Consumer<LangChain4jOptions> configure) {
    return SpanRecorder.createCurrent(
        o -> o.sendDefaultPii(true).integrations(LangChain4jIntegration.create(configure)));
  }

  private String ask() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"), Reply.text("It comes soon."));
    return AiServices.builder(Assistant.class)
        .chatModel(Models.chat(server))
        .tools(new Support.Tools())
        .build()
        .chat("Where is my parcel?");
  }

  @Test
  void inputs_off() {
    try (SpanRecorder recorder = recorder(o -> o.recordInputs(false))) {
      assertThat(ask()).isEqualTo("It comes soon.");

      RecordedSession session = recorder.takeSession();
      assertThat(session.spans()).hasSize(4).allSatisfy(s -> assertThat(s.input()).isNull());
      assertThat(session.root()).hasOutput("It comes soon.");
      assertThat(session.toString()).doesNotContain("parcel");
    }
  }

  @Test
  void outputs_off() {
    try (SpanRecorder recorder = recorder(o -> o.recordOutputs(false))) {
      assertThat(ask()).isEqualTo("It comes soon.");

      RecordedSession session = recorder.takeSession();
      assertThat(session.spans()).allSatisfy(s -> assertThat(s.output()).isNull());
      assertThat(session.root()).hasInput("Where is my parcel?");
      assertThat(session.toString()).doesNotContain("It comes soon.");
    }
  }

  @Test
  void automatic_off() {
    try (SpanRecorder recorder = recorder(o -> o.automatic(false))) {
      assertThat(ask()).isEqualTo("It comes soon.");
      server.reply(Reply.text("Once."), Reply.text("Twice."));
      AgenticServices.sequenceBuilder()
          .subAgents(
              AgenticServices.agentBuilder(FailedWorkflowTest.Writer.class)
                  .chatModel(Models.chat(server))
                  .build())
          .build()
          .invoke(Map.of("topic", "dragons"));
      Assistant assistant = AiServices.create(Assistant.class, Models.chat(server));
      Assistant tracked = OnlookerLangChain4j.instrumentAgent(assistant, o -> {});

      assertThat(tracked.chat("Where is my parcel?")).isEqualTo("Twice.");
      server.reply(Reply.text("Thrice."));
      assertThat(assistant.chat("Where?")).isEqualTo("Thrice.");

      assertThat(recorder.takeSession().tree())
          .isEqualTo("invoke_agent Assistant\n  chat gpt-4o-mini\n");
    }
  }
}
