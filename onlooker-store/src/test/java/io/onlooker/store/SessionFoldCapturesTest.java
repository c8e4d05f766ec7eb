package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.span.CapturedSpans;
import io.onlooker.store.span.CapturedSpans.CapturedRun;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same agents seen through every client: the numbers must not depend on the client. */
class SessionFoldCapturesTest {

  static Stream<CapturedRun> runs() {
    return CapturedSpans.runs().stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void tokens_countedOnce(CapturedRun run) {
    Session session = session(run);

    assertThat(Objects.requireNonNullElse(session.usage().inputTokens(), 0L))
        .isEqualTo(run.input());
    assertThat(Objects.requireNonNullElse(session.usage().outputTokens(), 0L))
        .isEqualTo(run.output());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void steps_includeEveryTool(CapturedRun run) {
    Session session = session(run);

    assertThat(session.steps().total()).isGreaterThanOrEqualTo((int) run.tools());
    assertThat(session.endNanos()).isGreaterThan(session.startNanos());
  }

  @Test
  void weather_questionAndAnswer() {
    assertThat(sessions("agentTools3step"))
        .hasSize(8)
        .allSatisfy(session -> {
          assertThat(session.texts().input())
              .isEqualTo("What is the weather in Lisbon, also in Fahrenheit?");
          assertThat(session.texts().output())
              .isEqualTo("It is 21 C (69.8 F) and sunny in Lisbon.");
          assertThat(session.status()).isEqualTo(Session.Status.COMPLETED);
          assertThat(session.agentName()).isEqualTo("Weather Agent");
          assertThat(session.models()).containsExactly("gpt-4o-mini");
        });
  }

  /** Of the four clients one reports a failing agent as ok, with nothing but a finish reason. */
  @Test
  void failingProvider_failsTheSession() {
    assertThat(sessions("agentFails"))
        .hasSize(4)
        .allSatisfy(session -> {
          assertThat(session.status()).isEqualTo(Session.Status.FAILED);
          assertThat(session.texts().failureReason()).isNotNull();
          assertThat(session.texts().output()).isNull();
          assertThat(session.usage().inputTokens()).isNull();
        });
  }

  @Test
  void throwingTool_leavesTheSessionRecovered() {
    assertThat(sessions("toolThrows"))
        .hasSize(4)
        .allSatisfy(session -> {
          assertThat(session.status()).isEqualTo(Session.Status.RECOVERED);
          assertThat(session.steps().failed()).isEqualTo(1);
          assertThat(session.texts().failureReason())
              .contains("flight service down for TP 404")
              .contains("lookup_flight");
        });
  }

  /** The second turn is asked with the first one before it. */
  @Test
  void memory_eachTurnHasItsOwnQuestion() {
    List<Session> turns = sessions("agentMemory");

    assertThat(turns)
        .extracting(session -> session.texts().input())
        .containsOnly("I like window seats and leave from Porto.", "Where do I leave from?");
    assertThat(turns).extracting(Session::conversationId).containsOnly("thread-porto");
  }

  @Test
  void oneTrace_manyRuns() {
    List<CapturedRun> runs =
        CapturedSpans.runs().stream()
            .filter(run -> run.file().startsWith("concurrentAgents.v11"))
            .toList();

    List<Session> sessions = fold(CapturedSpans.trace(runs.getFirst().trace()));

    assertThat(sessions).extracting(Session::agentName).containsExactly("ALPHA", "BETA");
  }

  @Test
  void workflow_isNoSessionButItsAgentIs() {
    String trace =
        CapturedSpans.traceIds().stream()
            .filter(id -> named(id, "invoke_workflow digest"))
            .findFirst()
            .orElseThrow();

    List<Session> sessions = fold(CapturedSpans.trace(trace));

    assertThat(sessions).extracting(Session::agentName).containsExactly("Summariser");
    assertThat(sessions.getFirst().parentSessionId()).isNull();
    assertThat(sessions.getFirst().usage().inputTokens()).isEqualTo(58);
  }

  /** The newest client reports the workflow itself as an agent. */
  @Test
  void subAgent_countsInBoth() {
    CapturedRun run =
        CapturedSpans.runs().stream()
            .filter(known -> known.scenario().equals("workflowAgentFails"))
            .findFirst()
            .orElseThrow();

    List<Session> sessions = fold(CapturedSpans.trace(run.trace()));

    assertThat(sessions).extracting(Session::agentName).containsExactly("digest", "Summariser");
    assertThat(sessions).extracting(Session::parentSessionId).containsExactly(null, run.root());
    assertThat(sessions).extracting(session -> session.usage().totalTokens()).containsOnly(68L);
    assertThat(sessions)
        .extracting(Session::status)
        .containsExactly(Session.Status.FAILED, Session.Status.COMPLETED);
  }

  private static boolean named(String traceId, String name) {
    return CapturedSpans.trace(traceId).stream().anyMatch(span -> span.name().equals(name));
  }

  private static List<Session> sessions(String scenario) {
    return runs()
        .filter(run -> run.scenario().equals(scenario))
        .map(SessionFoldCapturesTest::session)
        .toList();
  }

  private static Session session(CapturedRun run) {
    return fold(CapturedSpans.trace(run.trace())).stream()
        .filter(session -> session.rootSpanId().equals(run.root()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(run + ": no session"));
  }

  private static List<Session> fold(List<SpanData> spans) {
    return SessionFold.fold(1, spans, 0);
  }
}
