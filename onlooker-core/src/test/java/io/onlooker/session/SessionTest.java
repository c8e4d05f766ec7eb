package io.onlooker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.Recorded;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final Recorded recorded = new Recorded();

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void session_everythingSaid() {
    SessionOptions options =
        SessionOptions.named("refund")
            .agentName("customer-support")
            .userId("user-42")
            .conversationId("convo-1")
            .input("Where is my order?")
            .metadata("source", "web-chat")
            .metadata("nothing", null);
    try (Session session = recorded.onlooker.session(options)) {
      session
          .output("On its way")
          .metric("satisfaction", 4.5)
          .success(true)
          .metadata("plan", "pro");
      assertThat(session.closed()).isFalse();
    }

    SpanSnapshot span = recorded.span();
    assertThat(span.type()).isEqualTo(SpanType.AGENT_RUN);
    assertThat(span.entityName()).isEqualTo("customer-support");
    assertThat(span.input()).isEqualTo("Where is my order?");
    assertThat(span.output()).isEqualTo("On its way");
    assertThat(span.metadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("source", "web-chat", "plan", "pro"));
    assertThat(span.attributes().toMap())
        .containsEntry(Session.NAME, "refund")
        .containsEntry(GenAi.USER_ID, "user-42")
        .containsEntry(GenAi.CONVERSATION_ID, "convo-1")
        .containsEntry(Session.METRIC + "satisfaction", 4.5)
        .containsEntry(Session.SUCCESS, true);
    assertThat(span.status().code()).isEqualTo(SpanStatus.Code.UNSET);
  }

  @Test
  void start_knowsWhoAndWhat() {
    recorded.onlooker.session(SessionOptions.named("a").userId("u").conversationId("c")).close();

    assertThat(recorded.of(Kind.SPAN_STARTED).get(0).attributes().toMap())
        .containsEntry(GenAi.USER_ID, "u")
        .containsEntry(GenAi.CONVERSATION_ID, "c")
        .doesNotContainKey(Session.NAME);
  }

  @Test
  void run_spansBelongToIt() {
    Session session = recorded.onlooker.session(SessionOptions.named("a"));
    session.userId("u").conversationId("c").metadata("k", "v");
    session.run(() -> recorded.onlooker.startSpan(SpanOptions.toolCall("search"), span -> "x"));
    session.close();

    SpanSnapshot tool = recorded.span("execute_tool search");
    assertThat(tool.parentSpanId()).isEqualTo(session.id());
    assertThat(tool.attributes().string(GenAi.USER_ID)).isEqualTo("u");
    assertThat(tool.attributes().string(GenAi.CONVERSATION_ID)).isEqualTo("c");
    assertThat(tool.metadata()).containsEntry("k", "v");
  }

  @Test
  void run_leavesNothingBehind() {
    Session session = recorded.onlooker.session(SessionOptions.named("a").userId("u"));
    session.run(() -> "done");
    recorded.onlooker.startSpan("after", span -> "x");
    session.close();

    assertThat(recorded.span("after").parentSpanId()).isNull();
    assertThat(recorded.span("after").attributes().string(GenAi.USER_ID)).isNull();
  }

  @Test
  void parent_makesItNested() {
    Session above = recorded.onlooker.session(SessionOptions.named("router"));
    Session below = recorded.onlooker.session(SessionOptions.named("search").parent(above));
    below.close();
    above.close();

    assertThat(recorded.span("invoke_agent search").parentSpanId()).isEqualTo(above.id());
    assertThat(recorded.span("invoke_agent search").traceId()).isEqualTo(above.span().traceId());
  }

  @Test
  void withoutParent_belowTheCurrentSpan() {
    recorded.onlooker.runSpan(
        SpanOptions.named("request"),
        request -> recorded.onlooker.session(SessionOptions.named("a")).close());

    assertThat(recorded.span("invoke_agent a").parentSpanId())
        .isEqualTo(recorded.span("request").spanId());
  }

  @Test
  void failed_withItsReason() {
    Session session = recorded.onlooker.session(SessionOptions.named("a"));
    session.failed("no stock").close();

    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("no stock"));
  }

  @Test
  void closed_takesNothingMore() {
    Session session = recorded.onlooker.session(SessionOptions.named("a"));
    session.close();
    session.output("late").failed("late").close();

    assertThat(recorded.span().output()).isNull();
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void body_endsByItself() {
    String answer =
        recorded.onlooker.session(
            SessionOptions.named("a"),
            session -> {
              session.output("said");
              return "returned";
            });

    assertThat(answer).isEqualTo("returned");
    assertThat(recorded.span().output()).isEqualTo("said");
  }

  @Test
  void body_exceptionPassesUnchanged() {
    IOException thrown = new IOException("disk");

    assertThatThrownBy(() ->
            recorded.onlooker.session(
                SessionOptions.named("a"),
                session -> {
                  throw thrown;
                }))
        .isSameAs(thrown);
    assertThat(recorded.span().error())
        .extracting(ErrorInfo::type)
        .isEqualTo("java.io.IOException");
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("disk"));
  }

  @Test
  void body_cancelled() {
    assertThatThrownBy(() ->
            recorded.onlooker.session(
                SessionOptions.named("a"),
                session -> {
                  throw new CancellationException();
                }))
        .isInstanceOf(CancellationException.class);

    assertThat(recorded.span().status().code()).isEqualTo(SpanStatus.Code.CANCELLED);
    assertThat(recorded.span().error()).isNull();
  }
}
