package io.onlooker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.export.SessionsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents with a key of their own, against a real server. */
@Timeout(60)
class ConnectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SessionsServer server = SessionsServer.ours();
  private final String key = "key-" + UUID.randomUUID();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    Onlooker.current().close();
    server.close();
  }

  private void connect(AgentOptions options) {
    options.apiKey(key).apiUrl(server.address()).agentName("my-agent");
  }

  private AgentRecorder recorder() {
    return AgentRecorder.open("a", this::connect);
  }

  @Test
  void key_isAllItTakes() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(question -> "sunny", this::connect);

    assertThat(tracked.generate("What is the weather today?")).isEqualTo("sunny");
    recorder().onlooker().flush(PATIENCE);

    assertThat(server.calls()).hasSize(2);
    assertThat(server.calls().get(0).text("agentName")).isEqualTo("my-agent");
    assertThat(server.calls().get(0).text("userInput")).isEqualTo("What is the weather today?");
    assertThat(server.calls().get(1).text("assistantOutput")).isEqualTo("sunny");
  }

  @Test
  void current_isTheAgentsOwnWhenThereIsNone() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            q -> Onlooker.current().startSpan(SpanOptions.toolCall("lookup"), tool -> "found"),
            this::connect);

    tracked.generate("?");
    recorder().onlooker().flush(PATIENCE);

    assertThat(server.summary()).contains("POST events lookup");
  }

  @Test
  void sameKey_sameConnection() {
    assertThat(recorder().onlooker()).isSameAs(recorder().onlooker());
    assertThat(
            AgentRecorder.open("a", o -> o.apiKey(key + "2").apiUrl(server.address())).onlooker())
        .isNotSameAs(recorder().onlooker());
  }

  @Test
  void closedByALaterInit_opensAgain() {
    AgentRecorder recorder = recorder();
    recorder.call(AgentCall.of("one"), session -> "x");
    Onlooker.init(options -> options.apiKey("other").apiUrl(server.address()));

    recorder.call(AgentCall.of("two"), session -> "x");
    recorder.onlooker().flush(PATIENCE);

    assertThat(server.calls()).extracting(call -> call.text("userInput")).contains("one", "two");
    recorder.onlooker().close();
  }

  @Test
  void pii_redactedBeforeItLeaves() {
    AgentRecorder recorder =
        AgentRecorder.open(
            "a",
            o -> {
              connect(o);
              o.pii(true);
            });
    recorder.call(
        AgentCall.of("My email is john@example.com and SSN is 123-45-6789"),
        session -> "I wrote to john@example.com");
    recorder.onlooker().flush(PATIENCE);

    assertThat(server.calls().get(0).text("userInput"))
        .isEqualTo("My email is [EMAIL] and SSN is [SSN]");
    assertThat(server.calls().get(1).text("assistantOutput")).isEqualTo("I wrote to [EMAIL]");
    assertThat(server.bodies()).noneMatch(body -> body.contains("john@"));
  }

  @Test
  void silent_unreachableServerCostsNothing() {
    server.close();
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(question -> "sunny", this::connect);

    assertThat(tracked.generate("?")).isEqualTo("sunny");
    recorder().onlooker().shutdown(Duration.ofMillis(50));
  }

  @Test
  void notSilent_badKey_saidBeforeTheAgentIsCalled() {
    server.acceptKeys(any -> false);

    assertThatThrownBy(() -> loud().generate("?"))
        .isInstanceOf(OnlookerException.class)
        .hasMessageStartingWith("agent my-agent: " + server.address())
        .hasMessageContaining("bad key, HTTP 401")
        .hasMessageNotContaining(key);
    assertThat(calls).hasValue(0);
  }

  @Test
  void notSilent_unreachable() {
    server.close();

    assertThatThrownBy(() -> loud().generate("?"))
        .isInstanceOf(OnlookerException.class)
        .hasMessageContaining("java.net.ConnectException");
    assertThat(calls).hasValue(0);
    recorder().onlooker().shutdown(Duration.ofMillis(50));
  }

  @Test
  void notSilent_allWell() throws IOException {
    assertThat(loud().generate("?")).isEqualTo("answer 1");
    assertThat(loud().generate("?")).isEqualTo("answer 2");
  }

  @Test
  void notSilent_brokenBehindTheAgent_theAnswerIsNotLost() throws IOException {
    Agent<String, String, IOException> agent =
        OnlookerAgents.instrumentAgent(
            question -> {
              server.acceptKeys(any -> false);
              return "precious " + calls.incrementAndGet();
            },
            o -> {
              connect(o);
              o.failSilently(false);
            });

    assertThat(agent.generate("?")).isEqualTo("precious 1");
    assertThatThrownBy(() -> agent.generate("?"))
        .isInstanceOf(OnlookerException.class)
        .hasMessageContaining("HTTP 401");
    assertThat(calls).hasValue(1);
  }

  @Test
  void notSilent_theAgentsOwnExceptionComesFirst() {
    IOException thrown = new IOException("overloaded");
    Agent<String, String, IOException> agent =
        OnlookerAgents.instrumentAgent(
            question -> {
              server.acceptKeys(any -> false);
              throw thrown;
            },
            o -> {
              connect(o);
              o.failSilently(false);
            });

    assertThatThrownBy(() -> agent.generate("?")).isSameAs(thrown);
  }

  @Test
  void address_impossible() {
    assertThatThrownBy(() -> AgentRecorder.open("a", o -> o.apiKey(key).apiUrl("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("apiUrl: 'nowhere'");
  }

  private Agent<String, String, IOException> loud() {
    return OnlookerAgents.instrumentAgent(
        question -> "answer " + calls.incrementAndGet(),
        o -> {
          connect(o);
          o.failSilently(false);
        });
  }
}
