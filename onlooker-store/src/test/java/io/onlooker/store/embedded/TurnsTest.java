package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void take_whenNoneIsFree_waitsForOne() throws Exception {
    Turns turns = new Turns(1, LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean firstIsDone = new AtomicBoolean();
      threads.execute(() ->
          turns.take(_ -> {
            untilTheEnd();
            firstIsDone.set(true);
            return true;
          }));
      begun.await();
      Callable<Boolean> asking = () -> turns.take(_ -> firstIsDone.get());
      Future<Boolean> second = threads.submit(asking);

      end.countDown();

      assertThat(second.get()).isTrue();
    }
  }

  @Test
  void takeAll_whenOneIsTaken_waitsForIt() throws Exception {
    Turns turns = new Turns(2, LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean firstIsDone = new AtomicBoolean();
      threads.execute(() ->
          turns.take(_ -> {
            untilTheEnd();
            firstIsDone.set(true);
            return true;
          }));
      begun.await();
      Callable<Boolean> asking = () -> turns.takeAll(_ -> firstIsDone.get());
      Future<Boolean> second = threads.submit(asking);

      end.countDown();

      assertThat(second.get()).isTrue();
    }
    Integer answer = turns.takeAll(_ -> 1);
    assertThat(answer).isEqualTo(1);
  }

  @Test
  void take_whenNoneIsFreeInTime() throws Exception {
    Turns turns = new Turns(1, Duration.ofMillis(5));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> turns.take(_ -> untilTheEnd()));
      begun.await();

      assertThatThrownBy(() -> turns.take(_ -> 1))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.LIMIT))
          .hasMessageContaining("5 ms");

      end.countDown();
    }
  }

  @Test
  void take_interrupted() {
    Turns turns = new Turns(1, LONG);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> turns.take(_ -> 1)).hasMessageContaining("cancelled");

    assertThat(Thread.interrupted()).isTrue();
    Integer answer = turns.take(_ -> 1);
    assertThat(answer).isEqualTo(1);
  }

  @Test
  void take_afterOneThatFailed() {
    Turns turns = new Turns(1, LONG);

    assertThatThrownBy(() ->
            turns.take(_ -> {
              throw new IllegalStateException("failed");
            }))
        .hasMessage("failed");

    Integer answer = turns.take(_ -> 1);
    assertThat(answer).isEqualTo(1);
  }

  private boolean untilTheEnd() {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }
}
