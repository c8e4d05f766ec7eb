package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that LangChain4j never ends, though somebody still holds them. */
@Timeout(60)
class IdleTest {

  private final SpanRecorder recorder =
      SpanRecorder.createCurrent(o -> o.idleTimeout(Duration.ofMillis(50)));
  private final List<Object> held = new ArrayList<>();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  @Test
  void stream_heldButNeverStarted() {
    Support support =
        AiServices.builder(Support.class)
            .streamingChatModel(Models.streaming(server))
            .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
            .build();

    held.add(support.stream("convo-1", "Count.").onPartialResponse(piece -> {}));

    SpanSnapshot run = Eventually.get(recorder::take);
    assertThat(run).hasStatus(SpanStatus.ABANDONED);
  }

  /** Nobody tells of the end of a supervisor that fails, where only its listener is ours. */
  @Test
  void supervisor_thatFails() {
    server.reply(Reply.error(401, "no such key"));
    SupervisorAgent supervisor =
        AgenticServices.supervisorBuilder()
            .chatModel(Models.chat(server))
            .name("chief")
            .subAgents(
                AgenticServices.agentBuilder(FailedWorkflowTest.Writer.class)
                    .chatModel(Models.chat(server))
                    .build())
            .listener(new OnlookerAgentListener())
            .build();
    held.add(supervisor);

    assertThat(catchThrowable(() -> supervisor.invoke("Write"))).isNotNull();

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root()).hasName("invoke_workflow chief");
    assertThat(session.root().status().code()).isNotEqualTo(SpanStatus.Code.UNSET);
  }
}
