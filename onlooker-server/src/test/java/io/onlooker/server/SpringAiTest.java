package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.springai.OnlookerObservationHandler;
import io.onlooker.springai.OnlookerSpringAi;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.memory.ChatMemory;

/** Every example of seed 004's, as a chat client of Spring AI's, to the server's API. */
@Timeout(120)
class SpringAiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init")
  private static AgentFixture fixture;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    fixture = AgentFixture.open(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static ChatClient tracked(ChatClient.Builder client) {
    return OnlookerSpringAi.instrumentAgent(
        client.build(),
        o ->
            o.onlooker(fixture.onlooker())
                .agentName("customer-support")
                .userId("user-42")
                .pii(true));
  }

  /** The seed's agent, observed as Spring Boot would have it. */
  private static SpringAiSupport observed() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(new OnlookerObservationHandler(fixture.onlooker()));
    return new SpringAiSupport(fixture.model(), registry);
  }

  private static ChatClientRequestSpec ask(ChatClient agent, String thread, String question) {
    return agent.prompt(question).advisors(a -> a.param(ChatMemory.CONVERSATION_ID, thread));
  }

  @Test
  void quickStart_isOneSession() {
    fixture.script(Reply.text("It is sunny."));
    ChatClient tracked =
        OnlookerSpringAi.instrumentAgent(
            observed().client().build(), o -> o.onlooker(fixture.onlooker()).agentName("my-agent"));

    assertThat(tracked.prompt("What is the weather today?").call().content())
        .isEqualTo("It is sunny.");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            my-agent, user anonymous, conversation -
            completed, 1 steps, 20 tokens
            > What is the weather today?
            < It is sunny.
            invoke_agent my-agent > chat gpt-4o-mini
            """);
    assertThat(session.text("cost_usd")).isNotEqualTo("-");
  }

  @Test
  void turns_areOneConversation() {
    fixture.script(Reply.text("Hi Alice."), Reply.text("Alice."));
    ChatClient support = tracked(observed().clientWithMemory());

    ask(support, "convo-abc-123", "Hi, my name is Alice.").call().content();
    ask(support, "convo-abc-123", "What was my name again?").call().content();

    List<ToldSession> turns = fixture.sessions(2);
    assertThat(turns)
        .extracting(ToldSession::summary)
        .containsExactly(
            """
            customer-support, user user-42, conversation convo-abc-123
            completed, 1 steps, 20 tokens
            > Hi, my name is Alice.
            < Hi Alice.
            invoke_agent customer-support > chat gpt-4o-mini
            """,
            """
            customer-support, user user-42, conversation convo-abc-123
            completed, 1 steps, 20 tokens
            > What was my name again?
            < Alice.
            invoke_agent customer-support > chat gpt-4o-mini
            """);
    assertThat(fixture.model().requests().get(1)).contains("Hi Alice.");
    assertThat(fixture.read("/api/v1/conversations/convo-abc-123").toString())
        .contains("Hi, my name is Alice.", "What was my name again?");
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));

    tracked(observed().client()).prompt("Look up user USR-123").call().content();

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation -
            completed, 3 steps, 50 tokens
            > Look up user USR-123
            < That is Alice.
            invoke_agent customer-support > chat gpt-4o-mini, execute_tool lookupUser, chat gpt-4o-mini
            """);
    assertThat(session.events())
        .containsExactly("llm:openai:gpt-4o-mini", "lookupUser", "llm:openai:gpt-4o-mini");
    assertThat(session.event(1).path("input").asString()).isEqualTo("{\"query\":\"USR-123\"}");
    assertThat(session.event(1).path("output").asString()).contains("USR-123 USR-123");
  }

  @Test
  void stream_withTheCallersCallbacks() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"me\"}"), Reply.text("It is on its way."));
    List<String> pieces = new CopyOnWriteArrayList<>();
    CountDownLatch complete = new CountDownLatch(1);

    ask(tracked(observed().client()), "convo-abc", "Give me a summary of my recent orders.")
        .stream()
        .content()
        .doOnNext(pieces::add)
        .doOnComplete(complete::countDown)
        .blockLast(PATIENCE);

    assertThat(String.join("", pieces)).isEqualTo("It is on its way.");
    assertThat(complete.getCount()).isZero();
    assertThat(fixture.session().summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation convo-abc
            completed, 3 steps, 50 tokens
            > Give me a summary of my recent orders.
            < It is on its way.
            invoke_agent customer-support > chat gpt-4o-mini, execute_tool lookupUser, chat gpt-4o-mini
            """);
  }

  @Test
  void pii_staysWithTheCaller() {
    fixture.script(Reply.text("Noted, john@example.com."));

    String answer =
        tracked(observed().client())
            .prompt("My email is john@example.com and SSN is 123-45-6789")
            .call()
            .content();

    assertThat(answer).isEqualTo("Noted, john@example.com.");
    assertThat(fixture.model().requests().get(0)).contains("john@example.com", "123-45-6789");
    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation -
            completed, 1 steps, 20 tokens
            > My email is [EMAIL] and SSN is [SSN]
            < Noted, [EMAIL].
            invoke_agent customer-support > chat gpt-4o-mini
            """);
    assertThat(session.toString()).doesNotContain("john@example.com", "123-45-6789");
  }

  @Test
  void overrides_perCall() {
    fixture.script(Reply.text("Gladly."));
    ChatClient support = tracked(observed().clientWithMemory());

    ask(support, "convo-abc-123", "How can I help?")
        .advisors(
            OnlookerSpringAi.call(call ->
                call.userId("override-user-id")
                    .conversationId("override-convo-id")
                    .metadata("satisfaction", 5)
                    .metadata("source", "web-chat")))
        .call()
        .content();

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user override-user-id, conversation override-convo-id
            completed, 1 steps, 20 tokens
            > How can I help?
            < Gladly.
            invoke_agent customer-support > chat gpt-4o-mini
            """);
    assertThat(session.metadata("satisfaction")).isEqualTo("5");
    assertThat(session.metadata("source")).isEqualTo("web-chat");
  }

  @Test
  void error_isRecordedAndThrownAgain() {
    fixture.script(Reply.error(401, "no such key"), Reply.error(401, "no such key"));
    ChatClient bare =
        new SpringAiSupport(fixture.model(), ObservationRegistry.NOOP).client().build();
    Throwable expected = catchThrowable(() -> bare.prompt("Do something risky").call().content());

    Throwable thrown =
        catchThrowable(
            () -> tracked(observed().client()).prompt("Do something risky").call().content());

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    assertThat(fixture.session().summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation -
            failed, 1 steps, 0 tokens
            > Do something risky
            < -
            ! UnauthorizedException: %s
            invoke_agent customer-support! > chat gpt-4o-mini!
            """
                .formatted(thrown.getMessage()));
  }

  @Test
  void production_twoTurnsAndAStream() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("I could not find out."),
        Reply.text("Write to alice@example.com."));
    ChatClient support = tracked(observed().clientWithMemory());

    ask(support, "thread-1", "I need help with my account. My email is alice@example.com")
        .call()
        .content();
    ask(support, "thread-1", "What's the status of order ORD-12345?").call().content();
    ask(support, "thread-1", "Give me a summary.").stream().content().blockLast(PATIENCE);

    List<ToldSession> sessions = fixture.sessions(3);
    assertThat(sessions)
        .extracting(ToldSession::summary)
        .containsExactly(
            """
            customer-support, user user-42, conversation thread-1
            completed, 3 steps, 50 tokens
            > I need help with my account. My email is [EMAIL]
            < Hi Alice.
            invoke_agent customer-support > chat gpt-4o-mini, execute_tool lookupUser, chat gpt-4o-mini
            """,
            """
            customer-support, user user-42, conversation thread-1
            recovered, 3 steps, 50 tokens
            > What's the status of order ORD-12345?
            < I could not find out.
            ! java.lang.IllegalStateException: ORD-12345: the carrier does not answer (in checkOrder)
            invoke_agent customer-support > chat gpt-4o-mini, execute_tool checkOrder!, chat gpt-4o-mini
            """,
            """
            customer-support, user user-42, conversation thread-1
            completed, 1 steps, 20 tokens
            > Give me a summary.
            < Write to [EMAIL].
            invoke_agent customer-support > chat gpt-4o-mini
            """);
    assertThat(sessions.toString()).doesNotContain("alice@example.com");
    assertThat(sessions.get(1).event(1).path("error").asString())
        .contains("the carrier does not answer");
    assertThat(fixture.read("/api/v1/conversations/thread-1").toString())
        .contains("What's the status of order ORD-12345?", "Give me a summary.");
  }
}
