package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  /** Holds Onlooker's thread at the first event until told otherwise. */
  private static final class Gate implements Processor {

    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public TracingEvent process(TracingEvent event) {
      reached.countDown();
      await(open);
      return event;
    }

    static void await(CountDownLatch latch) {
      try {
        if (!latch.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("waited: 30 s (expected: less)");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void queueFull_dropsWholeSpansAndCountsThem() {
    Gate gate = new Gate();
    Recorded recorded = new Recorded(options -> options.queueSize(8).processor(gate));
    recorded.onlooker.startInactiveSpan("first").end();
    Gate.await(gate.reached);
    // One start is being delivered; its end and seven more entries fill the ring.
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      spans.add(recorded.onlooker.startInactiveSpan("span " + i));
    }
    spans.forEach(Span::end);
    recorded.onlooker.logger().info("no room");

    gate.open.countDown();

    List<SpanSnapshot> ended = recorded.spans();
    long dropped = recorded.onlooker.metrics().dropped(Drop.QUEUE_FULL);
    assertThat(ended.size() + dropped).isEqualTo(1 + 20 + 1);
    assertThat(dropped).isGreaterThan(10);
    assertThat(recorded.of(TracingEvent.Kind.SPAN_STARTED))
        .extracting(SpanSnapshot::spanId)
        .containsExactlyInAnyOrderElementsOf(ended.stream().map(SpanSnapshot::spanId).toList());
    recorded.close();
  }

  @Test
  void queueFull_theEndOfAnAnnouncedSpanStillArrives() {
    Gate gate = new Gate();
    Recorded recorded = new Recorded(options -> options.queueSize(4).processor(gate));
    Span first = recorded.onlooker.startInactiveSpan("first");
    Gate.await(gate.reached);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      spans.add(recorded.onlooker.startInactiveSpan("span " + i));
    }
    first.setAttribute("last", "word").end();
    spans.forEach(Span::end);

    gate.open.countDown();

    assertThat(recorded.spans()).hasSize(5);
    assertThat(recorded.span("first").attributes().get("last")).isEqualTo("word");
    assertThat(recorded.span("first").endNanos()).isNotEqualTo(SpanData.OPEN);
    assertThat(recorded.onlooker.metrics().dropped()).isZero();
    recorded.close();
  }

  @Test
  void close_withAFullQueueDeliversWhatWasAnnounced() {
    Gate gate = new Gate();
    Recorded recorded = new Recorded(options -> options.queueSize(4).processor(gate));
    Span first = recorded.onlooker.startInactiveSpan("first");
    Gate.await(gate.reached);
    for (int i = 0; i < 4; i++) {
      recorded.onlooker.startInactiveSpan("span " + i);
    }
    first.end();
    gate.open.countDown();

    recorded.close();

    assertThat(recorded.events)
        .filteredOn(event -> event.kind() == TracingEvent.Kind.SPAN_ENDED)
        .hasSize(5);
  }

  @Test
  void openSpans_beyondTheMostAreAbandoned() {
    Recorded recorded = new Recorded(options -> options.queueSize(1_000_000));
    Span first = recorded.onlooker.startInactiveSpan("first");
    for (int i = 0; i < 100_000; i++) {
      recorded.onlooker.startInactiveSpan("open");
    }

    assertThat(recorded.span().name()).isEqualTo("first");
    assertThat(recorded.span().status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "abandoned"));
    assertThat(first.recording()).isFalse();
    recorded.close();
  }

  @Test
  void spans_arriveWithoutAFlush() throws Exception {
    CountDownLatch arrived = new CountDownLatch(10_000);
    Processor counting =
        new Processor() {
          @Override
          public TracingEvent process(TracingEvent event) {
            arrived.countDown();
            return event;
          }
        };
    Recorded recorded = new Recorded(options -> options.processor(counting));

    for (int i = 0; i < 5000; i++) {
      recorded.onlooker.startInactiveSpan("span").end();
    }

    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(recorded.onlooker.metrics().dropped()).isZero();
    recorded.close();
  }

  @Test
  void thread_survivesWantOfMemory() {
    Processor greedy =
        new Processor() {
          @Override
          public LogData process(LogData log) {
            throw new OutOfMemoryError("no memory");
          }
        };
    Recorded recorded = new Recorded(options -> options.processor(greedy));

    recorded.onlooker.logger().info("too much");
    recorded.onlooker.startInactiveSpan("after").end();

    assertThat(recorded.span().name()).isEqualTo("after");
    assertThat(recorded.onlooker.metrics().dropped(Drop.PROCESSOR_FAILED)).isEqualTo(1);
    recorded.close();
  }
}
