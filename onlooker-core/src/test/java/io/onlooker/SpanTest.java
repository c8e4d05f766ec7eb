package io.onlooker;

import static io.onlooker.TracingEvent.Kind.SPAN_ENDED;
import static io.onlooker.TracingEvent.Kind.SPAN_STARTED;
import static io.onlooker.TracingEvent.Kind.SPAN_UPDATED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void startSpan_returnsWhatTheBodyReturns() {
    String result = onlooker.startSpan("Checkout", span -> "order-1");

    assertThat(result).isEqualTo("order-1");
    SpanSnapshot span = recorded.span();
    assertThat(span.name()).isEqualTo("Checkout");
    assertThat(span.type()).isEqualTo(SpanType.GENERIC);
    assertThat(span.root()).isTrue();
    assertThat(span.parentSpanId()).isNull();
    assertThat(span.traceId()).matches("[0-9a-f]{32}");
    assertThat(span.spanId()).matches("[0-9a-f]{16}");
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
  }

  @Test
  void startSpan_attributes() {
    SpanOptions options =
        SpanOptions.named("Checkout").op("ui.action").attribute("cart.item_count", 3);
    onlooker.runSpan(options, span -> span.setAttribute("order.id", "o-1"));

    SpanSnapshot span = recorded.span();
    assertThat(span.op()).isEqualTo("ui.action");
    assertThat(span.attributes().toMap())
        .containsExactly(Map.entry("cart.item_count", 3L), Map.entry("order.id", "o-1"));
  }

  @Test
  void startSpan_nested() {
    onlooker.runSpan(
        SpanOptions.named("outer"),
        outer -> onlooker.runSpan(SpanOptions.named("inner"), inner -> {}));

    SpanSnapshot outer = recorded.span("outer");
    SpanSnapshot inner = recorded.span("inner");
    assertThat(inner.parentSpanId()).isEqualTo(outer.spanId());
    assertThat(inner.traceId()).isEqualTo(outer.traceId());
    assertThat(inner.root()).isFalse();
  }

  @Test
  void startSpan_afterAnother_isAnotherTrace() {
    onlooker.startSpan("first", span -> 1);
    onlooker.startSpan("second", span -> 2);

    assertThat(recorded.span("first").traceId()).isNotEqualTo(recorded.span("second").traceId());
  }

  @Test
  void startSpan_checkedExceptionPassesUnchanged() {
    IOException thrown = new IOException("disk full");

    assertThatThrownBy(() -> failing(thrown)).isSameAs(thrown);

    SpanSnapshot span = recorded.span();
    assertThat(span.status()).isEqualTo(SpanStatus.error("disk full"));
    ErrorInfo error = requireNonNull(span.error());
    assertThat(error.type()).isEqualTo("java.io.IOException");
    assertThat(error.message()).isEqualTo("disk full");
    assertThat(error.exceptions().get(0).frames().get(0).function())
        .contains("startSpan_checkedExceptionPassesUnchanged");
  }

  // Compiles only if the type of the checked exception survives.
  private void failing(IOException thrown) throws IOException {
    onlooker.startSpan(
        "failing",
        span -> {
          throw thrown;
        });
  }

  @Test
  void startSpan_ownStatusOutlivesTheException() {
    assertThatThrownBy(() ->
            onlooker.startSpan(
                "search",
                span -> {
                  span.setStatus(SpanStatus.Code.ERROR, "internal_error");
                  throw new IllegalStateException("no index");
                }))
        .hasMessage("no index");

    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("internal_error"));
  }

  @Test
  void startSpan_cancelled() {
    assertThatThrownBy(() ->
            onlooker.startSpan(
                "search",
                span -> {
                  throw new CancellationException("typed on");
                }))
        .isInstanceOf(CancellationException.class);

    assertThat(recorded.span().status()).isEqualTo(SpanStatus.CANCELLED);
    assertThat(recorded.span().error()).isNull();
  }

  @Test
  void setStatus_errorSayingCancelled() {
    onlooker.runSpan(
        SpanOptions.named("search"), span -> span.setStatus(SpanStatus.Code.ERROR, "cancelled"));

    assertThat(recorded.span().status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "cancelled"));
  }

  @Test
  void events_areWhatWasKnownThen() {
    Span span = onlooker.startInactiveSpan(SpanOptions.named("job").attribute("a", 1));
    span.setAttribute("b", 2).output("half");
    span.update();
    span.setAttribute("c", 3).setName("big job").setStatus(SpanStatus.OK).output("whole");
    span.end();

    SpanSnapshot started = recorded.of(SPAN_STARTED).get(0);
    assertThat(started.attributes().toMap()).containsOnlyKeys("a");
    assertThat(started.output()).isNull();
    assertThat(started.endNanos()).isEqualTo(SpanData.OPEN);
    SpanSnapshot updated = recorded.of(SPAN_UPDATED).get(0);
    assertThat(updated.attributes().toMap()).containsOnlyKeys("a", "b");
    assertThat(updated.output()).isEqualTo("half");
    assertThat(updated.name()).isEqualTo("job");
    SpanSnapshot ended = recorded.of(SPAN_ENDED).get(0);
    assertThat(ended.attributes().toMap()).containsOnlyKeys("a", "b", "c");
    assertThat(ended.name()).isEqualTo("big job");
    assertThat(ended.status()).isEqualTo(SpanStatus.OK);
    assertThat(ended.output()).isEqualTo("whole");
  }

  @Test
  void end_twice() {
    Span span = onlooker.startInactiveSpan("job");
    span.end();
    span.end();
    span.setAttribute("late", true).setStatus(SpanStatus.OK);
    span.update();

    assertThat(recorded.span().attributes().isEmpty()).isTrue();
    assertThat(recorded.events).hasSize(2);
    assertThat(span.recording()).isFalse();
  }

  @Test
  void end_atAMoment() {
    Instant start = Instant.parse("2026-03-01T10:00:00.000000001Z");
    Span span = onlooker.startInactiveSpan(SpanOptions.named("import").startedAt(start));
    span.end(start.plusMillis(1500));

    assertThat(recorded.span().startNanos()).isEqualTo(1772359200_000_000_001L);
    assertThat(recorded.span().endNanos()).isEqualTo(1772359201_500_000_001L);
  }

  @Test
  void startInactiveSpan_isNotCurrent() {
    Span span = onlooker.startInactiveSpan("background");

    assertThat(onlooker.currentSpan().recording()).isFalse();
    assertThat(onlooker.<Span, RuntimeException>withSpan(span, s -> onlooker.currentSpan()))
        .isSameAs(span);
    span.end();
  }

  @Test
  void parent_givenBeatsCurrent() {
    Span far = onlooker.startInactiveSpan("far");
    onlooker.runSpan(
        SpanOptions.named("near"),
        near -> onlooker.startInactiveSpan(SpanOptions.named("child").parent(far)).end());
    far.startChild(SpanOptions.named("other child")).end();
    far.end();

    assertThat(recorded.span("child").parentSpanId()).isEqualTo(far.spanId());
    assertThat(recorded.span("other child").parentSpanId()).isEqualTo(far.spanId());
  }

  @Test
  void child_afterItsParentEnded() {
    Span parent = onlooker.startInactiveSpan("parent");
    parent.end();
    parent.startChild(SpanOptions.named("late")).end();

    assertThat(recorded.span("late").parentSpanId()).isEqualTo(parent.spanId());
  }

  @Test
  void event_isAMomentWithoutAStart() {
    onlooker.runSpan(
        SpanOptions.named("job"), span -> span.event("cache miss", Map.of("key", "k1")));

    SpanSnapshot event = recorded.span("cache miss");
    assertThat(event.event()).isTrue();
    assertThat(event.endNanos()).isEqualTo(event.startNanos());
    assertThat(event.parentSpanId()).isEqualTo(recorded.span("job").spanId());
    assertThat(event.attributes().get("key")).isEqualTo("k1");
    assertThat(recorded.of(SPAN_STARTED)).extracting(SpanSnapshot::name).containsExactly("job");
  }

  @Test
  void error_inOnesOwnWords() {
    ErrorInfo info =
        new ErrorInfo("declined", "card declined", "PAY-7", "payments", "USER", List.of());
    onlooker.runSpan(SpanOptions.named("pay"), span -> span.error(info));

    assertThat(recorded.span().error()).isEqualTo(info);
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("card declined"));
  }

  @Test
  void metadata_isInherited() {
    Span root = onlooker.startInactiveSpan(SpanOptions.named("root").metadata("runId", "r-1"));
    root.metadata("plan", "pro");
    Span child = root.startChild(SpanOptions.named("child").metadata("own", 1));
    root.metadata("late", true);
    child.end();
    root.end();

    assertThat(recorded.span("child").metadata())
        .containsExactly(Map.entry("runId", "r-1"), Map.entry("plan", "pro"), Map.entry("own", 1));
    assertThat(recorded.span("root").metadata()).containsOnlyKeys("runId", "plan", "late");
    assertThat(recorded.of(SPAN_STARTED).get(0).metadata()).containsOnlyKeys("runId");
  }

  @Test
  void facts_ofOtherThreadsKeepTheirPlace() {
    Span span = onlooker.startInactiveSpan("job");
    span.setAttribute("who", "owner").setAttribute("step", 1);
    CompletableFuture.runAsync(() -> span.setAttribute("step", 2).output("theirs")).join();
    span.setAttribute("step", 3);
    CompletableFuture.runAsync(() -> span.setAttribute("who", "other")).join();
    CompletableFuture.runAsync(span::end).join();

    assertThat(recorded.span().attributes().toMap())
        .containsOnly(Map.entry("step", 3L), Map.entry("who", "other"));
    assertThat(recorded.span().output()).isEqualTo("theirs");
  }

  @Test
  void attributes_moreThanUsual() {
    Span span = onlooker.startInactiveSpan("wide");
    for (int i = 0; i < 500; i++) {
      span.setAttribute("key." + i, i);
    }
    span.end();

    assertThat(recorded.span().attributes().size()).isEqualTo(500);
    assertThat(recorded.span().attributes().get("key.499")).isEqualTo(499L);
    assertThat(recorded.of(SPAN_STARTED).get(0).attributes().isEmpty()).isTrue();
  }
}
