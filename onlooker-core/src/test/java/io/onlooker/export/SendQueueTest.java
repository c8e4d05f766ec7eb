package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendQueueTest {

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

  private static Payload payload(int bytes) {
    return Payload.of(Category.SPAN, 1, new byte[bytes]);
  }
}
