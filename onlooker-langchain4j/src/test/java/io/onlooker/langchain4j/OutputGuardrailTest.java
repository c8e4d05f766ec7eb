package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guardrails that have the model asked again. */
@Timeout(60)
class OutputGuardrailTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  /** Wants an answer without dragons. */
  static final class NoDragons implements OutputGuardrail {

    private final boolean sayWhy;

    NoDragons(boolean sayWhy) {
      this.sayWhy = sayWhy;
    }

    @Override
    public OutputGuardrailResult validate(AiMessage answer) {
      if (!answer.text().contains("dragon")) {
        return success();
      }
      return sayWhy ? reprompt("dragons", "Without dragons.") : retry("dragons");
    }
  }

  private RecordedSession ask(boolean sayWhy) {
    server.reply(Reply.text("A dragon."), Reply.text("A cat."));
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(Models.chat(server))
            .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
            .outputGuardrails(new NoDragons(sayWhy))
            .build();
    assertThat(assistant.chat("Who is there?")).isEqualTo("A cat.");
    return recorder.takeSession();
  }

  private static void isAskedTwice(RecordedSession session) {
    assertThat(session.modelCalls())
        .hasSize(2)
        .allSatisfy(call -> assertThat(call).hasParent(session.root()));
    assertThat(session.spans())
        .filteredOn(span -> span.type() == SpanType.PROCESSOR_RUN)
        .hasSize(2)
        .allSatisfy(span -> assertThat(span).hasAttribute(GenAi.PROCESSOR_PHASE, "output"))
        .extracting(SpanSnapshot::status)
        .extracting(SpanStatus::code)
        .containsExactlyInAnyOrder(SpanStatus.Code.ERROR, SpanStatus.Code.UNSET);
    assertThat(session.root()).hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void retry_isASecondModelCall() {
    isAskedTwice(ask(false));
  }

  @Test
  void reprompt_isASecondModelCall() {
    isAskedTwice(ask(true));
  }
}
