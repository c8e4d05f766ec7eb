package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    onlooker.setUser((String) null);
    recorded.close();
  }

  @Test
  void setUser_withinAPieceOfWork() {
    onlooker.runSpan(
        SpanOptions.named("request"),
        span -> {
          onlooker.setUser("user-42");
          onlooker.startSpan("query", inner -> 1);
          onlooker.logger().info("asked");
        });
    onlooker.startSpan("next request", span -> 1);

    assertThat(recorded.span("request").attributes().get("user.id")).isEqualTo("user-42");
    assertThat(recorded.span("query").attributes().get("user.id")).isEqualTo("user-42");
    assertThat(recorded.logs().get(0).attributes().get("user.id")).isEqualTo("user-42");
    assertThat(recorded.span("next request").attributes().isEmpty()).isTrue();
  }

  @Test
  void setUser_outsideHoldsForTheThread() throws InterruptedException {
    onlooker.setUser(Attributes.of(Map.of("user.id", "cli", "user.email", "cli@example.com")));
    onlooker.startSpan("here", span -> 1);
    Thread other = new Thread(() -> onlooker.startSpan("elsewhere", span -> 1));
    other.start();
    other.join();
    onlooker.setUser((String) null);
    onlooker.startSpan("after", span -> 1);

    assertThat(recorded.span("here").attributes().toMap())
        .containsOnly(entry("user.id", "cli"), entry("user.email", "cli@example.com"));
    assertThat(recorded.span("elsewhere").attributes().isEmpty()).isTrue();
    assertThat(recorded.span("after").attributes().isEmpty()).isTrue();
  }

  @Test
  void isolate_keepsWhatIsSaidWithin() {
    onlooker.setUser("outer");
    onlooker.isolate(() -> {
      onlooker.setUser("inner");
      return onlooker.startSpan("within", span -> 1);
    });
    onlooker.startSpan("after", span -> 1);

    assertThat(recorded.span("within").attributes().get("user.id")).isEqualTo("inner");
    assertThat(recorded.span("after").attributes().get("user.id")).isEqualTo("outer");
  }

  @Test
  void continueTrace_startsWithoutAUser() {
    onlooker.setUser("left over");
    onlooker.continueTrace(Map.of(), () -> onlooker.startSpan("request", span -> 1));

    assertThat(recorded.span().attributes().isEmpty()).isTrue();
  }

  @Test
  void setConversationId_onSpansAboutModelsOnly() {
    onlooker.runSpan(
        SpanOptions.named("request"),
        span -> {
          onlooker.setConversationId("conv-1");
          onlooker.startSpan(SpanOptions.agentRun("support"), run -> 1);
          onlooker.startSpan(SpanOptions.named("chat").op("gen_ai.request"), chat -> 1);
          onlooker.startSpan(SpanOptions.named("query").op("db"), query -> 1);
        });

    assertThat(recorded.span("invoke_agent support").attributes().get("gen_ai.conversation.id"))
        .isEqualTo("conv-1");
    assertThat(recorded.span("chat").attributes().get("gen_ai.conversation.id"))
        .isEqualTo("conv-1");
    assertThat(recorded.span("query").attributes().isEmpty()).isTrue();
    assertThat(recorded.span("request").attributes().isEmpty()).isTrue();
  }

  @Test
  void captureException_withChainAndBreadcrumbs() {
    onlooker.addBreadcrumb("clicked", Map.of("category", "ui", "x", 3));
    Exception cause = new IllegalArgumentException("no such order");
    String id =
        onlooker.startSpan(
            "request",
            span -> onlooker.captureException(new IllegalStateException("failed", cause)));

    ErrorData error = recorded.errors().get(0);
    assertThat(id).matches("[0-9a-f]{32}").isEqualTo(error.eventId());
    assertThat(error.traceId()).isEqualTo(recorded.span().traceId());
    assertThat(error.spanId()).isEqualTo(recorded.span().spanId());
    assertThat(error.level()).isEqualTo(LogData.Level.ERROR);
    assertThat(error.exceptions())
        .extracting(ErrorData.ExceptionData::value)
        .containsExactly("failed", "no such order");
    assertThat(error.exceptions().get(0).handled()).isTrue();
    assertThat(error.breadcrumbs()).hasSize(1);
    assertThat(error.breadcrumbs().get(0).name()).isEqualTo("clicked");
    assertThat(error.breadcrumbs().get(0).attributes().toMap())
        .containsOnly(entry("category", "ui"), entry("x", 3L));
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void captureMessage_outsideOfAnySpan() {
    onlooker.captureMessage("disk almost full", LogData.Level.WARN);

    ErrorData error = recorded.errors().get(0);
    assertThat(error.message()).isEqualTo("disk almost full");
    assertThat(error.level()).isEqualTo(LogData.Level.WARN);
    assertThat(error.traceId()).isNull();
    assertThat(error.exceptions()).isEmpty();
  }

  @Test
  void breadcrumbs_theLastHundred() {
    for (int i = 0; i < 130; i++) {
      onlooker.addBreadcrumb("step " + i, Map.of());
    }
    onlooker.captureMessage("end", LogData.Level.INFO);

    assertThat(recorded.errors().get(0).breadcrumbs()).hasSize(100);
    assertThat(recorded.errors().get(0).breadcrumbs().get(0).name()).isEqualTo("step 30");
  }
}
