package io.onlooker.springai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.session.AgentCall;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.memory.ChatMemory;

/** Seed 004's full production example: one customer's conversation, and all that is recorded. */
@Timeout(120)
class ProductionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WITH_A_TOOL =
      """
      invoke_agent customer-support
        processor_run MessageChatMemoryAdvisor
          chat gpt-4o-mini
          execute_tool %s
          chat gpt-4o-mini
      """;

  private static final String WITHOUT =
      """
      invoke_agent customer-support
        processor_run MessageChatMemoryAdvisor
          chat gpt-4o-mini
      """;

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create(o -> o.pii(true));

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final ChatClient support =
      OnlookerSpringAi.instrumentAgent(
          Application.observed(server, recorder.onlooker()).supportWithMemory().build(),
          o -> o.onlooker(recorder.onlooker()).agentName("customer-support").pii(true));

  @AfterEach
  void close() {
    server.close();
  }

  private ChatClientRequestSpec say(String what, UnaryOperator<AgentCall> more) {
    return support
        .prompt(what)
        .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "thread-1"))
        .advisors(OnlookerSpringAi.call(call -> more.apply(call.userId("user-42"))));
  }

  private RecordedSession session() {
    return Eventually.get(recorder::takeSession);
  }

  private static String text(ChatClientRequestSpec asked) {
    return Objects.requireNonNull(asked.call().content());
  }

  @Test
  void conversation_ofACustomer() {
    server.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Welcome back, alice@example.com."));

    String welcome =
        text(say("I need help with my account. My email is alice@example.com", call -> call));

    assertThat(welcome).isEqualTo("Welcome back, alice@example.com.");
    accountIsLookedUp(session());

    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("It is on its way."));

    assertThat(text(say("What's the status of order ORD-12345?", call -> call)))
        .isEqualTo("It is on its way.");

    orderIsChecked(session());
  }

  private static void accountIsLookedUp(RecordedSession session) {
    assertThat(session.tree()).isEqualTo(WITH_A_TOOL.formatted("lookupUser"));
    belongToTheCustomer(session);
    assertThat(session.root())
        .hasInput("I need help with my account. My email is [EMAIL]")
        .hasOutput("Welcome back, [EMAIL].");
    assertThat(session.toolCalls("lookupUser").get(0))
        .hasInput(Map.of("query", "[EMAIL]"))
        .hasOutput("USR-123 [EMAIL]")
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    assertThat(session.totalTokens()).isEqualTo(50);
  }

  private static void orderIsChecked(RecordedSession session) {
    assertThat(session.tree()).isEqualTo(WITH_A_TOOL.formatted("checkOrder"));
    belongToTheCustomer(session);
    assertThat(session.root()).hasOutput("It is on its way.");
    assertThat(session.toolCalls("checkOrder").get(0)).hasInput(Map.of("orderId", "ORD-12345"));
    assertThat(session.modelCalls().get(0).input()).asString().contains("Welcome back, [EMAIL].");
  }

  private static void belongToTheCustomer(RecordedSession session) {
    assertThat(session.root())
        .hasAttribute(GenAi.USER_ID, "user-42")
        .hasStatus(SpanStatus.Code.UNSET);
    assertThat(session.spans())
        .allSatisfy(span -> {
          assertThat(span).hasAttribute(GenAi.CONVERSATION_ID, "thread-1");
          assertThat(span.toString()).doesNotContain("alice");
        });
  }

  @Test
  void summary_isStreamed() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("One order, for alice@example.com, is on its way."));

    say("Give me a summary of my recent orders.", call -> call).stream()
        .content()
        .blockLast(PATIENCE);

    RecordedSession session = session();
    assertThat(session.tree()).isEqualTo(WITH_A_TOOL.formatted("checkOrder"));
    belongToTheCustomer(session);
    assertThat(session.root()).hasOutput("One order, for [EMAIL], is on its way.");
    assertThat(session.totalTokens()).isEqualTo(50);
    SpanSnapshot last = session.modelCalls().get(1);
    assertThat(last.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
  }

  @Test
  void call_isOverridden() {
    server.reply(Reply.text("Gladly."));

    text(
        say(
            "How can I help?",
            call ->
                call.userId("override-user-id")
                    .conversationId("override-convo-id")
                    .metadata("satisfaction", 5)
                    .metadata("source", "web-chat")));

    RecordedSession session = session();
    assertThat(session.tree()).isEqualTo(WITHOUT);
    assertThat(session.root()).hasAttribute(GenAi.USER_ID, "override-user-id");
    assertThat(session.root().metadata())
        .containsEntry("satisfaction", 5)
        .containsEntry("source", "web-chat");
    assertThat(session.spans())
        .allSatisfy(
            span -> assertThat(span).hasAttribute(GenAi.CONVERSATION_ID, "override-convo-id"));
  }

  @Test
  void failures_areTheCustomersToo() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"\"}"),
        Reply.error(400, "alice@example.com may not"));

    assertThatThrownBy(() -> text(say("Do something risky", call -> call)))
        .hasMessageContaining("alice@example.com may not");

    RecordedSession session = session();
    assertThat(session.tree()).isEqualTo(WITH_A_TOOL.formatted("checkOrder"));
    assertThat(session.root()).hasStatus(SpanStatus.Code.ERROR);
    assertThat(session.toolCalls("checkOrder").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasError(IllegalArgumentException.class.getName());
    assertThat(session.modelCalls().get(0)).hasStatus(SpanStatus.Code.UNSET);
    assertThat(session.modelCalls().get(1)).hasStatus(SpanStatus.Code.ERROR);
    assertThat(session.spans())
        .allSatisfy(span -> assertThat(span.toString()).doesNotContain("alice"));
  }
}
