package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trees of workflows, without a line of code about them. */
@Timeout(60)
class WorkflowTest {

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

  /** Edits. */
  public interface Editor {
    @Agent("Edits a story")
    @UserMessage("Edit {{topic}}")
    String edit(@V("topic") String topic);
  }

  private Writer writer() {
    return AgenticServices.agentBuilder(Writer.class)
        .chatModel(Models.chat(server))
        .name("writer")
        .outputKey("story")
        .build();
  }

  private Editor editor() {
    return AgenticServices.agentBuilder(Editor.class)
        .chatModel(Models.chat(server))
        .name("editor")
        .outputKey("edited")
        .build();
  }

  @Test
  void sequence_agentsInTurn() {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));
    UntypedAgent sequence =
        AgenticServices.sequenceBuilder()
            .name("publish")
            .subAgents(writer(), editor())
            .outputKey("edited")
            .build();

    assertThat(sequence.invoke(Map.of("topic", "dragons"))).isEqualTo("Once.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasType(SpanType.WORKFLOW_RUN);
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_workflow publish
              invoke_agent writer
                chat gpt-4o-mini
              invoke_agent editor
                chat gpt-4o-mini
            """);
  }

  @Test
  void parallel_agentsOnOtherThreads() {
    server.when(body -> body.contains("Write about"), Reply.text("Once upon a time."));
    server.when(body -> body.contains("Edit"), Reply.text("Once."));
    UntypedAgent parallel =
        AgenticServices.parallelBuilder().name("both").subAgents(writer(), editor()).build();

    parallel.invoke(Map.of("topic", "dragons"));

    RecordedSession session = recorder.takeSession();
    assertThat(session.root())
        .hasType(SpanType.WORKFLOW_PARALLEL)
        .hasAttribute(GenAi.WORKFLOW_PARALLEL_STEPS, List.of("writer", "editor"));
    List<SpanSnapshot> agents = session.children(session.root());
    assertThat(agents)
        .hasSize(2)
        .allSatisfy(agent -> {
          assertThat(agent).hasType(SpanType.AGENT_RUN);
          assertThat(session.children(agent)).hasSize(1);
        });
  }

  @Test
  void loop_oneAgentSeveralTimes() {
    server.reply(Reply.text("one"), Reply.text("two"), Reply.text("three"));
    UntypedAgent loop =
        AgenticServices.loopBuilder().name("again").subAgents(writer()).maxIterations(3).build();

    loop.invoke(Map.of("topic", "dragons"));

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasType(SpanType.WORKFLOW_LOOP);
    assertThat(session.children(session.root()))
        .hasSize(3)
        .allSatisfy(agent -> assertThat(session.children(agent)).hasSize(1));
  }

  @Test
  void conditional_withinASequence() {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));
    UntypedAgent choice =
        AgenticServices.conditionalBuilder()
            .name("maybe")
            .subAgents(scope -> true, editor())
            .build();
    UntypedAgent sequence =
        AgenticServices.sequenceBuilder().name("publish").subAgents(writer(), choice).build();

    sequence.invoke(Map.of("topic", "dragons"));

    RecordedSession session = recorder.takeSession();
    assertThat(session.spans().stream().map(SpanSnapshot::type))
        .containsExactly(
            SpanType.WORKFLOW_RUN,
            SpanType.AGENT_RUN,
            SpanType.MODEL_GENERATION,
            SpanType.WORKFLOW_CONDITIONAL,
            SpanType.AGENT_RUN,
            SpanType.MODEL_GENERATION);
    SpanSnapshot conditional = session.children(session.root()).get(1);
    assertThat(session.children(conditional)).hasSize(1);
  }

  @Test
  void instrumented_isOneSession() {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));
    UntypedAgent sequence =
        OnlookerLangChain4j.instrumentAgent(
            AgenticServices.sequenceBuilder()
                .name("publish")
                .subAgents(writer(), editor())
                .outputKey("edited")
                .build(),
            o -> o.onlooker(recorder.onlooker()).agentName("publisher"));

    assertThat(sequence.invoke(Map.of("topic", "dragons"))).isEqualTo("Once.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasInput(Map.of("topic", "dragons")).hasOutput("Once.");
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent publisher
              invoke_workflow publish
                invoke_agent writer
                  chat gpt-4o-mini
                invoke_agent editor
                  chat gpt-4o-mini
            """);
  }

  @Test
  void agent_thatFails() {
    server.reply(Reply.error(401, "no such key"));
    UntypedAgent sequence =
        OnlookerLangChain4j.instrumentAgent(
            AgenticServices.sequenceBuilder().name("publish").subAgents(writer()).build(),
            o -> o.onlooker(recorder.onlooker()).agentName("publisher"));

    Throwable thrown = catchThrowable(() -> sequence.invoke(Map.of("topic", "dragons")));

    assertThat(thrown).isNotNull();
    RecordedSession session = recorder.takeSession();
    assertThat(session.spans())
        .hasSize(4)
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.ERROR));
  }

  /** What a supervisor plans is an AI service of its own below it. */
  @Test
  void supervisor_plansAndAsks() {
    server.reply(
        Reply.text("{\"agentName\": \"writer$0\", \"arguments\": {\"topic\": \"dragons\"}}"),
        Reply.text("Once upon a time."),
        Reply.text("{\"agentName\": \"done\", \"arguments\": {\"response\": \"Written.\"}}"));
    SupervisorAgent supervisor =
        AgenticServices.supervisorBuilder()
            .chatModel(Models.chat(server))
            .name("chief")
            .subAgents(writer())
            .listener(new OnlookerAgentListener())
            .build();

    supervisor.invoke("Write about dragons");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_workflow chief
              invoke_agent PlannerAgent
                chat gpt-4o-mini
              invoke_agent writer
                chat gpt-4o-mini
              invoke_agent PlannerAgent
                chat gpt-4o-mini
            """);
  }

  @Test
  void tool_ofAnAgent() {
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("Once."));
    Writer writer =
        AgenticServices.agentBuilder(Writer.class)
            .chatModel(Models.chat(server))
            .name("writer")
            .tools(new Support.Tools())
            .build();

    AgenticServices.sequenceBuilder()
        .name("publish")
        .subAgents(writer)
        .build()
        .invoke(Map.of("topic", "dragons"));

    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_workflow publish
              invoke_agent writer
                chat gpt-4o-mini
                execute_tool lookupUser
                chat gpt-4o-mini
            """);
  }
}
