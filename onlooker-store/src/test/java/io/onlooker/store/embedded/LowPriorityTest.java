package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LowPriorityTest {

  @Test
  void run_onAThreadThatLetsOthersGoFirst() throws IOException {
    Thread thread = LowPriority.run("aside", Thread::currentThread);

    assertThat(thread.getName()).isEqualTo("aside");
    assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void run_throwsWhatTheWorkThrows() {
    IOException full = new IOException("disk full");
    Error error = new AssertionError("wrong");

    assertThatThrownBy(() -> LowPriority.run("aside", throwing(full))).isSameAs(full);
    assertThatThrownBy(() -> LowPriority.run("aside", throwing(error))).isSameAs(error);
    assertThatThrownBy(() -> LowPriority.run("aside", throwing(new InterruptedException())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("aside failed");
  }

  @Test
  void run_interrupted_interruptsTheWorkAndWaitsForItsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                LowPriority.run("aside", () -> untilInterrupted(begun, ended));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              stillInterrupted.set(ended.get() && Thread.currentThread().isInterrupted());
            });

    begun.await();
    caller.interrupt();
    caller.join();

    assertThat(stillInterrupted).isTrue();
  }

  private static boolean untilInterrupted(CountDownLatch begun, AtomicBoolean ended)
      throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.sleep(50);
      ended.set(true);
    }
    return true;
  }

  private static Callable<String> throwing(Throwable failure) {
    return () -> {
      switch (failure) {
        case Exception e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(failure);
      }
    };
  }
}
