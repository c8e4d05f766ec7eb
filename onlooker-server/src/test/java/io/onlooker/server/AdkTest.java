package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.adk.agents.RunConfig;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.runner.Runner;
import com.google.genai.types.Content;
import io.onlooker.adk.OnlookerAdk;
import io.onlooker.session.AgentCall;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every example of seed 004's, as an agent of Google's ADK, to the server's API. */
@Timeout(120)
class AdkTest {

  private static final RunConfig AT_ONCE = RunConfig.builder().build();
  private static final RunConfig IN_PIECES =
      RunConfig.builder().streamingMode(StreamingMode.SSE).build();

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

  private static Runner support(String session) {
    return OnlookerAdk.instrumentAgent(
        AdkSupport.asking(fixture.model(), session),
        o -> o.onlooker(fixture.onlooker()).agentName("customer-support").pii(true));
  }

  /** What the run says last. */
  private static String ask(Runner agent, String session, String question) {
    return agent
        .runAsync(AdkSupport.USER, session, AdkSupport.message(question), AT_ONCE)
        .blockingLast()
        .content()
        .map(Content::text)
        .orElse("");
  }

  /** The pieces in which it is said. */
  private static List<String> stream(Runner agent, String session, String question) {
    List<String> pieces = new ArrayList<>();
    agent
        .runAsync(AdkSupport.USER, session, AdkSupport.message(question), IN_PIECES)
        .filter(event -> event.partial().orElse(false))
        .blockingForEach(event -> event.content().map(Content::text).ifPresent(pieces::add));
    return pieces;
  }

  @Test
  void quickStart_isOneSession() {
    fixture.script(Reply.text("It is sunny."));
    Runner tracked =
        OnlookerAdk.instrumentAgent(
            AdkSupport.asking(fixture.model(), "session-1"),
            o -> o.onlooker(fixture.onlooker()).agentName("my-agent"));

    assertThat(ask(tracked, "session-1", "What is the weather today?")).isEqualTo("It is sunny.");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            my-agent, user user-42, conversation session-1
            completed, 1 steps, 20 tokens
            > What is the weather today?
            < It is sunny.
            invoke_agent my-agent > chat gemini-2.5-flash
            """);
    assertThat(session.text("cost_usd")).isNotEqualTo("-");
  }

  @Test
  void turns_areOneConversation() {
    fixture.script(Reply.text("Hi Alice."), Reply.text("Alice."));
    Runner support = support("convo-abc-123");

    ask(support, "convo-abc-123", "Hi, my name is Alice.");
    ask(support, "convo-abc-123", "What was my name again?");

    List<ToldSession> turns = fixture.sessions(2);
    assertThat(turns)
        .extracting(ToldSession::summary)
        .containsExactly(
            """
            customer-support, user user-42, conversation convo-abc-123
            completed, 1 steps, 20 tokens
            > Hi, my name is Alice.
            < Hi Alice.
            invoke_agent customer-support > chat gemini-2.5-flash
            """,
            """
            customer-support, user user-42, conversation convo-abc-123
            completed, 1 steps, 20 tokens
            > What was my name again?
            < Alice.
            invoke_agent customer-support > chat gemini-2.5-flash
            """);
    assertThat(fixture.model().requests().get(1)).contains("Hi Alice.");
    assertThat(fixture.read("/api/v1/conversations/convo-abc-123").toString())
        .contains("Hi, my name is Alice.", "What was my name again?");
  }

  @Test
  void tool_isBetweenTheModelCalls() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"USR-123\"}"), Reply.text("That is Alice."));

    ask(support("session-1"), "session-1", "Look up user USR-123");

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation session-1
            completed, 3 steps, 50 tokens
            > Look up user USR-123
            < That is Alice.
            invoke_agent customer-support > chat gemini-2.5-flash, execute_tool lookupUser, chat gemini-2.5-flash
            """);
    assertThat(session.events())
        .containsExactly(
            "llm:gcp.gemini:gemini-2.5-flash", "lookupUser", "llm:gcp.gemini:gemini-2.5-flash");
    assertThat(session.event(1).path("input").asString()).isEqualTo("{\"query\":\"USR-123\"}");
    assertThat(session.event(1).path("output").asString()).contains("\"id\":\"USR-123\"");
  }

  @Test
  void stream_withTheCallersCallbacks() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"me\"}"), Reply.text("It is on its way."));

    List<String> pieces =
        stream(support("convo-abc"), "convo-abc", "Give me a summary of my recent orders.");

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces)).isEqualTo("It is on its way.");
    assertThat(fixture.session().summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation convo-abc
            completed, 3 steps, 50 tokens
            > Give me a summary of my recent orders.
            < It is on its way.
            invoke_agent customer-support > chat gemini-2.5-flash, execute_tool lookupUser, chat gemini-2.5-flash
            """);
  }

  @Test
  void pii_staysWithTheCaller() {
    fixture.script(Reply.text("Noted, john@example.com."));

    String answer =
        ask(
            support("session-1"),
            "session-1",
            "My email is john@example.com and SSN is 123-45-6789");

    assertThat(answer).isEqualTo("Noted, john@example.com.");
    assertThat(fixture.model().requests().get(0)).contains("john@example.com", "123-45-6789");
    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation session-1
            completed, 1 steps, 20 tokens
            > My email is [EMAIL] and SSN is [SSN]
            < Noted, [EMAIL].
            invoke_agent customer-support > chat gemini-2.5-flash
            """);
    assertThat(session.toString()).doesNotContain("john@example.com", "123-45-6789");
  }

  @Test
  void overrides_perCall() {
    fixture.script(Reply.text("Gladly."));
    Runner support = support("convo-abc-123");

    AgentCall.with(
        call ->
            call.userId("override-user-id")
                .conversationId("override-convo-id")
                .metadata("satisfaction", 5)
                .metadata("source", "web-chat"),
        () -> ask(support, "convo-abc-123", "How can I help?"));

    ToldSession session = fixture.session();
    assertThat(session.summary())
        .isEqualTo(
            """
            customer-support, user override-user-id, conversation override-convo-id
            completed, 1 steps, 20 tokens
            > How can I help?
            < Gladly.
            invoke_agent customer-support > chat gemini-2.5-flash
            """);
    assertThat(session.metadata("satisfaction")).isEqualTo("5");
    assertThat(session.metadata("source")).isEqualTo("web-chat");
  }

  @Test
  void error_isRecordedAndThrownAgain() {
    fixture.script(Reply.error(400, "no such key"), Reply.error(400, "no such key"));
    Runner bare = AdkSupport.asking(fixture.model(), "session-1");
    Throwable expected = catchThrowable(() -> ask(bare, "session-1", "Do something risky"));

    Throwable thrown =
        catchThrowable(() -> ask(support("session-1"), "session-1", "Do something risky"));

    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
    assertThat(fixture.session().summary())
        .isEqualTo(
            """
            customer-support, user user-42, conversation session-1
            failed, 1 steps, 0 tokens
            > Do something risky
            < -
            ! ExecutionException: com.google.genai.errors.ClientException: 400 Bad Request. no such key
            invoke_agent customer-support! > chat gemini-2.5-flash!
            """);
  }

  /** ADK swallows what a function throws. */
  @Test
  void production_twoTurnsAndAStream() {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("I could not find out."),
        Reply.text("Write to alice@example.com."));
    Runner support = support("thread-1");

    ask(support, "thread-1", "I need help with my account. My email is alice@example.com");
    ask(support, "thread-1", "What's the status of order ORD-12345?");
    stream(support, "thread-1", "Give me a summary.");

    List<ToldSession> sessions = fixture.sessions(3);
    assertThat(sessions)
        .extracting(ToldSession::summary)
        .containsExactly(
            """
            customer-support, user user-42, conversation thread-1
            completed, 3 steps, 50 tokens
            > I need help with my account. My email is [EMAIL]
            < Hi Alice.
            invoke_agent customer-support > chat gemini-2.5-flash, execute_tool lookupUser, chat gemini-2.5-flash
            """,
            """
            customer-support, user user-42, conversation thread-1
            recovered, 3 steps, 50 tokens
            > What's the status of order ORD-12345?
            < I could not find out.
            ! An internal error occurred. (in checkOrder)
            invoke_agent customer-support > chat gemini-2.5-flash, execute_tool checkOrder!, chat gemini-2.5-flash
            """,
            """
            customer-support, user user-42, conversation thread-1
            completed, 1 steps, 20 tokens
            > Give me a summary.
            < Write to [EMAIL].
            invoke_agent customer-support > chat gemini-2.5-flash
            """);
    assertThat(sessions.toString()).doesNotContain("alice@example.com");
    assertThat(sessions.get(1).event(1).path("error").asString())
        .contains("An internal error occurred.");
    assertThat(fixture.read("/api/v1/conversations/thread-1").toString())
        .contains("What's the status of order ORD-12345?", "Give me a summary.");
  }
}
