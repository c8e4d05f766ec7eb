package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.onlooker.session.AgentCall;
import io.onlooker.session.AgentOptions;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every example of seed 004's, from an agent of a framework's to the server's API. */
@Timeout(120)
abstract class SupportAgentContract {

  /** The seed's customer support in a framework. */
  interface Agent {

    /**
     * Asks and waits for the whole answer.
     *
     * @param thread the conversation, or null outside of any
     */
    String ask(@Nullable String thread, String question);

    /** The pieces in which the answer comes. */
    List<String> stream(String thread, String question) throws Exception;

    /** Asks with more said of this one call. */
    default String askWith(UnaryOperator<AgentCall> more, String thread, String question) {
      return AgentCall.with(more, () -> ask(thread, question));
    }
  }

  @SuppressWarnings("NullAway.Init")
  static AgentFixture fixture;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    fixture = AgentFixture.open(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /**
   * The agent as it is without Onlooker.
   *
   * @param thread what it will be asked in, or null
   */
  abstract Agent bare(@Nullable String thread);

  abstract Agent instrumented(@Nullable String thread, Consumer<AgentOptions> configure);

  /** The model that the framework asks for. */
  abstract String model();

  abstract String provider();

  /** Whose a run is and where it belongs when nobody says so: user, conversation. */
  String unsaid() {
    return "user anonymous, conversation -";
  }

  /** What the framework throws for an answer of 400, as a session tells it. */
  abstract String told(Throwable thrown);

  /** What a session tells of a tool that threw. */
  String toldOfTool() {
    return "java.lang.IllegalStateException: ORD-12345: the carrier does not answer";
  }

  private Agent support(@Nullable String thread) {
    return instrumented(
        thread,
        options ->
            options
                .onlooker(fixture.onlooker())
                .agentName("customer-support")
                .userId("user-42")
                .pii(true));
  }

  /** What is to be told, in the framework's own words. */
  private String expected(String summary) {
    return summary
        .replace("NOWHERE", unsaid().replaceFirst(".*, conversation", "conversation"))
        .replace("MODEL", model());
  }

  @Test
  void quickStart_isOneSession() {
    fixture.script(Reply.text("It is sunny."));
    Agent tracked =
        instrumented(null, options -> options.onlooker(fixture.onlooker()).agentName("my-agent"));

    assertThat(tracked.ask(null, "What is the weather today?")).isEqualTo("It is sunny.");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            my-agent, %s
            completed, 1 steps, 20 tokens
            > What is the weather today?
            < It is sunny.
            invoke_agent my-agent > chat %s
            """
                .formatted(unsaid(), model()));
    assertThat(session.text("cost_usd")).isNotEqualTo("-");
  }

  @Test
  void turns_areOneConversation() {
    fixture.script(Reply.text("Hi Alice."), Reply.text("Alice."));
    Agent support = support("convo-abc-123");

    support.ask("convo-abc-123", "Hi, my name is Alice.");
    support.ask("convo-abc-123", "What was my name again?");

    assertThat(fixture.sessions(2))
        .extracting(ToldSession::summary)
        .containsExactly(
            expected(
                """
                customer-support, user user-42, conversation convo-abc-123
                completed, 1 steps, 20 tokens
                > Hi, my name is Alice.
                < Hi Alice.
                invoke_agent customer-support > chat MODEL
                """),
            expected(
                """
                customer-support, user user-42, conversation convo-abc-123
                completed, 1 steps, 20 tokens
                > What was my name again?
                < Alice.
                invoke_agent customer-support > chat MODEL
                """));
    assertThat(fixture.model().requests().get(1)).contains("Hi Alice.");
    assertThat(fixture.read("/api/v1/conversations/convo-abc-123").toString())
        .contains("Hi, my name is Alice.", "What was my name again?");
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));

    support(null).ask(null, "Look up user USR-123");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            expected(
                """
                customer-support, user user-42, NOWHERE
                completed, 3 steps, 50 tokens
                > Look up user USR-123
                < That is Alice.
                invoke_agent customer-support > chat MODEL, execute_tool lookupUser, chat MODEL
                """));
    String call = "llm:" + provider() + ":" + model();
    assertThat(session.events()).containsExactly(call, "lookupUser", call);
    assertThat(session.event(1).path("input").asString()).isEqualTo("{\"query\":\"USR-123\"}");
    assertThat(session.event(1).path("output").asString()).contains("found USR-123");
  }

  @Test
  void stream_withTheCallersCallbacks() throws Exception {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"me\"}"), Reply.text("It is on its way."));

    List<String> pieces =
        support("convo-abc").stream("convo-abc", "Give me a summary of my recent orders.");

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces)).isEqualTo("It is on its way.");
    assertThat(fixture.session().summary())
        .isEqualTo(
            expected(
                """
                customer-support, user user-42, conversation convo-abc
                completed, 3 steps, 50 tokens
                > Give me a summary of my recent orders.
                < It is on its way.
                invoke_agent customer-support > chat MODEL, execute_tool lookupUser, chat MODEL
                """));
  }

  @Test
  void pii_staysWithTheCaller() {
    fixture.script(Reply.text("Noted, john@example.com."));

    String answer = support(null).ask(null, "My email is john@example.com and SSN is 123-45-6789");

    assertThat(answer).isEqualTo("Noted, john@example.com.");
    assertThat(fixture.model().requests().get(0)).contains("john@example.com", "123-45-6789");
    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            expected(
                """
                customer-support, user user-42, NOWHERE
                completed, 1 steps, 20 tokens
                > My email is [EMAIL] and SSN is [SSN]
                < Noted, [EMAIL].
                invoke_agent customer-support > chat MODEL
                """));
    assertThat(session.toString()).doesNotContain("john@example.com", "123-45-6789");
  }

  @Test
  void overrides_perCall() {
    fixture.script(Reply.text("Gladly."));

    support("convo-abc-123")
        .askWith(
            call ->
                call.userId("override-user-id")
                    .conversationId("override-convo-id")
                    .metadata("satisfaction", 5)
                    .metadata("source", "web-chat"),
            "convo-abc-123",
            "How can I help?");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            expected(
                """
                customer-support, user override-user-id, conversation override-convo-id
                completed, 1 steps, 20 tokens
                > How can I help?
                < Gladly.
                invoke_agent customer-support > chat MODEL
                """));
    assertThat(session.metadata("satisfaction")).isEqualTo("5");
    assertThat(session.metadata("source")).isEqualTo("web-chat");
  }

  @Test
  void error_isRecordedAndThrownAgain() {
    fixture.script(Reply.error(400, "no such key"), Reply.error(400, "no such key"));
    Throwable expected = catchThrowable(() -> bare(null).ask(null, "Do something risky"));

    Throwable thrown = catchThrowable(() -> support(null).ask(null, "Do something risky"));

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    assertThat(fixture.session().summary())
        .isEqualTo(
            expected(
                """
                customer-support, user user-42, NOWHERE
                failed, 1 steps, 0 tokens
                > Do something risky
                < -
                ! %s
                invoke_agent customer-support! > chat MODEL!
                """
                    .formatted(told(thrown))));
  }

  @Test
  void production_twoTurnsAndAStream() throws Exception {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("I could not find out."),
        Reply.text("Write to alice@example.com."));
    Agent support = support("thread-1");

    support.ask("thread-1", "I need help with my account. My email is alice@example.com");
    support.ask("thread-1", "What's the status of order ORD-12345?");
    support.stream("thread-1", "Give me a summary.");

    List<ToldSession> sessions = fixture.sessions(3);
    assertThat(sessions)
        .extracting(ToldSession::summary)
        .containsExactly(
            expected(
                """
                customer-support, user user-42, conversation thread-1
                completed, 3 steps, 50 tokens
                > I need help with my account. My email is [EMAIL]
                < Hi Alice.
                invoke_agent customer-support > chat MODEL, execute_tool lookupUser, chat MODEL
                """),
            expected(
                """
                customer-support, user user-42, conversation thread-1
                recovered, 3 steps, 50 tokens
                > What's the status of order ORD-12345?
                < I could not find out.
                ! %s (in checkOrder)
                invoke_agent customer-support > chat MODEL, execute_tool checkOrder!, chat MODEL
                """
                    .formatted(toldOfTool())),
            expected(
                """
                customer-support, user user-42, conversation thread-1
                completed, 1 steps, 20 tokens
                > Give me a summary.
                < Write to [EMAIL].
                invoke_agent customer-support > chat MODEL
                """));
    assertThat(sessions.toString()).doesNotContain("alice@example.com");
    assertThat(sessions.get(1).event(1).path("error").asString())
        .contains(toldOfTool().replaceFirst("^[\\w.]+: ", ""));
    assertThat(fixture.read("/api/v1/conversations/thread-1").toString())
        .contains("What's the status of order ORD-12345?", "Give me a summary.");
  }
}
