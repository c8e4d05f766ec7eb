package io.onlooker.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every exporter over HTTP must do. Extend it, say how to open the exporter, and the cases run
 * against a real server on the loopback.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
public abstract class ExporterContract {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private CaptureServer receiver;
  private Exporter exporter;
  private Onlooker onlooker;

  /** Opens an exporter that sends there, with the smallest queue it can have. */
  protected abstract Exporter exporter(CaptureServer receiver);

  /** What the exporter counts. */
  protected abstract ExportMetrics metrics(Exporter exporter);

  /** How many spans of 4 KiB overflow the exporter's queue while its receiver does not answer. */
  protected int spansThatOverflow() {
    return 1_000;
  }

  @BeforeEach
  void open() {
    receiver = CaptureServer.start();
    exporter = exporter(receiver);
    onlooker = Onlooker.create(options -> options.exporter(exporter));
  }

  @AfterEach
  void close() {
    onlooker.shutdown(Duration.ofMillis(200));
    receiver.close();
  }

  private void record(String word) {
    onlooker.runSpan(
        SpanOptions.agentRun("support").attribute("order.id", word),
        agent ->
            onlooker.runSpan(SpanOptions.toolCall("search"), tool -> tool.output("found " + word)));
  }

  @Test
  void spans_arrive() {
    record("order-4711");

    assertThat(onlooker.flush(PATIENCE)).isTrue();
    String text = receiver.take(PATIENCE).text();
    assertThat(text).contains("order-4711", "search", "support");
    assertThat(metrics(exporter).sent()).isPositive();
    assertThat(metrics(exporter).dropped()).isZero();
  }

  @Test
  void flush_keepsWorking() {
    record("first");
    onlooker.flush(PATIENCE);
    record("second");
    onlooker.flush(PATIENCE);

    assertThat(receiver.take(PATIENCE).text()).contains("first");
    assertThat(receiver.take(PATIENCE).text()).contains("second");
  }

  @Test
  void shutdown_sendsWhatWaits() {
    record("order-4711");

    assertThat(onlooker.shutdown(PATIENCE)).isTrue();
    assertThat(receiver.take(PATIENCE).text()).contains("order-4711");
  }

  @Test
  void shutdown_endsOpenSpans() {
    Span span = onlooker.startInactiveSpan(SpanOptions.agentRun("support"));
    span.setAttribute("order.id", "left-open");

    onlooker.shutdown(PATIENCE);

    assertThat(receiver.take(PATIENCE).text()).contains("left-open");
  }

  @Test
  void shutdown_twiceAndUseAfterwards() {
    exporter.shutdown(PATIENCE);

    assertThatCode(
            () -> {
              record("too late");
              onlooker.flush(Duration.ofMillis(200));
              exporter.shutdown(Duration.ofMillis(200));
            })
        .doesNotThrowAnyException();
    assertThat(receiver.waiting()).isEmpty();
  }

  @Test
  void receiver_refuses() {
    receiver.answer(400, Map.of());
    record("refused");

    onlooker.flush(PATIENCE);

    assertThat(receiver.take(PATIENCE).text()).contains("refused");
    assertThat(metrics(exporter).dropped(Drop.REFUSED)).isPositive();
    assertThat(metrics(exporter).sent()).isZero();
  }

  /** Some protocols say to drop, others to wait: neither sends before the time is over. */
  @Test
  void receiver_saysSlowDown() {
    receiver.answer(429, Map.of("Retry-After", "3600"));
    record("first");
    onlooker.flush(Duration.ofMillis(300));
    receiver.take(PATIENCE);

    record("second");
    onlooker.flush(Duration.ofMillis(300));
    onlooker.shutdown(Duration.ofMillis(300));

    awaitDropped();
    assertThat(receiver.waiting()).isEmpty();
    assertThat(metrics(exporter).sent()).isZero();
  }

  /** A shutdown that ran out of time may count what it gave up a moment later. */
  private void awaitDropped() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (metrics(exporter).dropped() == 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    assertThat(metrics(exporter).dropped()).isPositive();
  }

  @Test
  void receiver_isGone() {
    receiver.close();
    record("lost");

    assertThat(onlooker.flush(Duration.ofMillis(300))).isFalse();
    assertThat(metrics(exporter).sent()).isZero();
  }

  @Test
  void receiver_doesNotAnswer() {
    receiver.hold();
    for (int i = 0; i < spansThatOverflow(); i++) {
      String large = i + "x".repeat(4096);
      onlooker.runSpan(SpanOptions.agentRun("support").input(large), span -> {});
      if (i % 100 == 0) {
        onlooker.flush(Duration.ofMillis(1));
      }
    }
    // A flush whose time is over may still be under way, and must not give up the span below.
    onlooker.flush(Duration.ofSeconds(1));
    record("one that waits, whatever was given up before");

    assertThat(onlooker.flush(Duration.ofMillis(300))).isFalse();
    // Because the queue was full, or because a request was given up: that is the exporter's choice.
    assertThat(metrics(exporter).dropped() + onlooker.metrics().dropped()).isPositive();
  }
}
