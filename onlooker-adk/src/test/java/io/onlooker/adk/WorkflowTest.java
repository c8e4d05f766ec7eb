package io.onlooker.adk;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.runner.Runner;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workflows and agents below agents: whole trees, by ADK's relations. */
@Timeout(60)
class WorkflowTest {

  private final SpanRecorder recorder = SpanRecorder.create();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private LlmAgent agent(String name) {
    return Adk.agent(name, server).build();
  }

  private Runner tracked(BaseAgent agent) {
    return OnlookerAdk.instrumentAgent(
        Adk.runner(agent), o -> o.onlooker(recorder.onlooker()).agentName("publisher"));
  }

  @Test
  void sequence_isAWorkflow() {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));
    Runner publish =
        tracked(
            SequentialAgent.builder()
                .name("publish")
                .subAgents(agent("writer"), agent("editor"))
                .build());

    assertThat(Adk.ask(publish, "Dragons")).isEqualTo("Once.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent publisher
              invoke_workflow publish
                invoke_agent writer
                  chat gemini-2.5-flash
                invoke_agent editor
                  chat gemini-2.5-flash
            """);
    assertThat(session.root()).hasInput("Dragons").hasOutput("Once.");
    assertThat(session.spans().get(1)).hasType(SpanType.WORKFLOW_RUN);
    assertThat(session.spans().get(2)).hasOutput("Once upon a time.");
    assertThat(session.spans().get(4)).hasOutput("Once.");
  }

  @Test
  void parallel_onOtherThreads() {
    server.when(body -> body.contains("As the writer"), Reply.text("Once upon a time."));
    server.when(body -> body.contains("As the painter"), Reply.text("A picture."));
    Runner both =
        tracked(
            ParallelAgent.builder()
                .name("both")
                .subAgents(
                    Adk.agent("writer", server).instruction("As the writer.").build(),
                    SequentialAgent.builder()
                        .name("studio")
                        .subAgents(
                            Adk.agent("painter", server).instruction("As the painter.").build(),
                            Adk.agent("framer", server).instruction("As the painter.").build())
                        .build())
                .build());

    Adk.run(both, "Dragons");

    RecordedSession session = recorder.takeSession();
    SpanSnapshot parallel = session.children(session.root()).get(0);
    assertThat(parallel)
        .hasType(SpanType.WORKFLOW_PARALLEL)
        .hasAttribute(GenAi.WORKFLOW_BRANCH_COUNT, 2)
        .hasAttribute(GenAi.WORKFLOW_PARALLEL_STEPS, List.of("writer", "studio"));
    List<SpanSnapshot> branches = session.children(parallel);
    assertThat(branches.stream().map(SpanSnapshot::name))
        .containsExactlyInAnyOrder("invoke_agent writer", "invoke_workflow studio");
    for (SpanSnapshot branch : branches) {
      boolean studio = branch.name().equals("invoke_workflow studio");
      assertThat(session.children(branch).stream().map(SpanSnapshot::name))
          .containsExactly(
              studio
                  ? new String[] {"invoke_agent painter", "invoke_agent framer"}
                  : new String[] {"chat gemini-2.5-flash"});
    }
    assertThat(session.modelCalls()).hasSize(3);
    assertThat(session.spans()).hasSize(9);
  }

  @Test
  void loop_tellsItsTurnsApart() {
    server.reply(
        Reply.text("Draft one."),
        Reply.text("More dragons."),
        Reply.text("Draft two."),
        Reply.toolCall("enough", "{}"));
    LlmAgent critic = Adk.agent("critic", server).tools(Tools.of("enough")).build();
    Runner refine =
        tracked(
            LoopAgent.builder()
                .name("refine")
                .subAgents(agent("writer"), critic)
                .maxIterations(5)
                .build());

    Adk.run(refine, "Dragons");

    RecordedSession session = recorder.takeSession();
    SpanSnapshot loop = session.children(session.root()).get(0);
    assertThat(loop)
        .hasType(SpanType.WORKFLOW_LOOP)
        .hasAttribute(GenAi.WORKFLOW_LOOP_TYPE, "dountil")
        .hasAttribute(GenAi.WORKFLOW_LOOP_TOTAL, 2);
    assertThat(session.children(loop))
        .extracting(
            SpanSnapshot::name, span -> span.attributes().number(GenAi.WORKFLOW_LOOP_ITERATION))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("invoke_agent writer", 1.0),
            org.assertj.core.groups.Tuple.tuple("invoke_agent critic", 1.0),
            org.assertj.core.groups.Tuple.tuple("invoke_agent writer", 2.0),
            org.assertj.core.groups.Tuple.tuple("invoke_agent critic", 2.0));
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent publisher
              workflow_loop dountil
                invoke_agent writer
                  chat gemini-2.5-flash
                invoke_agent critic
                  chat gemini-2.5-flash
                invoke_agent writer
                  chat gemini-2.5-flash
                invoke_agent critic
                  chat gemini-2.5-flash
                  execute_tool enough
            """);
  }

  @Test
  void transfer_isBelowWhoHandsOver() {
    server.reply(
        Reply.toolCall("transfer_to_agent", "{\"agent_name\": \"billing\"}"),
        Reply.toolCall("transfer_to_agent", "{\"agent_name\": \"refunds\"}"),
        Reply.text("Refunded."),
        Reply.text("You are welcome."));
    Runner desk =
        tracked(Adk.agent("desk", server).subAgents(agent("billing"), agent("refunds")).build());

    assertThat(Adk.ask(desk, "I was charged twice.")).isEqualTo("Refunded.");
    Adk.ask(desk, "Thanks.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent publisher
              chat gemini-2.5-flash
              execute_tool transfer_to_agent
              invoke_agent billing
                chat gemini-2.5-flash
                execute_tool transfer_to_agent
                invoke_agent refunds
                  chat gemini-2.5-flash
            """);
    assertThat(session.root()).hasOutput("Refunded.");
    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_agent publisher
              invoke_agent refunds
                chat gemini-2.5-flash
            """);
  }

  /** ADK does not call after-callbacks of an agent whose before-callback answers. */
  @Test
  void agent_whoseCallbackAnswers() {
    server.reply(Reply.text("Once."));
    LlmAgent silent =
        Adk.agent("silent", server)
            .beforeAgentCallback(
                context -> Maybe.just(Content.fromParts(Part.fromText("Not today."))))
            .build();
    Runner publish =
        tracked(
            SequentialAgent.builder().name("publish").subAgents(silent, agent("editor")).build());

    Adk.run(publish, "Dragons");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent publisher
              invoke_workflow publish
                invoke_agent silent
                invoke_agent editor
                  chat gemini-2.5-flash
            """);
    assertThat(session.spans().get(2)).hasOutput("Not today.").hasStatus(SpanStatus.Code.UNSET);
    assertThat(session.spans().get(2).endNanos())
        .isLessThanOrEqualTo(session.spans().get(3).startNanos() + 1_000_000);
  }

  @Test
  void model_whoseCallbackAnswers() {
    LlmAgent guarded =
        Adk.agent("guarded", server)
            .beforeModelCallback((context, request) ->
                Maybe.just(
                    com.google.adk.models.LlmResponse.builder()
                        .content(Content.fromParts(Part.fromText("I may not.")))
                        .build()))
            .build();

    List<Event> events = Adk.run(tracked(guarded), "Tell me a secret");

    assertThat(events).hasSize(1);
    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasOutput("I may not.");
    assertThat(session.modelCalls().get(0))
        .hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "answered by a callback"));
  }

  @Test
  void agent_thatFails_closesAll() {
    server.reply(Reply.text("Once upon a time."), Reply.error(400, "no such key"));
    Runner publish =
        tracked(
            SequentialAgent.builder()
                .name("publish")
                .subAgents(agent("writer"), agent("editor"))
                .build());

    Throwable thrown = catchThrowable(() -> Adk.run(publish, "Dragons"));

    assertThat(thrown).isNotNull();
    RecordedSession session = recorder.takeSession();
    assertThat(session.spans())
        .extracting(SpanSnapshot::name, span -> span.status().code())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("invoke_agent publisher", SpanStatus.Code.ERROR),
            org.assertj.core.groups.Tuple.tuple("invoke_workflow publish", SpanStatus.Code.ERROR),
            org.assertj.core.groups.Tuple.tuple("invoke_agent writer", SpanStatus.Code.UNSET),
            org.assertj.core.groups.Tuple.tuple("chat gemini-2.5-flash", SpanStatus.Code.UNSET),
            org.assertj.core.groups.Tuple.tuple("invoke_agent editor", SpanStatus.Code.ERROR),
            org.assertj.core.groups.Tuple.tuple("chat gemini-2.5-flash", SpanStatus.Code.ERROR));
  }
}
