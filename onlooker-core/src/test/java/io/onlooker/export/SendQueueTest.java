package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Timeout(30)
class SendQueueTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final SendQueue queue = new SendQueue(100);

  @Test
  void exhausted_notWhileSomethingThatCameBeforeTheCloseWaits() throws InterruptedException {
    assertThat(queue.take(1)).isNull();

    queue.offer(payload(10));
    queue.close();

    assertThat(queue.exhausted()).isFalse();
    assertThat(queue.take(1)).isNotNull();
    assertThat(queue.exhausted()).isTrue();
  }

  @Test
  void offer_beyondTheBytesOrAfterTheClose_isRefused() {
    assertThat(queue.offer(payload(90))).isTrue();
    assertThat(queue.offer(payload(20))).isFalse();

    queue.close();

    assertThat(queue.offer(payload(1))).isFalse();
  }

  @Test
  void awaitSettled_neverWaitsForWhatCameLater() throws InterruptedException {
    queue.offer(payload(1));
    assertThat(queue.awaitSettled(0)).isFalse();
    queue.take(1);
    queue.offer(payload(1));
    assertThat(queue.awaitSettled(0)).isFalse();

    FutureTask<Boolean> flush = new FutureTask<>(() -> queue.awaitSettled(HOUR));
    Thread thread = new Thread(flush);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    queue.done();
    queue.take(1);
    queue.offer(payload(1));
    queue.done();

    assertThat(get(flush)).isTrue();
    assertThat(queue.awaitSettled(0)).isFalse();
  }

  @Test
  void awaitSettled_ofWhatIsGivenUp() throws InterruptedException {
    queue.offer(payload(1));

    queue.close();
    assertThat(queue.poll()).isNotNull();

    assertThat(queue.awaitSettled(0)).isTrue();
  }

  private static boolean get(FutureTask<Boolean> task) {
    try {
      return task.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("awaitSettled: still waiting (expected: true)", e);
    }
  }

  private static Payload payload(int bytes) {
    return Payload.of(Category.SPAN, 1, new byte[bytes]);
  }
}
