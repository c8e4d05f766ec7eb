package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Drop;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.export.SessionsServer.Call;
import io.onlooker.session.Session;
import io.onlooker.session.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsExporterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 5);

  private SessionsServer server = SessionsServer.sentrial();
  private SessionsExporter exporter = open();
  private Onlooker onlooker = Onlooker.create(options -> options.exporter(exporter));

  private SessionsExporter open() {
    return SessionsExporter.builder(server.address(), "key-1").backoff(QUICK).build();
  }

  private void useOurs() {
    close();
    server = SessionsServer.ours();
    exporter = open();
    onlooker = Onlooker.create(options -> options.exporter(exporter));
  }

  @AfterEach
  void close() {
    onlooker.shutdown(Duration.ofMillis(500));
    server.close();
  }

  private String support(String user, String question) {
    SessionOptions options =
        SessionOptions.named("customer-support")
            .userId(user)
            .conversationId("convo-" + user)
            .input(question)
            .metadata("source", "web-chat");
    return onlooker.session(
        options,
        session -> {
          chat(question, 20, 10);
          tool(user);
          String answer = chat(question + " again", 40, 5);
          session.output(answer + " for " + user).metric("satisfaction", 5);
          return answer;
        });
  }

  private String chat(String question, long input, long output) {
    return onlooker.startSpan(
        SpanOptions.modelGeneration("gpt-4o-mini", "openai")
            .input(List.of(Map.of("role", "user", "content", question))),
        span -> {
          span.set(Usage.of(input, output)).output("It is on its way");
          return "It is on its way";
        });
  }

  private void tool(String user) {
    onlooker.runSpan(
        SpanOptions.toolCall("lookup-user").input("{\"userId\":\"" + user + "\"}"),
        span -> span.output("Mira"));
  }

  @Test
  void session_asSentrialsCalls() {
    support("user-42", "Look up user USR-123");
    assertThat(onlooker.flush(PATIENCE)).isTrue();

    assertThat(server.summary())
        .containsExactly(
            "POST sessions",
            "POST events llm:openai:gpt-4o-mini",
            "POST events lookup-user",
            "POST events llm:openai:gpt-4o-mini",
            "PATCH sessions/sess_1");
    Call open = server.calls().get(0);
    assertThat(open.text("name")).isEqualTo("customer-support");
    assertThat(open.text("agentName")).isEqualTo("customer-support");
    assertThat(open.text("userId")).isEqualTo("user-42");
    assertThat(open.text("convoId")).isEqualTo("convo-user-42");
    assertThat(open.text("userInput")).isEqualTo("Look up user USR-123");
    assertThat(open.text("id")).matches("[0-9a-f]{16}");
    assertThat(open.body().path("metadata").path("source").asString()).isEqualTo("web-chat");
    assertThat(exporter.metrics().sent()).isEqualTo(5);
    assertThat(exporter.metrics().dropped()).isZero();
  }

  @Test
  void events_sayWhatWentInAndOut() {
    support("user-42", "Hi");
    onlooker.flush(PATIENCE);

    Call model = server.calls().get(1);
    assertThat(model.text("eventType")).isEqualTo("tool_call");
    assertThat(model.text("sessionId")).isEqualTo("sess_1");
    assertThat(model.body().path("toolInput").path("messages").path(0).path("content").asString())
        .isEqualTo("Hi");
    assertThat(model.body().path("toolOutput").path("content").asString())
        .isEqualTo("It is on its way");
    assertThat(model.body().path("toolOutput").path("tokens").toString())
        .isEqualTo("{\"prompt\":20,\"completion\":10,\"total\":30}");
    assertThat(model.body().path("tokenCount").asInt()).isEqualTo(30);
    Call tool = server.calls().get(2);
    assertThat(tool.body().path("toolInput").toString()).isEqualTo("{\"userId\":\"user-42\"}");
    assertThat(tool.body().path("toolOutput").toString()).isEqualTo("{\"output\":\"Mira\"}");
  }

  @Test
  void end_saysHowItWent() {
    support("user-42", "Hi");
    onlooker.flush(PATIENCE);

    Call close = server.calls().get(4);
    assertThat(close.text("status")).isEqualTo("completed");
    assertThat(close.body().path("success").asBoolean()).isTrue();
    assertThat(close.text("assistantOutput")).isEqualTo("It is on its way for user-42");
    assertThat(close.body().path("promptTokens").asInt()).isEqualTo(60);
    assertThat(close.body().path("completionTokens").asInt()).isEqualTo(15);
    assertThat(close.body().path("totalTokens").asInt()).isEqualTo(75);
    assertThat(close.body().path("customMetrics").toString()).isEqualTo("{\"satisfaction\":5.0}");
    assertThat(close.body().path("id").isMissingNode()).isTrue();
  }

  @Test
  void ourServer_takesAllInOneRequest() {
    useOurs();

    support("user-42", "Hi");
    onlooker.flush(PATIENCE);

    assertThat(server.bodies()).hasSize(1);
    assertThat(server.calls()).hasSize(5);
    String id = server.calls().get(0).text("id");
    assertThat(server.calls().subList(1, 4))
        .allSatisfy(event -> assertThat(event.text("sessionId")).isEqualTo(id));
    assertThat(server.calls().get(4).text("id")).isEqualTo(id);
  }

  @Test
  void batchUnknown_goesOnWithSingleCalls() {
    SessionsExporter told =
        SessionsExporter.builder(server.address(), "key-1").batch(true).backoff(QUICK).build();
    Onlooker mine = Onlooker.create(options -> options.exporter(told));

    mine.session(SessionOptions.named("a")).close();
    mine.shutdown(PATIENCE);

    assertThat(server.summary()).containsExactly("POST sessions", "PATCH sessions/sess_1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverStumbles_everyCallOnceAndInOrder(boolean ours) {
    if (ours) {
      useOurs();
    }
    server.fail(3);

    support("user-42", "Hi");

    assertThat(onlooker.flush(PATIENCE)).isTrue();
    assertThat(server.calls()).hasSize(5);
    assertThat(server.calls().get(0).path()).isEqualTo("sessions");
    assertThat(server.calls().get(4).method()).isEqualTo("PATCH");
    assertThat(exporter.lastFailure()).isNull();
  }

  @Test
  void subAgent_isASessionOfItsOwn() {
    onlooker.session(
        SessionOptions.named("router"),
        router ->
            onlooker.startSpan(
                SpanOptions.toolCall("ask-search"),
                tool ->
                    onlooker.session(SessionOptions.named("search"), search -> chat("q", 3, 4))));
    onlooker.flush(PATIENCE);

    assertThat(server.summary())
        .containsExactly(
            "POST sessions",
            "POST sessions",
            "POST events llm:openai:gpt-4o-mini",
            "PATCH sessions/sess_2",
            "POST events ask-search",
            "PATCH sessions/sess_1");
    assertThat(server.calls().get(1).text("parentSessionId")).isEqualTo("sess_1");
    assertThat(server.calls().get(5).body().path("totalTokens").asInt()).isEqualTo(7);
  }

  @Test
  void agentToldTwice_isOneSession() {
    onlooker.session(
        SessionOptions.named("support"),
        outer -> onlooker.startSpan(SpanOptions.agentRun("support"), inner -> chat("Hi", 1, 2)));
    onlooker.flush(PATIENCE);

    assertThat(server.summary())
        .containsExactly(
            "POST sessions", "POST events llm:openai:gpt-4o-mini", "PATCH sessions/sess_1");
    assertThat(server.calls().get(2).body().path("totalTokens").asInt()).isEqualTo(3);
  }

  @Test
  void droppedEnd_stillEndsTheSession() {
    Span span = onlooker.startInactiveSpan(SpanOptions.agentRun("a"));
    onlooker.flush(PATIENCE);
    exporter.forgetSpan(span.traceId(), span.spanId());
    onlooker.flush(PATIENCE);
    span.end();

    assertThat(server.calls().get(1).text("status")).isEqualTo("cancelled");
  }

  @Test
  void toolWithinModelCall_comesBehindIt() {
    onlooker.runSpan(
        SpanOptions.agentRun("a"),
        agent ->
            onlooker.runSpan(
                SpanOptions.modelGeneration("gpt-4o", "openai"),
                generation -> {
                  tool("u");
                  tool("v");
                }));
    onlooker.flush(PATIENCE);

    assertThat(server.summary().subList(1, 4))
        .containsExactly(
            "POST events llm:openai:gpt-4o", "POST events lookup-user", "POST events lookup-user");
  }

  @Test
  void failures_areTold() {
    assertThatThrownBy(() ->
            onlooker.session(
                SessionOptions.named("a"),
                session ->
                    onlooker.startSpan(
                        SpanOptions.toolCall("pay"),
                        tool -> {
                          throw new IllegalStateException("card declined");
                        })))
        .hasMessage("card declined");
    onlooker.flush(PATIENCE);

    Call tool = server.calls().get(1);
    assertThat(tool.body().path("toolError").path("message").asString()).isEqualTo("card declined");
    assertThat(tool.body().path("toolError").path("type").asString())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(tool.body().path("toolError").path("stack_trace").asString()).contains("\tat ");
    Call close = server.calls().get(2);
    assertThat(close.text("status")).isEqualTo("failed");
    assertThat(close.text("failureReason")).isEqualTo("IllegalStateException: card declined");
    assertThat(close.body().path("success").asBoolean()).isFalse();
  }

  @Test
  void outcomes_cancelledAndUnsuccessful() {
    Session cancelled = onlooker.session(SessionOptions.named("a"));
    cancelled.cancelled("user left").close();
    Session missed = onlooker.session(SessionOptions.named("b"));
    missed.success(false).close();
    onlooker.flush(PATIENCE);

    assertThat(server.calls().get(1).text("status")).isEqualTo("cancelled");
    assertThat(server.calls().get(1).text("failureReason")).isEqualTo("user left");
    assertThat(server.calls().get(3).text("status")).isEqualTo("completed");
    assertThat(server.calls().get(3).body().path("success").asBoolean()).isFalse();
  }

  @Test
  void modelCallOfNoAgent_isASession() {
    chat("Hi", 1, 2);
    onlooker.flush(PATIENCE);

    assertThat(server.summary())
        .containsExactly(
            "POST sessions", "POST events llm:openai:gpt-4o-mini", "PATCH sessions/sess_1");
    assertThat(server.calls().get(0).text("userId")).isEqualTo("anonymous");
  }

  @Test
  void error_isAnEventOfItsSession() {
    onlooker.session(
        SessionOptions.named("a"),
        session -> onlooker.captureException(new IllegalStateException("odd")));
    onlooker.flush(PATIENCE);

    assertThat(server.calls().get(1).text("eventType")).isEqualTo("error");
    assertThat(server.calls().get(1).body().path("toolError").path("message").asString())
        .isEqualTo("odd");
  }

  @Test
  void otherSpans_areCountedAsNotKept() {
    onlooker.runSpan(SpanOptions.named("request"), request -> tool("u"));

    assertThat(onlooker.flush(PATIENCE)).isTrue();
    assertThat(server.calls()).isEmpty();
    assertThat(exporter.metrics().dropped(Drop.NOT_KEPT)).isEqualTo(2);
  }

  @Test
  void shutdown_endsOpenSessions() {
    Session open = onlooker.session(SessionOptions.named("a"));
    open.output("so far");
    onlooker.shutdown(PATIENCE);

    assertThat(server.calls().get(1).text("status")).isEqualTo("cancelled");
    assertThat(server.calls().get(1).text("assistantOutput")).isEqualTo("so far");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void badKey_isSaid(boolean ours) {
    if (ours) {
      useOurs();
    }
    server.acceptKeys(key -> false);

    support("user-42", "Hi");

    assertThat(onlooker.flush(PATIENCE)).isFalse();
    assertThat(onlooker.lastFailure())
        .contains("bad key, HTTP 401: unknown key")
        .doesNotContain("key-1");
    assertThat(exporter.metrics().sent()).isZero();
    assertThat(exporter.metrics().dropped(Drop.REFUSED)).isEqualTo(5);
  }

  @Test
  void parallelSessions_neverMix() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> answers =
        IntStream.range(0, 60)
            .mapToObj(i -> pool.submit(() -> support("user-" + i, "question of user-" + i + ".")))
            .toList();
    for (Future<String> answer : answers) {
      answer.get();
    }
    pool.shutdown();
    assertThat(onlooker.flush(PATIENCE)).isTrue();

    List<Call> calls = List.copyOf(server.calls());
    assertThat(calls).hasSize(300);
    int number = 0;
    for (Call open : calls.stream().filter(call -> call.path().equals("sessions")).toList()) {
      String id = "sess_" + ++number;
      String user = open.text("userId");
      List<Call> mine =
          Stream.concat(
                  calls.stream().filter(call -> call.text("sessionId").equals(id)),
                  calls.stream().filter(call -> call.path().equals("sessions/" + id)))
              .toList();
      assertThat(mine)
          .extracting(call -> call.text("toolName"))
          .containsExactly("llm:openai:gpt-4o-mini", "lookup-user", "llm:openai:gpt-4o-mini", "");
      assertThat(mine.get(1).body().path("toolInput").path("userId").asString()).isEqualTo(user);
      assertThat(mine.get(3).text("userInput")).isEqualTo("question of " + user + ".");
      assertThat(mine.get(3).text("assistantOutput")).endsWith(" for " + user);
    }
  }

  @Test
  void lateTool_stillBelongsToItsSession() {
    Span agent = onlooker.startInactiveSpan(SpanOptions.agentRun("a"));
    Span tool = agent.startChild(SpanOptions.toolCall("slow"));
    agent.end();
    tool.end();
    onlooker.flush(PATIENCE);

    assertThat(server.summary())
        .containsExactly("POST sessions", "PATCH sessions/sess_1", "POST events slow");
    assertThat(server.calls().get(2).text("sessionId")).isEqualTo("sess_1");
  }

  @Test
  void address_impossible() {
    assertThatThrownBy(() -> SessionsExporter.builder("https://u:secret@ho st", "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("apiUrl: ")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> SessionsExporter.builder("http://localhost", "my\nkey"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("apiKey: ")
        .hasMessageNotContaining("my");
  }
}
