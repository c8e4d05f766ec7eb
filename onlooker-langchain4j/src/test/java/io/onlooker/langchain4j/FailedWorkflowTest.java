package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.agent.ErrorRecoveryResult;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workflows that fail, without a line of code about them. */
@Timeout(60)
class FailedWorkflowTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  /** Writes. */
  public interface Writer {
    @Agent("Writes a story")
    @UserMessage("Write about {{topic}}")
    String write(@V("topic") String topic);
  }

  /** A workflow with a method of its own. */
  public interface Publisher {
    @Agent
    String publish(@V("topic") String topic);
  }

  private Writer writer() {
    return AgenticServices.agentBuilder(Writer.class)
        .chatModel(Models.chat(server))
        .name("writer")
        .outputKey("story")
        .build();
  }

  @Test
  void sequence_endsWithTheError() {
    server.reply(Reply.error(401, "no such key"));
    Publisher sequence =
        AgenticServices.sequenceBuilder(Publisher.class).subAgents(writer()).build();

    Throwable thrown = catchThrowable(() -> sequence.publish("dragons"));

    assertThat(thrown).isNotNull();
    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasType(SpanType.WORKFLOW_RUN);
    assertThat(session.spans())
        .hasSize(3)
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.ERROR));
  }

  @Test
  void parallel_endsWithTheError() {
    server.when(body -> true, Reply.error(401, "no such key"));
    UntypedAgent parallel =
        AgenticServices.parallelBuilder().name("both").subAgents(writer(), writer()).build();

    assertThat(catchThrowable(() -> parallel.invoke(Map.of("topic", "dragons")))).isNotNull();

    assertThat(recorder.takeSession().root())
        .hasType(SpanType.WORKFLOW_PARALLEL)
        .hasStatus(SpanStatus.Code.ERROR);
  }

  @Test
  void output_thatFails() {
    server.reply(Reply.text("Once upon a time."));
    IllegalStateException own = new IllegalStateException("no room");
    UntypedAgent sequence =
        AgenticServices.sequenceBuilder()
            .name("publish")
            .subAgents(writer())
            .output(scope -> {
              throw own;
            })
            .build();

    assertThat(catchThrowable(() -> sequence.invoke(Map.of("topic", "dragons")))).isSameAs(own);

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasError(IllegalStateException.class.getName());
    assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void retried_isNoFailure() {
    server.reply(Reply.error(401, "no such key"), Reply.text("Once upon a time."));
    UntypedAgent sequence =
        AgenticServices.sequenceBuilder()
            .name("publish")
            .subAgents(writer())
            .errorHandler(error -> ErrorRecoveryResult.retry())
            .outputKey("story")
            .build();

    assertThat(sequence.invoke(Map.of("topic", "dragons"))).isEqualTo("Once upon a time.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasStatus(SpanStatus.Code.UNSET);
    assertThat(session.children(session.root()))
        .extracting(agent -> agent.status().code())
        .containsExactly(SpanStatus.Code.ERROR, SpanStatus.Code.UNSET);
  }

  @Test
  void workflow_staysWhatItIs() {
    UntypedAgent inner = AgenticServices.sequenceBuilder().name("in").subAgents(writer()).build();
    UntypedAgent outer = AgenticServices.sequenceBuilder().name("out").subAgents(inner).build();
    server.reply(Reply.text("Once upon a time."));

    outer.invoke(Map.of("topic", "dragons"));

    assertThat(((AgentInstance) outer).subagents()).hasSize(1);
    assertThat(((AgentInstance) inner).parent()).isNotNull();
    assertThat(outer).hasToString("Sequential<UntypedAgent>");
    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_workflow out
              invoke_workflow in
                invoke_agent writer
                  chat gpt-4o-mini
            """);
  }
}
