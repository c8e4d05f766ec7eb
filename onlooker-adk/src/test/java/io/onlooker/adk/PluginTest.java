package io.onlooker.adk;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.adk.agents.BaseAgent;
import com.google.adk.runner.Runner;
import com.google.adk.tools.AgentTool;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The plugin on an application's own runner. */
@Timeout(60)
class PluginTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private static Runner watched(BaseAgent agent) {
    Runner runner = Adk.runner(agent);
    runner.pluginManager().registerPlugin(new OnlookerAdkPlugin());
    return runner;
  }

  /** Content is recorded only when the Onlooker says so. */
  @Test
  void run_isASession() {
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"alice\"}"), Reply.text("Alice."));
    Runner support = watched(Adk.agent("support", server).tools(Tools.of("lookupUser")).build());

    assertThat(Adk.ask(support, "Who is it?")).isEqualTo("Alice.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent support
              chat gemini-2.5-flash
              execute_tool lookupUser
              chat gemini-2.5-flash
            """);
    assertThat(session.root())
        .hasAttribute(GenAi.CONVERSATION_ID, Adk.SESSION)
        .hasAttribute(GenAi.USER_ID, Adk.USER);
    assertThat(session.spans())
        .allSatisfy(span -> {
          assertThat(span).hasInput(null).hasOutput(null);
          assertThat(span).hasNoAttribute(GenAi.SYSTEM_INSTRUCTIONS);
        });
    assertThat(session.toolCalls("lookupUser").get(0)).hasAttribute(GenAi.TOOL_SUCCESS, true);
  }

  /** Versions before 1.8 do not tell plugins: then the run ends when ADK has forgotten it. */
  @Test
  void run_thatFails() {
    server.reply(Reply.error(400, "no such key"));
    Runner support = watched(Adk.agent("support", server).build());

    Throwable thrown = catchThrowable(() -> Adk.run(support, "Who is it?"));

    assertThat(thrown).isNotNull();
    RecordedSession session = afterCollection();
    assertThat(session.spans())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.ERROR));
  }

  @Test
  void run_thatIsCancelled() {
    server.reply(Reply.text("One two three four five."));
    Runner support = watched(Adk.agent("support", server).build());

    assertThat(
            support
                .runAsync(Adk.USER, Adk.SESSION, Adk.message("Count."), Adk.IN_PIECES)
                .blockingFirst()
                .partial())
        .hasValue(true);

    assertThat(afterCollection().root())
        .hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "abandoned"));
  }

  private RecordedSession afterCollection() {
    return Eventually.get(() -> {
      System.gc();
      return recorder.takeSession();
    });
  }

  @Test
  void runs_oneAfterAnother_areApart() {
    server.reply(Reply.text("One."), Reply.text("Two."));
    Runner support = watched(Adk.agent("support", server).build());

    recorder.onlooker().runSpan(SpanOptions.named("GET /"), span -> Adk.ask(support, "First?"));
    Adk.ask(support, "Second?");

    RecordedSession first = recorder.takeSession();
    RecordedSession second = recorder.takeSession();
    assertThat(first.tree())
        .isEqualTo("GET /\n  invoke_agent support\n    chat gemini-2.5-flash\n");
    assertThat(second.tree()).isEqualTo("invoke_agent support\n  chat gemini-2.5-flash\n");
    assertThat(second.root().traceId()).isNotEqualTo(first.root().traceId());
  }

  @Test
  void tools_ofOneAnswer() {
    server.reply(Reply.raw(TWO_TOOLS), Reply.text("Both are on their way."));
    Runner support = watched(Adk.agent("support", server).tools(Tools.of("checkLater")).build());

    assertThat(Adk.ask(support, "Where are they?")).isEqualTo("Both are on their way.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkLater"))
        .hasSize(2)
        .allSatisfy(tool -> assertThat(tool).hasParent(session.root()))
        .extracting(tool -> tool.attributes().string(GenAi.TOOL_CALL_ID))
        .containsExactlyInAnyOrder("call_1", "call_2");
  }

  @Test
  void tool_thatRecordsItsOwnWork() {
    server.reply(Reply.toolCall("query", "{}"), Reply.text("Three rows."));
    Runner support = watched(Adk.agent("support", server).tools(Tools.of("query")).build());

    Adk.run(support, "How many rows?");

    RecordedSession session = recorder.takeSession();
    SpanSnapshot tool = session.toolCalls("query").get(0);
    assertThat(session.children(tool)).extracting(SpanSnapshot::name).containsExactly("SELECT");
  }

  @Test
  void runner_thatIsInstrumentedToo_isRecordedOnce() {
    server.reply(Reply.text("Hi."));
    Runner support =
        OnlookerAdk.instrumentAgent(watched(Adk.agent("support", server).build()), o -> {});

    Adk.ask(support, "Hello?");

    assertThat(recorder.takeSession().spans()).hasSize(2);
  }

  @Test
  void agent_asATool_withoutPlugins() {
    server.reply(
        Reply.toolCall("expert", "{\"request\": \"dragons\"}"),
        Reply.text("They breathe fire."),
        Reply.text("Fire."));
    Runner support =
        watched(
            Adk.agent("support", server)
                .tools(AgentTool.create(Adk.agent("expert", server).build()))
                .build());

    assertThat(Adk.ask(support, "Dragons?")).isEqualTo("Fire.");

    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_agent support
              chat gemini-2.5-flash
              execute_tool expert
              chat gemini-2.5-flash
            """);
  }

  @Test
  void agent_asATool_withPlugins() throws Exception {
    server.reply(
        Reply.toolCall("expert", "{\"request\": \"dragons\"}"),
        Reply.text("They breathe fire."),
        Reply.text("Fire."));
    AgentTool expert = withPlugins(Adk.agent("expert", server).build());
    Runner support = watched(Adk.agent("support", server).tools(expert).build());

    assertThat(Adk.ask(support, "Dragons?")).isEqualTo("Fire.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent support
              chat gemini-2.5-flash
              execute_tool expert
                invoke_agent expert
                  chat gemini-2.5-flash
              chat gemini-2.5-flash
            """);
    assertThat(session.spans()).filteredOn(span -> span.type() == SpanType.AGENT_RUN).hasSize(2);
  }

  /** New since 1.0: by name, for the tests are compiled against that. */
  private static AgentTool withPlugins(BaseAgent agent) throws Exception {
    List<Method> methods = List.of(AgentTool.class.getMethods());
    Method create =
        methods.stream()
            .filter(method -> method.getName().equals("create") && method.getParameterCount() == 3)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(create != null, "this version gives plugins to no agent tools");
    return (AgentTool) java.util.Objects.requireNonNull(create).invoke(null, agent, false, true);
  }

  private static final String TWO_TOOLS =
      """
      {"candidates": [{"index": 0, "finishReason": "STOP", "content": {"role": "model", "parts": [
         {"functionCall": {"id": "call_1", "name": "checkLater", "args": {"orderId": "ORD-1"}}},
         {"functionCall": {"id": "call_2", "name": "checkLater", "args": {"orderId": "ORD-2"}}}]}}],
       "usageMetadata": {"promptTokenCount": 20, "candidatesTokenCount": 10}}
      """;
}
