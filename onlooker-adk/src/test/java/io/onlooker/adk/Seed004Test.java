package io.onlooker.adk;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.adk.events.Event;
import com.google.adk.runner.Runner;
import com.google.genai.types.Content;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.session.AgentCall;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Tokens;
import io.onlooker.test.SpanRecorder;
import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What seed 004 promises of an instrumented agent. */
@Timeout(60)
class Seed004Test {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final Runner bare =
      Adk.runner(
          Adk.agent("support", server)
              .tools(Tools.of("lookupUser"), Tools.of("checkOrder"), Tools.of("failLater"))
              .build());
  private final Runner support =
      OnlookerAdk.instrumentAgent(
          bare, o -> o.onlooker(recorder.onlooker()).agentName("customer-support"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void quickStart_isOneSession() {
    server.reply(Reply.text("It is sunny.").tokens(new Tokens(100, 40, 60, 30)));

    String answer = Adk.ask(support, "What is the weather today?");

    assertThat(answer).isEqualTo("It is sunny.");
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo("invoke_agent customer-support\n  chat gemini-2.5-flash\n");
    assertThat(session.root())
        .hasType(SpanType.AGENT_RUN)
        .hasInput("What is the weather today?")
        .hasOutput("It is sunny.")
        .hasAttribute(GenAi.USER_ID, "user-42")
        .hasAttribute(GenAi.CONVERSATION_ID, "convo-1")
        .hasStatus(SpanStatus.Code.UNSET);
    assertThat(session.root().attributes().string("gcp.vertex.agent.invocation_id"))
        .startsWith("e-");
    SpanSnapshot model = session.modelCalls().get(0);
    assertThat(model)
        .hasType(SpanType.MODEL_GENERATION)
        .hasAttribute(GenAi.PROVIDER_NAME, "gcp.gemini")
        .hasAttribute(GenAi.REQUEST_MODEL, "gemini-2.5-flash")
        .hasAttribute(GenAi.RESPONSE_MODEL, "gemini-2.5-flash")
        .hasAttribute(GenAi.RESPONSE_FINISH_REASONS, List.of("stop"))
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 100)
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 40)
        .hasAttribute(GenAi.USAGE_CACHE_READ, 60)
        .hasAttribute(GenAi.USAGE_REASONING, 30)
        .hasInput(List.of(Map.of("role", "user", "content", "What is the weather today?")))
        .hasOutput(Map.of("role", "assistant", "content", "It is sunny."));
    assertThat(model.attributes().string(GenAi.SYSTEM_INSTRUCTIONS))
        .contains("You are a friendly customer support agent.");
    assertThat(model.attributes().string(GenAi.TOOL_DEFINITIONS)).contains("checkOrder");
  }

  @Test
  void turns_areOneConversation() {
    server.reply(Reply.text("Hi Alice."), Reply.text("Alice."));

    Adk.ask(support, "Hi, my name is Alice.");
    Adk.ask(support, "What was my name again?");

    RecordedSession first = recorder.takeSession();
    RecordedSession second = recorder.takeSession();
    assertThat(List.of(first.root(), second.root()))
        .allSatisfy(root -> assertThat(root).hasAttribute(GenAi.CONVERSATION_ID, "convo-1"));
    assertThat(first.root().traceId()).isNotEqualTo(second.root().traceId());
    assertThat(second.modelCalls().get(0).input()).asString().contains("Hi Alice.");
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    server.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));

    assertThat(Adk.ask(support, "Look up user USR-123")).isEqualTo("That is Alice.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent customer-support
              chat gemini-2.5-flash
              execute_tool lookupUser
              chat gemini-2.5-flash
            """);
    SpanSnapshot tool = session.toolCalls("lookupUser").get(0);
    assertThat(tool)
        .hasType(SpanType.TOOL_CALL)
        .hasInput(Map.of("query", "USR-123"))
        .hasOutput(Map.of("id", "USR-123", "name", "USR-123"))
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    assertThat(session.modelCalls().get(0).attributes().string(GenAi.RESPONSE_TOOL_CALLS))
        .contains(tool.attributes().string(GenAi.TOOL_CALL_ID));
    assertThat(session.modelCalls().get(1).input()).asString().contains("tool_call_id");
  }

  /** ADK swallows what a function throws. */
  @Test
  void tool_thatThrows() {
    server.reply(Reply.toolCall("checkOrder", "{\"orderId\": \"\"}"), Reply.text("Which order?"));

    assertThat(Adk.ask(support, "Where is my order?")).isEqualTo("Which order?");

    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkOrder").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasStatus(SpanStatus.error("An internal error occurred."));
    assertThat(session.root()).hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void tool_thatFailsTheRun() {
    server.reply(Reply.toolCall("failLater", "{\"orderId\": \"ORD-1\"}"));

    Throwable thrown = catchThrowable(() -> Adk.ask(support, "Where is my order?"));

    assertThat(thrown).isInstanceOf(IllegalStateException.class);
    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("failLater").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasError(IllegalStateException.class.getName());
    assertThat(session.root()).hasError(IllegalStateException.class.getName());
    assertThat(session.spans()).hasSize(3);
  }

  @Test
  void stream_withTheCallersCallbacks() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"),
        Reply.text("It is on its way.").tokens(50, 4));
    List<String> pieces = new ArrayList<>();

    support
        .runAsync(Adk.USER, Adk.SESSION, Adk.message("Where is ORD-1?"), Adk.IN_PIECES)
        .filter(event -> event.partial().orElse(false))
        .blockingForEach(event -> pieces.add(event.content().map(Content::text).orElse("")));

    assertThat(String.join("", pieces)).isEqualTo("It is on its way.");
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent customer-support
              chat gemini-2.5-flash
              execute_tool checkOrder
              chat gemini-2.5-flash
            """);
    assertThat(session.root()).hasInput("Where is ORD-1?").hasOutput("It is on its way.");
    SpanSnapshot answering = session.modelCalls().get(1);
    assertThat(answering)
        .hasAttribute(GenAi.REQUEST_STREAM, true)
        .hasAttribute(GenAi.RESPONSE_STREAMING, true)
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 50)
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 4)
        .hasOutput(Map.of("role", "assistant", "content", "It is on its way."));
    assertThat(answering.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
  }

  @Test
  void stream_isCancelledByTheCaller() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.reply(Reply.text("One two three four five.").heldBy(end));

    Event first =
        support
            .runAsync(Adk.USER, Adk.SESSION, Adk.message("Count."), Adk.IN_PIECES)
            .filter(event -> event.partial().orElse(false))
            .blockingFirst();
    end.countDown();

    assertThat(first.content().map(Content::text)).hasValue("One ");
    RecordedSession session = recorder.takeSession();
    assertThat(session.spans())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.CANCELLED));
    assertThat(session.modelCalls().get(0).output()).asString().startsWith("One ");
  }

  @Test
  void overrides_perCall() {
    server.reply(Reply.text("Gladly."), Reply.text("Gladly."));

    AgentCall.with(
        call ->
            call.userId("override-user-id")
                .conversationId("override-convo-id")
                .metadata("priority", "high"),
        () -> Adk.ask(support, "How can I help?"));
    Flowable<Event> later =
        AgentCall.with(
            call -> call.userId("override-user-id").metadata("priority", "high"),
            () -> support.runAsync(Adk.USER, Adk.SESSION, Adk.message("And now?"), Adk.AT_ONCE));
    later.blockingSubscribe();

    SpanSnapshot now = recorder.takeSession().root();
    SpanSnapshot afterwards = recorder.takeSession().root();
    assertThat(now).hasAttribute(GenAi.CONVERSATION_ID, "override-convo-id");
    assertThat(List.of(now, afterwards))
        .allSatisfy(root -> {
          assertThat(root).hasAttribute(GenAi.USER_ID, "override-user-id");
          assertThat(root.metadata()).containsEntry("priority", "high");
        });
  }

  @Test
  void error_isTheModelsOwn() {
    server.reply(Reply.error(400, "no such key"), Reply.error(400, "no such key"));
    Throwable expected = catchThrowable(() -> Adk.ask(bare, "Do something risky"));

    Throwable thrown = catchThrowable(() -> Adk.ask(support, "Do something risky"));

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo("invoke_agent customer-support\n  chat gemini-2.5-flash\n");
    assertThat(session.spans())
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.ERROR));
    assertThat(session.root().error()).isEqualTo(session.modelCalls().get(0).error());
  }

  @Test
  void session_thatAdkDoesNotKnow() {
    Flowable<Event> run = support.runAsync(Adk.USER, "nowhere", Adk.message("Hello?"), Adk.AT_ONCE);

    Throwable thrown = catchThrowable(run::blockingSubscribe);

    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertThat(recorder.takeSession().root()).hasError(IllegalArgumentException.class.getName());
  }

  @Test
  void runner_thatWasGiven_recordsNothing() {
    server.reply(Reply.text("Hi."));

    assertThat(Adk.ask(bare, "Hello?")).isEqualTo("Hi.");

    assertThat(recorder.takeAll()).isEmpty();
  }

  @Test
  void run_thatNobodySubscribesTo() {
    support.runAsync(Adk.USER, Adk.SESSION, Adk.message("Hello?"), Adk.AT_ONCE);

    assertThat(recorder.takeAll()).isEmpty();
  }

  @Test
  void run_withinTheApplicationsOwnSpan() {
    server.reply(Reply.text("Hi."), Reply.text("Hi again."));

    recorder
        .onlooker()
        .runSpan(io.onlooker.SpanOptions.named("GET /chat"), span -> Adk.ask(support, "Hello?"));
    Adk.ask(support, "Hello again?");

    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            GET /chat
              invoke_agent customer-support
                chat gemini-2.5-flash
            """);
    assertThat(recorder.takeSession().tree())
        .isEqualTo("invoke_agent customer-support\n  chat gemini-2.5-flash\n");
  }

  @Test
  void pii_isRedacted() {
    server.reply(Reply.text("Write to john@example.com."));
    Runner redacted =
        OnlookerAdk.instrumentAgent(
            bare, o -> o.onlooker(recorder.onlooker()).pii(true).agentName("support-agent"));

    Adk.ask(redacted, "My email is john@example.com and SSN is 123-45-6789");

    RecordedSession session = recorder.takeSession();
    assertThat(session.root())
        .hasInput("My email is [EMAIL] and SSN is [SSN]")
        .hasOutput("Write to [EMAIL].");
    assertThat(session.modelCalls().get(0).input())
        .asString()
        .contains("My email is [EMAIL] and SSN is [SSN]");
    assertThat(server.requests().get(0)).contains("john@example.com");
  }

  @Test
  void runs_onManyThreads() throws Exception {
    server.when(body -> body.contains("functionResponse"), Reply.text("Done."));
    server.when(body -> true, Reply.toolCall("lookupUser", "{\"query\": \"x\"}"));
    int callers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String convo = "convo-many-" + i;
      Adk.session(bare, convo);
      runs.add(
          threads.submit(() ->
              support
                  .runAsync(Adk.USER, convo, Adk.message("I am in " + convo), Adk.AT_ONCE)
                  .blockingSubscribe()));
    }
    for (Future<?> run : runs) {
      run.get(50, TimeUnit.SECONDS);
    }
    threads.shutdown();

    for (int i = 0; i < callers; i++) {
      RecordedSession session = recorder.takeSession();
      String convo = session.root().attributes().string(GenAi.CONVERSATION_ID);
      assertThat(session.root()).hasInput("I am in " + convo).hasOutput("Done.");
      assertThat(session.children(session.root())).hasSize(3);
      assertThat(session.modelCalls())
          .allSatisfy(model -> assertThat(model.input()).asString().contains(convo));
    }
  }
}
