package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @AfterEach
  void close() {
    server.close();
  }

  private AiServices<Support> builder() {
    return AiServices.builder(Support.class)
        .chatModel(Models.chat(server))
        .streamingChatModel(Models.streaming(server))
        .chatMemoryProvider(id -> MessageWindowChatMemory.builder().id(id).maxMessages(20).build())
        .tools(new Support.Tools());
  }

  private Support tracked(AiServices<Support> agent) {
    return OnlookerLangChain4j.instrumentAgent(
        agent.build(), o -> o.onlooker(recorder.onlooker()).agentName("customer-support"));
  }

  @Test
  void quickStart_isOneSession() {
    server.reply(Reply.text("It is sunny.").tokens(new Tokens(100, 40, 60, 30)));
    Support support = tracked(builder());

    String answer = support.generate("What is the weather today?");

    assertThat(answer).isEqualTo("It is sunny.");
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree()).isEqualTo("invoke_agent customer-support\n  chat gpt-4o-mini\n");
    assertThat(session.root())
        .hasType(SpanType.AGENT_RUN)
        .hasInput("What is the weather today?")
        .hasOutput("It is sunny.")
        .hasNoAttribute(GenAi.CONVERSATION_ID)
        .hasStatus(SpanStatus.Code.UNSET);
    SpanSnapshot model = session.modelCalls().get(0);
    assertThat(model)
        .hasType(SpanType.MODEL_GENERATION)
        .hasAttribute(GenAi.PROVIDER_NAME, "openai")
        .hasAttribute(GenAi.REQUEST_MODEL, "gpt-4o-mini")
        .hasAttribute(GenAi.REQUEST_TEMPERATURE, 0.2)
        .hasAttribute(GenAi.RESPONSE_MODEL, "gpt-4o-mini")
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
    Support support = tracked(builder());

    support.generate("convo-abc-123", "Hi, my name is Alice.");
    support.generate("convo-abc-123", "What was my name again?");

    for (int turn = 0; turn < 2; turn++) {
      assertThat(recorder.takeSession().root())
          .hasAttribute(GenAi.CONVERSATION_ID, "convo-abc-123");
    }
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    server.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));
    Support support = tracked(builder());

    assertThat(support.generate("Look up user USR-123")).isEqualTo("That is Alice.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent customer-support
              chat gpt-4o-mini
              execute_tool lookupUser
              chat gpt-4o-mini
            """);
    SpanSnapshot tool = session.toolCalls("lookupUser").get(0);
    assertThat(tool)
        .hasType(SpanType.TOOL_CALL)
        .hasInput(Map.of("query", "USR-123"))
        .hasOutput("USR-123 USR-123")
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    SpanSnapshot asking = session.modelCalls().get(0);
    assertThat(asking).hasAttribute(GenAi.RESPONSE_FINISH_REASONS, List.of("tool_calls"));
    assertThat(asking.attributes().string(GenAi.RESPONSE_TOOL_CALLS))
        .contains(tool.attributes().string(GenAi.TOOL_CALL_ID));
    assertThat(session.modelCalls().get(1).input()).asString().contains("tool_call_id");
  }

  @Test
  void tool_thatThrows() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"\"}"), Reply.text("Which order is it?"));
    Support support = tracked(builder());

    assertThat(support.generate("Where is my order?")).isEqualTo("Which order is it?");

    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkOrder").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasError(IllegalArgumentException.class.getName());
    assertThat(session.root()).hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void stream_withTheCallersCallbacks() throws Exception {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"), Reply.text("It is on its way."));
    Support support = tracked(builder());
    StringBuilder heard = new StringBuilder();
    List<String> tools = new CopyOnWriteArrayList<>();
    CompletableFuture<String> done = new CompletableFuture<>();

    support.stream("convo-abc", "Give me a summary of my recent orders.")
        .onPartialResponse(heard::append)
        .onToolExecuted(execution -> tools.add(execution.request().name()))
        .onCompleteResponse(response -> done.complete(response.aiMessage().text()))
        .onError(done::completeExceptionally)
        .start();

    assertThat(done.get(30, TimeUnit.SECONDS)).isEqualTo("It is on its way.");
    assertThat(heard.toString()).isEqualTo("It is on its way.");
    assertThat(tools).containsExactly("checkOrder");
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent customer-support
              chat gpt-4o-mini
              execute_tool checkOrder
              chat gpt-4o-mini
            """);
    assertThat(session.root())
        .hasInput("Give me a summary of my recent orders.")
        .hasOutput("It is on its way.")
        .hasAttribute(GenAi.CONVERSATION_ID, "convo-abc");
    assertThat(session.modelCalls())
        .allSatisfy(model -> {
          assertThat(model).hasAttribute(GenAi.REQUEST_STREAM, true);
          assertThat(model.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
        });
  }

  @Test
  void stream_isCancelledByTheCaller() {
    server.reply(Reply.text("One two three four five six seven."));
    Support support = tracked(builder());

    support.stream("convo-abc", "Count.")
        .onPartialResponseWithContext((piece, context) -> context.streamingHandle().cancel())
        .onError(error -> {})
        .start();

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root()).hasStatus(SpanStatus.Code.CANCELLED);
    assertThat(session.modelCalls()).hasSize(1);
  }

  @Test
  void stream_isNeverStarted() {
    Support support = tracked(builder());

    support.stream("convo-abc", "Count.").onPartialResponse(piece -> {});

    SpanSnapshot root =
        Eventually.get(() -> {
          System.gc();
          return recorder.take();
        });
    assertThat(root).hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "abandoned"));
  }

  @Test
  void stream_failsWhileErrorsAreIgnored() {
    server.reply(Reply.error(401, "no such key"));
    Support support = tracked(builder());

    support.stream("convo-abc", "Count.").onPartialResponse(piece -> {}).ignoreErrors().start();

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root()).hasStatus(SpanStatus.Code.ERROR);
    assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.ERROR);
  }

  @Test
  void overrides_perCall() {
    server.reply(Reply.text("Gladly."));
    Support support = tracked(builder());

    AgentCall.with(
        call ->
            call.userId("override-user-id")
                .conversationId("override-convo-id")
                .metadata("priority", "high"),
        () -> support.generate("convo-abc-123", "How can I help?"));

    SpanSnapshot root = recorder.takeSession().root();
    assertThat(root)
        .hasAttribute(GenAi.USER_ID, "override-user-id")
        .hasAttribute(GenAi.CONVERSATION_ID, "override-convo-id");
    assertThat(root.metadata()).containsEntry("priority", "high");
  }

  @Test
  void error_isTheModelsOwn() {
    server.reply(Reply.error(401, "no such key"), Reply.error(401, "no such key"));
    Support bare = builder().build();
    Throwable expected = catchThrowable(() -> bare.generate("Do something risky"));
    Support support = tracked(builder());

    Throwable thrown = catchThrowable(() -> support.generate("Do something risky"));

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasError(thrown.getClass().getName());
    assertThat(session.modelCalls().get(0)).hasError(thrown.getClass().getName());
  }

  @Test
  void tools_atTheSameTime() {
    server.reply(Reply.raw(TWO_TOOLS), Reply.text("Both are on their way."));
    Support support = tracked(builder().executeToolsConcurrently());

    assertThat(support.generate("Where are ORD-1 and ORD-2?")).isEqualTo("Both are on their way.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkOrder"))
        .hasSize(2)
        .allSatisfy(tool -> assertThat(tool).hasParent(session.root()))
        .extracting(tool -> tool.attributes().string(GenAi.TOOL_CALL_ID))
        .containsExactlyInAnyOrder("call_1", "call_2");
  }

  @Test
  void slots_stayTheApplications() {
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("Found."));
    List<String> heard = new ArrayList<>();
    Support support =
        tracked(
            builder()
                .beforeToolExecution(before -> heard.add("before"))
                .afterToolExecution(after -> heard.add("after " + after.result())));

    support.generate("Look up x");

    assertThat(heard).containsExactly("before", "after USR-123 x");
    assertThat(recorder.takeSession().spans()).hasSize(4);
  }

  @Test
  void agent_thatNoServiceIsBehind() {
    Assistant own = question -> "You said: " + question;
    Assistant tracked =
        OnlookerLangChain4j.instrumentAgent(own, o -> o.onlooker(recorder.onlooker()));

    assertThat(tracked.chat("Hi")).isEqualTo("You said: Hi");

    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasInput("Hi").hasOutput("You said: Hi");
    assertThat(session.spans()).hasSize(1);
  }

  @Test
  void agent_withoutAnInterface() {
    assertThatThrownBy(() -> OnlookerLangChain4j.instrumentAgent(new Object(), o -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("assistant: java.lang.Object (expected: an AI service's interface)");
  }

  @Test
  void agents_onManyThreads() throws Exception {
    server.when(body -> body.contains("\"role\" : \"tool\""), Reply.text("Done."));
    server.when(body -> true, Reply.toolCall("lookupUser", "{\"query\": \"x\"}"));
    Support support = tracked(builder());
    int callers = 16;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String thread = "convo-" + i;
      answers.add(threads.submit(() -> support.generate(thread, "I am in " + thread)));
    }
    for (Future<String> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("Done.");
    }
    threads.shutdown();

    for (int i = 0; i < callers; i++) {
      RecordedSession session = recorder.takeSession();
      String conversation = session.root().attributes().string(GenAi.CONVERSATION_ID);
      assertThat(session.root()).hasInput("I am in " + conversation);
      assertThat(session.children(session.root())).hasSize(3);
      assertThat(session.modelCalls())
          .allSatisfy(model -> assertThat(model.input()).asString().contains(conversation));
    }
  }

  static final String TWO_TOOLS =
      """
      {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o-mini",
       "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant",
         "tool_calls": [
           {"id": "call_1", "type": "function",
            "function": {"name": "checkOrder", "arguments": "{\\"orderId\\": \\"ORD-1\\"}"}},
           {"id": "call_2", "type": "function",
            "function": {"name": "checkOrder", "arguments": "{\\"orderId\\": \\"ORD-2\\"}"}}]}}],
       "usage": {"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30}}
      """;
}
