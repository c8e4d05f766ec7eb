package io.onlooker.springai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.session.AgentCall;
import io.onlooker.session.OnlookerException;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Tokens;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import reactor.core.publisher.Flux;

/** What seed 004 promises of an instrumented agent. */
@Timeout(120)
class Seed004Test {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final Application application = Application.observed(server, recorder.onlooker());

  @AfterEach
  void close() {
    server.close();
  }

  private ChatClient tracked(ChatClient.Builder client) {
    return OnlookerSpringAi.instrumentAgent(
        client.build(), o -> o.onlooker(recorder.onlooker()).agentName("customer-support"));
  }

  @Test
  void quickStart_isOneSession() {
    server.reply(Reply.text("It is sunny.").tokens(new Tokens(100, 40, 60, 30)));
    ChatClient support = tracked(application.support());

    String answer = support.prompt("What is the weather today?").call().content();

    assertThat(answer).isEqualTo("It is sunny.");
    RecordedSession session = recorder.takeSession();
    assertThat(session.tree()).isEqualTo("invoke_agent customer-support\n  chat gpt-4o-mini\n");
    assertThat(session.root())
        .hasType(SpanType.AGENT_RUN)
        .hasInput("What is the weather today?")
        .hasOutput("It is sunny.")
        .hasAttribute(GenAi.SYSTEM_INSTRUCTIONS, "You are a friendly customer support agent.")
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
        .hasInput(List.of(Map.of("role", "user", "content", "What is the weather today?")))
        .hasOutput(Map.of("role", "assistant", "content", "It is sunny."));
    assertThat(model.attributes().string(GenAi.SYSTEM_INSTRUCTIONS))
        .contains("You are a friendly customer support agent.");
    assertThat(model.attributes().string(GenAi.TOOL_DEFINITIONS)).contains("checkOrder");
  }

  @Test
  void turns_areOneConversation() {
    server.reply(Reply.text("Hi Alice."), Reply.text("Alice."));
    ChatClient support = tracked(application.supportWithMemory());

    say(support, "Hi, my name is Alice.");
    say(support, "What was my name again?");

    recorder.takeSession();
    RecordedSession second = recorder.takeSession();
    assertThat(second.tree())
        .isEqualTo(
            """
            invoke_agent customer-support
              processor_run MessageChatMemoryAdvisor
                chat gpt-4o-mini
            """);
    assertThat(second.root())
        .hasAttribute(GenAi.CONVERSATION_ID, "convo-abc-123")
        .hasAttribute(GenAi.USER_ID, "user-42")
        .hasInput("What was my name again?");
    assertThat(second.modelCalls().get(0).input()).asString().contains("my name is Alice");
  }

  private static void say(ChatClient support, String what) {
    support
        .prompt(what)
        .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "convo-abc-123"))
        .advisors(OnlookerSpringAi.call(call -> call.userId("user-42")))
        .call()
        .content();
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    server.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));
    ChatClient support = tracked(application.support());

    assertThat(support.prompt("Look up user USR-123").call().content()).isEqualTo("That is Alice.");

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
    assertThat(session.totalTokens()).isEqualTo(50);
  }

  @Test
  void tool_thatThrows() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"\"}"), Reply.text("Which order is it?"));
    ChatClient support = tracked(application.support());

    assertThat(support.prompt("Where is my order?").call().content())
        .isEqualTo("Which order is it?");

    RecordedSession session = recorder.takeSession();
    assertThat(session.toolCalls("checkOrder").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasOutput("orderId: empty (expected: ORD-…)")
        .hasError(IllegalArgumentException.class.getName());
    assertThat(session.root()).hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void stream_withTheCallersCallbacks() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"), Reply.text("It is on its way."));
    ChatClient support = tracked(application.support());
    List<String> pieces = new CopyOnWriteArrayList<>();
    CountDownLatch over = new CountDownLatch(1);

    Flux<String> answer =
        support
            .prompt("Give me a summary of my recent orders.")
            .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "convo-abc"))
            .stream()
            .content()
            .doOnNext(pieces::add)
            .doOnComplete(over::countDown);
    assertThat(server.requests()).isEmpty();
    answer.blockLast(PATIENCE);

    assertThat(String.join("", pieces)).isEqualTo("It is on its way.");
    assertThat(over.getCount()).isZero();
    RecordedSession session = Eventually.get(recorder::takeSession);
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
          assertThat(model).hasAttribute(GenAi.CONVERSATION_ID, "convo-abc");
          assertThat(model.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
        });
    assertThat(session.totalTokens()).isEqualTo(50);
  }

  @Test
  void stream_isCancelledByTheCaller() {
    try (TalkingServer talking = TalkingServer.start()) {
      ChatClient support =
          tracked(Application.observed(talking.uri(), recorder.onlooker()).support());

      String first = support.prompt("Count.").stream().content().blockFirst(PATIENCE);

      assertThat(first).isNotEmpty();
      RecordedSession session = Eventually.get(recorder::takeSession);
      assertThat(session.root())
          .hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "cancelled by the caller"));
      assertThat(session.root().output()).asString().startsWith(first);
      assertThat(session.modelCalls()).hasSize(1);
      assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.CANCELLED);
    }
  }

  @Test
  void stream_isNeverSubscribedTo() {
    ChatClient support = tracked(application.support());

    support.prompt("Count.").stream().content();

    assertThat(recorder.takeAll()).isEmpty();
  }

  @Test
  void stream_fails() {
    server.reply(Reply.error(401, "no such key"));
    ChatClient support = tracked(application.support());

    assertThatThrownBy(() -> support.prompt("Count.").stream().content().blockLast(PATIENCE))
        .hasMessageContaining("no such key");

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root()).hasStatus(SpanStatus.Code.ERROR);
    assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.ERROR);
  }

  @Test
  void pii_isRedacted() {
    try (SpanRecorder own = SpanRecorder.create(o -> o.pii(true))) {
      server.reply(Reply.text("Noted, john@example.com."));
      Application observed = Application.observed(server, own.onlooker());
      ChatClient support =
          OnlookerSpringAi.instrumentAgent(
              observed.support().build(), o -> o.onlooker(own.onlooker()).pii(true));

      String answer =
          support.prompt("My email is john@example.com and SSN is 123-45-6789").call().content();

      assertThat(answer).isEqualTo("Noted, john@example.com.");
      RecordedSession session = own.takeSession();
      assertThat(session.root())
          .hasInput("My email is [EMAIL] and SSN is [SSN]")
          .hasOutput("Noted, [EMAIL].");
      assertThat(session.modelCalls().get(0).input()).asString().doesNotContain("john");
    }
  }

  @Test
  void overrides_perCall() {
    server.reply(Reply.text("Gladly."), Reply.text("Gladly."));
    ChatClient support = tracked(application.support());

    support
        .prompt("How can I help?")
        .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "convo-abc-123"))
        .advisors(
            OnlookerSpringAi.call(call ->
                call.userId("override-user-id")
                    .conversationId("override-convo-id")
                    .metadata("priority", "high")))
        .call()
        .content();
    AgentCall.with(
        call -> call.userId("override-user-id").conversationId("override-convo-id"),
        () -> String.valueOf(support.prompt("How can I help?").call().content()));

    SpanSnapshot root = recorder.takeSession().root();
    assertThat(root)
        .hasAttribute(GenAi.USER_ID, "override-user-id")
        .hasAttribute(GenAi.CONVERSATION_ID, "override-convo-id");
    assertThat(root.metadata()).containsEntry("priority", "high");
    assertThat(recorder.takeSession().root())
        .hasAttribute(GenAi.USER_ID, "override-user-id")
        .hasAttribute(GenAi.CONVERSATION_ID, "override-convo-id");
  }

  @Test
  void error_isTheModelsOwn() {
    server.reply(Reply.error(401, "no such key"), Reply.error(401, "no such key"));
    ChatClient bare = new Application(server).support().build();
    Throwable expected = catchThrowable(() -> bare.prompt("Do something risky").call().content());
    ChatClient support = tracked(application.support());

    Throwable thrown = catchThrowable(() -> support.prompt("Do something risky").call().content());

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    RecordedSession session = recorder.takeSession();
    assertThat(session.root()).hasError(thrown.getClass().getName());
    assertThat(session.modelCalls().get(0)).hasError(thrown.getClass().getName());
  }

  @Test
  void entity_isTheCallers() {
    server.reply(Reply.text("{\"city\": \"Paris\"}"));
    ChatClient support = tracked(application.support());

    record Place(String city) {}
    assertThat(support.prompt("Where?").call().entity(Place.class)).isEqualTo(new Place("Paris"));

    assertThat(recorder.takeSession().root()).hasOutput("{\"city\": \"Paris\"}");
  }

  @Test
  void entity_cannotBeMadeOfTheAnswer() {
    server.reply(Reply.text("Somewhere in France."), Reply.text("Paris."));
    ChatClient support = tracked(application.support());

    record Place(String city) {}
    Throwable thrown = catchThrowable(() -> support.prompt("Where?").call().entity(Place.class));
    String again = support.prompt("Where?").user("Where is it?").call().content();

    assertThat(thrown).isNotNull();
    assertThat(again).isEqualTo("Paris.");
    RecordedSession session = recorder.takeSession();
    assertThat(session.root())
        .hasOutput("Somewhere in France.")
        .hasError(thrown.getClass().getName());
    assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.UNSET);
    assertThat(recorder.takeSession().root())
        .hasInput("Where is it?")
        .hasStatus(SpanStatus.Code.UNSET);
  }

  @Test
  void agent_thatIsMadeOfAnother() {
    server.reply(Reply.text("Ahoy."));
    ChatClient pirate =
        tracked(application.support()).mutate().defaultSystem("You are a pirate.").build();

    assertThat(pirate.prompt("Hi").call().content()).isEqualTo("Ahoy.");

    assertThat(recorder.takeSession().tree())
        .isEqualTo("invoke_agent customer-support\n  chat gpt-4o-mini\n");
  }

  @Test
  void agent_withoutARegistry() {
    server.reply(Reply.text("Hi."), Reply.text("Hi."));
    ChatClient support =
        OnlookerSpringAi.instrumentAgent(
            ChatClient.create(new Application(server).model(), ObservationRegistry.NOOP),
            o -> o.onlooker(recorder.onlooker()));

    assertThat(support.prompt("Hello").call().content()).isEqualTo("Hi.");
    assertThat(support.prompt("Hello").stream().content().collectList().block()).isNotEmpty();

    assertThat(recorder.takeSession().spans()).hasSize(1);
    assertThat(Eventually.get(recorder::takeSession).root()).hasInput("Hello").hasOutput("Hi.");
  }

  @Test
  void agent_thatIsToFailLoudly() {
    ChatClient support =
        OnlookerSpringAi.instrumentAgent(
            application.support().build(),
            o -> o.onlooker(Onlooker.create(none -> {})).failSilently(false));

    assertThatThrownBy(() -> support.prompt("Hello").call().content())
        .isInstanceOf(OnlookerException.class);
    assertThat(server.requests()).isEmpty();
  }
}
