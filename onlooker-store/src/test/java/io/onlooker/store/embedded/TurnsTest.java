package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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

    assertWaits(turns, question -> turns.take(_ -> question.getAsBoolean()));
  }

  @Test
  void takeAll_whenOneIsTaken_waitsForIt() throws Exception {
    Turns turns = new Turns(2, LONG);

    assertWaits(turns, question -> turns.takeAll(_ -> question.getAsBoolean()));

    Integer answer = turns.takeAll(_ -> 1);
    assertThat(answer).isEqualTo(1);
  }

  /** What is asked in this way is answered after one that has a turn. */
  private void assertWaits(Turns turns, Predicate<BooleanSupplier> asked) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean firstIsDone = new AtomicBoolean();
      threads.execute(() ->
          turns.take(_ -> {
            untilTheEnd();
            firstIsDone.set(true);
            return true;
          }));
      begun.await();
      Future<Boolean> second = threads.submit(() -> asked.test(firstIsDone::get));

      end.countDown();

      assertThat(second.get()).isTrue();
    }
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
