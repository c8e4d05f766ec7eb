package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleSpansTest {

  private static final long TIMEOUT = 100;

  private final Recorded recorded = new Recorded();
  private final IdleSpans spans = new IdleSpans(Duration.ofNanos(TIMEOUT));
  private final List<RecordedSpan> open = new ArrayList<>();
  private final RecordedSpan run = start(null);
  private final long began = run.startNanos();

  @AfterEach
  void close() {
    recorded.close();
  }

  private RecordedSpan start(@Nullable Span parent) {
    SpanOptions options = SpanOptions.agentRun("agent").parent(parent);
    RecordedSpan span = (RecordedSpan) recorded.onlooker.startInactiveSpan(options);
    open.add(span);
    return span;
  }

  private void watch(RecordedSpan span, long now) {
    spans.watch(span, () -> {}, now);
  }

  @Test
  void idle_afterTheTimeout() {
    watch(run, began);

    assertThat(spans.idle(open, began + TIMEOUT)).isEmpty();
    assertThat(spans.idle(open, began + TIMEOUT + 1)).containsExactly(run);
    assertThat(spans.lastNews(run)).isEqualTo(began);
  }

  @Test
  void idle_notWatched() {
    assertThat(spans.idle(open, began + 1_000_000)).isEmpty();
  }

  @Test
  void idle_newsBelowIsNewsOfAllAbove() {
    watch(run, began);
    RecordedSpan child = start(run);
    RecordedSpan grandchild = start(child);
    open.remove(child);
    open.remove(grandchild);

    spans.news(grandchild, began + 50);

    assertThat(spans.idle(open, began + 150)).isEmpty();
    assertThat(spans.idle(open, began + 151)).containsExactly(run);
    assertThat(spans.lastNews(run)).isEqualTo(began + 50);
  }

  @Test
  void idle_whatIsSaidAboutTheSpanIsNews() {
    watch(run, began);
    assertThat(spans.idle(open, began + 90)).isEmpty();

    run.setAttribute("progress", 0.5);

    assertThat(spans.idle(open, began + 110)).isEmpty();
    assertThat(spans.idle(open, began + 211)).containsExactly(run);
  }

  @Test
  void idle_waitsForASpanWhoseEndIsCertain() {
    watch(run, began);
    RecordedSpan tool = start(start(run));

    assertThat(spans.idle(open, began + 1_000)).isEmpty();

    open.remove(tool);
    open.remove(tool.parent());
    assertThat(spans.idle(open, began + 1_000)).containsExactly(run);
  }

  @Test
  void idle_innermostFirst() {
    RecordedSpan child = start(run);
    RecordedSpan grandchild = start(child);
    open.forEach(span -> watch(span, began));

    assertThat(spans.idle(open, grandchild.startNanos() + TIMEOUT + 1))
        .containsExactly(grandchild, child, run);
  }

  @Test
  void idle_endedByItsOwner() {
    watch(run, began);

    assertThat(spans.remove(run)).isNotNull();

    assertThat(spans.remove(run)).isNull();
    assertThat(spans.idle(open, began + 1_000)).isEmpty();
    assertThat(spans.all()).isEmpty();
  }

  @Test
  void endWhenIdle_endsWhatNobodyEnds() throws Exception {
    Recorded quick = new Recorded(options -> options.idleTimeout(Duration.ofMillis(20)));
    CountDownLatch forgotten = new CountDownLatch(1);
    Span span =
        quick.onlooker.startInactiveSpan(
            SpanOptions.workflowRun("orders").endWhenIdle(forgotten::countDown));

    assertThat(forgotten.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(quick.span().status()).isEqualTo(SpanStatus.ABANDONED);
    assertThat(quick.span().endNanos()).isGreaterThanOrEqualTo(quick.span().startNanos());
    assertThat(span.recording()).isFalse();
    quick.close();
  }

  @Test
  void endWhenIdle_whatWasSaidStays() throws Exception {
    Recorded quick = new Recorded(options -> options.idleTimeout(Duration.ofMillis(20)));
    CountDownLatch forgotten = new CountDownLatch(1);
    quick
        .onlooker
        .startInactiveSpan(SpanOptions.workflowRun("orders").endWhenIdle(forgotten::countDown))
        .recordException(new IllegalStateException("no stock"));

    assertThat(forgotten.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(quick.span().status()).isEqualTo(SpanStatus.error("no stock"));
    quick.close();
  }

  @Test
  void endWhenIdle_lastWords() throws Exception {
    Recorded quick = new Recorded(options -> options.idleTimeout(Duration.ofMillis(20)));
    BlockingQueue<Span> started = new ArrayBlockingQueue<>(1);
    CountDownLatch said = new CountDownLatch(1);
    Runnable lastWords =
        () -> {
          started.remove().setStatus(SpanStatus.error("stock unknown"));
          said.countDown();
        };

    started.add(
        quick.onlooker.startInactiveSpan(SpanOptions.named("orders").endWhenIdle(lastWords)));

    assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(quick.span().status()).isEqualTo(SpanStatus.error("stock unknown"));
    quick.close();
  }

  @Test
  void endWhenIdle_endedByItsOwner() {
    AtomicInteger forgotten = new AtomicInteger();
    SpanOptions options = SpanOptions.workflowRun("orders").endWhenIdle(forgotten::incrementAndGet);
    recorded.onlooker.startInactiveSpan(options).end();

    recorded.close();

    assertThat(forgotten).hasValue(0);
  }

  @Test
  void endWhenIdle_openAtShutdown() {
    AtomicInteger forgotten = new AtomicInteger();
    SpanOptions options = SpanOptions.workflowRun("orders").endWhenIdle(forgotten::incrementAndGet);
    recorded.onlooker.startInactiveSpan(options);

    recorded.close();

    assertThat(forgotten).hasValue(1);
    assertThat(recorded.events.get(recorded.events.size() - 1).span().status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "open at shutdown"));
  }

  @Test
  void endWhenIdle_forgettingFails() throws Exception {
    Recorded quick = new Recorded(options -> options.idleTimeout(Duration.ofMillis(20)));
    CountDownLatch forgotten = new CountDownLatch(2);
    SpanOptions options =
        SpanOptions.workflowRun("orders")
            .endWhenIdle(() -> {
              forgotten.countDown();
              throw new IllegalStateException("ours");
            });
    quick.onlooker.startInactiveSpan(options);
    quick.onlooker.startInactiveSpan(options);

    assertThat(forgotten.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(quick.spans()).hasSize(2);
    quick.close();
  }

  @Test
  void idleTimeout_notPositive() {
    assertThatThrownBy(() -> new Recorded(options -> options.idleTimeout(Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("idleTimeout: PT0S (expected: above zero)");
  }
}
