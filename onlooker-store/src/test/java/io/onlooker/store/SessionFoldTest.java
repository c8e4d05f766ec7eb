package io.onlooker.store;

import static io.onlooker.store.span.AgentSpans.agent;
import static io.onlooker.store.span.AgentSpans.chat;
import static io.onlooker.store.span.AgentSpans.client;
import static io.onlooker.store.span.AgentSpans.id;
import static io.onlooker.store.span.AgentSpans.other;
import static io.onlooker.store.span.AgentSpans.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.AgentSpans;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanCost;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionFoldTest {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  @Test
  void trace_withoutAgent() {
    assertThat(fold(other("web", null, "http.server"), tool("calc", "web"))).isEmpty();
    assertThat(SessionFold.fold(1, List.of(), 0)).isEmpty();
  }

  @Test
  void run_withStepsAndTokens() {
    Session session =
        only(
            agent("desk", null).at(0, 900),
            chat("one", "desk").at(10, 100).tokens(100, 10).with(GenAi.REQUEST_MODEL, "gpt-4o"),
            tool("look", "desk").at(110, 200),
            chat("two", "desk")
                .at(210, 800)
                .tokens(150, 20)
                .with(GenAi.RESPONSE_MODEL, "gpt-4o-2024-08-06")
                .with(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, 0.25));

    assertThat(session.id()).isEqualTo(id("desk"));
    assertThat(session.status()).isEqualTo(Session.Status.COMPLETED);
    assertThat(session.steps()).isEqualTo(new Session.Steps(3, 0));
    assertThat(session.usage()).isEqualTo(new Session.Usage(250L, 30L, 280L, 460.0));
    assertThat(session.models()).containsExactly("gpt-4o", "gpt-4o-2024-08-06");
    assertThat(session.texts()).isEqualTo(new Session.Texts(null, null, null));
  }

  @Test
  void id_thatTheSenderGave() {
    List<Session> sessions =
        fold(
            agent("desk", null).with(SessionNames.ID, "sess_1").with(SessionNames.PARENT_ID, "up"),
            chat("plan", "desk"),
            tool("ask", "desk"),
            agent("helper", "ask").with(SessionNames.ID, "sess_1"));

    assertThat(sessions)
        .extracting(Session::id, Session::rootSpanId, Session::parentSessionId)
        .containsExactly(
            tuple("sess_1", id("desk"), "up"), tuple(id("helper"), id("helper"), "sess_1"));
  }

  @Test
  void tokens_ofTheRootWhereNoCallSaysAny() {
    Session.Usage stated =
        only(agent("desk", null).with(SessionNames.ID, "s").tokens(90, 9), chat("one", "desk"))
            .usage();
    Session.Usage counted =
        only(
                agent("desk", null).with(SessionNames.ID, "s").tokens(90, 9),
                chat("one", "desk").tokens(70, 7))
            .usage();

    assertThat(stated).isEqualTo(new Session.Usage(90L, 9L, 99L, null));
    assertThat(counted).isEqualTo(new Session.Usage(70L, 7L, 77L, null));
  }

  @Test
  void tokens_unknownAreNotZero() {
    Session.Usage usage = only(agent("desk", null), chat("one", "desk")).usage();

    assertThat(usage).isEqualTo(new Session.Usage(null, null, null, null));
  }

  @Test
  void tokens_onlyTotalKnown() {
    Session.Usage usage =
        only(agent("desk", null), chat("one", "desk").with(GenAi.USAGE_TOTAL_TOKENS, 1234)).usage();

    assertThat(usage).isEqualTo(new Session.Usage(null, null, 1234L, null));
  }

  @Test
  void cost_isTheSumOfItsModelCalls() {
    Session session =
        only(
            agent("desk", null).with(SpanCost.USD, 99.0),
            chat("one", "desk").with(SpanCost.USD, 0.1),
            chat("two", "desk").with(SpanCost.USD, 0.2));

    assertThat(session.cost()).isEqualTo(new Session.Cost(new BigDecimal("0.3"), 0));
    assertThat(session.cost().lowerBound()).isFalse();
  }

  @Test
  void cost_withACallWithoutPrice_isALowerBound() {
    Session session =
        only(
            agent("desk", null),
            chat("one", "desk").with(SpanCost.USD, 0.1),
            chat("two", "desk").with(SpanCost.MISSING, "no row"));

    assertThat(session.cost()).isEqualTo(new Session.Cost(new BigDecimal("0.1"), 1));
    assertThat(session.cost().lowerBound()).isTrue();
  }

  @Test
  void cost_ofASubAgentCountsInBoth() {
    List<Session> sessions =
        fold(
            agent("desk", null),
            chat("one", "desk").with(SpanCost.USD, 0.1),
            agent("expert", "desk").at(20, 30),
            chat("two", "expert").at(21, 29).with(SpanCost.USD, 0.2));

    assertThat(sessions)
        .extracting(session -> session.cost().usd())
        .containsExactly(new BigDecimal("0.3"), new BigDecimal("0.2"));
  }

  @Test
  void cost_thatTheSenderGaveTheSession_standsInForCallsWithoutPrice() {
    Session given =
        only(
            agent("desk", null).with(SessionNames.ID, "sess_1").with(SpanCost.REPORTED, 0.5),
            chat("one", "desk").with(SpanCost.MISSING, "no row"));
    Session traced =
        only(
            agent("desk", null).with(SpanCost.REPORTED, 0.5),
            chat("one", "desk").with(SpanCost.MISSING, "no row"));

    assertThat(given.cost()).isEqualTo(new Session.Cost(new BigDecimal("0.5"), 0));
    assertThat(traced.cost()).isEqualTo(new Session.Cost(null, 1));
  }

  @Test
  void cost_ofSpansThatNobodyPriced_isUnknown() {
    assertThat(only(agent("desk", null), chat("one", "desk")).cost()).isEqualTo(Session.Cost.NONE);
  }

  @Test
  void tokens_ofAgentsToolsAndEmbeddingsDoNotCount() {
    Session session =
        only(
            agent("desk", null).tokens(999, 999),
            chat("one", "desk").tokens(100, 10),
            tool("look", "desk").with(GenAi.USAGE_TOTAL_TOKENS, 999),
            client("embed", "desk", "embeddings").tokens(999, 0));

    assertThat(session.usage().totalTokens()).isEqualTo(110);
    assertThat(session.steps().total()).isEqualTo(2);
  }

  @Test
  void modelCall_reportedOnTwoLevels() {
    Session framework =
        only(
            agent("desk", null),
            chat("outer", "desk").tokens(100, 10),
            chat("inner", "outer").tokens(100, 10));
    Session loop =
        only(
            agent("desk", null),
            chat("loop", "desk"),
            chat("one", "loop").tokens(100, 10),
            chat("two", "loop").tokens(50, 5));

    assertThat(framework.usage().totalTokens()).isEqualTo(110);
    assertThat(framework.steps().total()).isEqualTo(1);
    assertThat(loop.usage().totalTokens()).isEqualTo(165);
    assertThat(loop.steps().total()).isEqualTo(2);
  }

  @Test
  void modelCall_insideAToolIsAnother() {
    Session session =
        only(
            agent("desk", null),
            chat("outer", "desk").tokens(100, 10),
            tool("ask", "outer"),
            chat("inner", "ask").tokens(7, 3));

    assertThat(session.usage().totalTokens()).isEqualTo(120);
    assertThat(session.steps().total()).isEqualTo(3);
  }

  @Test
  void modelCall_belowNoAgent() {
    List<Session> sessions =
        fold(
            other("web", null, "http.server").at(0, 900),
            chat("one", "web").at(10, 100).tokens(5, 5),
            other("net", "one", "http.client").at(20, 90),
            chat("two", "web").at(200, 300),
            client("embed", "web", "embeddings").at(400, 500));

    assertThat(sessions).extracting(Session::id).containsExactly(id("one"), id("two"));
    assertThat(sessions).extracting(Session::agentName).containsOnlyNulls();
  }

  @Test
  void subAgent_belowATool() {
    List<Session> sessions =
        fold(
            agent("desk", null).at(0, 900).with(GenAi.USER_ID, "ann"),
            chat("one", "desk").at(10, 800).tokens(100, 10),
            tool("ask", "one").at(20, 700),
            agent("sub", "ask").at(30, 600).with(GenAi.CONVERSATION_ID, "thread"),
            chat("two", "sub").at(40, 500).tokens(7, 3));

    assertThat(sessions).extracting(Session::id).containsExactly(id("desk"), id("sub"));
    assertThat(sessions).extracting(Session::parentSessionId).containsExactly(null, id("desk"));
    assertThat(sessions).extracting(s -> s.usage().totalTokens()).containsExactly(120L, 10L);
    assertThat(sessions).extracting(s -> s.steps().total()).containsExactly(3, 1);
    assertThat(sessions).extracting(Session::userId).containsOnly("ann");
    assertThat(sessions).extracting(Session::conversationId).containsOnly("thread");
  }

  @Test
  void sameAgent_inTheServiceThatABrowserAsked() {
    List<Session> sessions =
        fold(
            agent("page", null).at(0, 900).with(GenAi.AGENT_NAME, "Support"),
            other("net", "page", "http.client").at(1, 800),
            other("web", "net", "http.server").at(2, 700),
            agent("desk", "web")
                .at(3, 600)
                .with(GenAi.AGENT_NAME, "Support")
                .with("input", "Where is it?")
                .failed("RangeError", "too far"),
            chat("one", "desk").at(4, 500).tokens(5, 5));

    assertThat(sessions).hasSize(1);
    assertThat(sessions.getFirst().id()).isEqualTo(id("page"));
    assertThat(sessions.getFirst().texts().input()).isEqualTo("Where is it?");
    assertThat(sessions.getFirst().status()).isEqualTo(Session.Status.RECOVERED);
    assertThat(sessions.getFirst().texts().failureReason()).startsWith("RangeError: too far");
    assertThat(sessions.getFirst().usage().totalTokens()).isEqualTo(10);
  }

  @Test
  void sameAgent_calledByItselfAsATool() {
    List<Session> sessions =
        fold(
            agent("outer", null).at(0, 9).with(GenAi.AGENT_NAME, "Support"),
            tool("ask", "outer").at(1, 8),
            agent("inner", "ask").at(2, 7).with(GenAi.AGENT_NAME, "Support"));

    assertThat(sessions).extracting(Session::parentSessionId).containsExactly(null, id("outer"));
  }

  @Test
  void subAgent_failed() {
    List<Session> sessions =
        fold(
            agent("desk", null),
            tool("ask", "desk"),
            agent("sub", "ask").failed("IllegalStateException", "no stock"));

    assertThat(sessions)
        .extracting(Session::status)
        .containsExactly(Session.Status.RECOVERED, Session.Status.FAILED);
  }

  @Test
  void status_failed() {
    Session session =
        only(
            agent("desk", null).failed("ToolTimeout", "check_order timed out after 30 s"),
            tool("check_order", "desk").failed("ToolTimeout", "check_order timed out after 30 s"));

    assertThat(session.status()).isEqualTo(Session.Status.FAILED);
    assertThat(session.texts().failureReason())
        .isEqualTo("ToolTimeout: check_order timed out after 30 s");
  }

  @Test
  void status_failedWithoutAWord() {
    Session session = only(agent("desk", null).status(SpanStatus.error("internal_error")));

    assertThat(session.status()).isEqualTo(Session.Status.FAILED);
    assertThat(session.texts().failureReason()).isEqualTo("failed without a reason");
  }

  @Test
  void status_recovered() {
    Session session =
        only(
            agent("desk", null).at(0, 900),
            tool("look", "desk").at(10, 20).failed("TypeError", "x is undefined"),
            tool("find", "desk").at(30, 40).with(GenAi.TOOL_SUCCESS, false),
            chat("one", "desk").at(50, 60).with(GenAi.RESPONSE_TEXT, "Sorry."));

    assertThat(session.status()).isEqualTo(Session.Status.RECOVERED);
    assertThat(session.steps()).isEqualTo(new Session.Steps(3, 2));
    assertThat(session.texts().failureReason()).isEqualTo("TypeError: x is undefined (in look)");
    assertThat(session.texts().output()).isEqualTo("Sorry.");
  }

  @Test
  void status_okWithoutAnAnswerAfterAFailedCall() {
    Session failed =
        only(
            agent("desk", null),
            chat("one", "desk").with(GenAi.RESPONSE_FINISH_REASONS, "[\"error\"]"));
    Session retried =
        only(
            agent("desk", null).at(0, 900),
            chat("one", "desk").at(1, 2).with(GenAi.RESPONSE_FINISH_REASONS, "[\"error\"]"),
            chat("two", "desk").at(3, 4).with(GenAi.RESPONSE_FINISH_REASONS, "[\"stop\"]"));

    assertThat(failed.status()).isEqualTo(Session.Status.FAILED);
    assertThat(failed.texts().failureReason()).contains("finish reason error");
    assertThat(retried.status()).isEqualTo(Session.Status.RECOVERED);
  }

  @Test
  void status_cancelled() {
    assertThat(
            Stream.of(
                agent("a", null).status(SpanStatus.CANCELLED),
                agent("b", null).with("output", "{\"status\":\"aborted\"}"),
                agent("c", null).failed("java.util.concurrent.CancellationException", "stopped")))
        .extracting(span -> only(span).status())
        .containsOnly(Session.Status.CANCELLED);
    assertThat(only(agent("b", null).with("output", "{\"status\":\"aborted\"}")).texts().output())
        .isNull();
  }

  @Test
  void status_blockedByAGuard() {
    Session session =
        only(
            agent("desk", null)
                .with(
                    "output",
                    "{\"tripwire\":{\"reason\":\"violence\",\"processorId\":\"moderation\"}}"));

    assertThat(session.status()).isEqualTo(Session.Status.RECOVERED);
    assertThat(session.texts().failureReason()).isEqualTo("blocked by moderation: violence");
    assertThat(session.texts().output()).isNull();
  }

  @Test
  void status_openUntilNoNewsForTenMinutes() {
    List<SpanData> spans =
        List.of(
            agent("desk", null).at(0, 0).open().build(),
            tool("look", "desk").at(0, 60_000).build());

    assertThat(SessionFold.fold(1, spans, 11 * MINUTE_NANOS).getFirst().status())
        .isEqualTo(Session.Status.RUNNING);
    assertThat(SessionFold.fold(1, spans, 11 * MINUTE_NANOS + 1).getFirst().status())
        .isEqualTo(Session.Status.LOST);
  }

  @Test
  void clocks_thatContradictEachOther_areSaidSo() {
    Session agree =
        only(agent("desk", null).at(5_000, 9_000), tool("look", "desk").at(4_500, 6_000));
    Session inside =
        only(agent("desk", null).at(5_000, 9_000), tool("look", "desk").at(1_000, 1_200));
    Session back = only(agent("desk", null).at(9_000, 6_000));
    Session open = only(agent("desk", null).at(9_000, 0).open());

    assertThat(agree.skewNanos()).isZero();
    assertThat(inside.skewNanos()).isEqualTo(4_000_000_000L);
    assertThat(back.skewNanos()).isEqualTo(3_000_000_000L);
    assertThat(open.skewNanos()).isZero();
  }

  @Test
  void names_fromAnySpanOfTheRun() {
    Session session =
        only(
            agent("desk", null).at(5, 900),
            chat("one", "desk")
                .at(1, 3)
                .with(GenAi.USER_ID, "early")
                .with("deployment.environment.name", "test")
                .with("service.version", "1.2"),
            chat("two", "desk").at(6, 7).with(GenAi.USER_ID, "late"));

    assertThat(session.agentName()).isEqualTo("desk");
    assertThat(session.userId()).isEqualTo("early");
    assertThat(session.environment()).isEqualTo("test");
    assertThat(session.release()).isEqualTo("1.2");
  }

  @Test
  void texts_areCutBetweenCharacters() {
    String waves = "\uD83C\uDF0A".repeat(500);

    String preview = only(agent("desk", null).with("input", waves)).texts().input();

    assertThat(preview).isEqualTo("\uD83C\uDF0A".repeat(199) + "…");
  }

  private static Session only(AgentSpans... spans) {
    List<Session> sessions = fold(spans);
    assertThat(sessions).hasSize(1);
    return sessions.getFirst();
  }

  private static List<Session> fold(AgentSpans... spans) {
    return SessionFold.fold(1, Stream.of(spans).map(AgentSpans::build).toList(), 0);
  }
}
