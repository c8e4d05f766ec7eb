package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Lets only so many questions be answered at once, since each takes memory of the engine while it
 * is computed; the others wait in the order in which they came. Waiting is part of a question's
 * time.
 */
final class Turns {

  private final int atOnce;
  private final Semaphore free;
  private final Duration time;

  /**
   * @param time that one question may take, waiting included
   */
  Turns(int atOnce, Duration time) {
    this.atOnce = atOnce;
    free = new Semaphore(atOnce, true);
    this.time = time;
  }

  /**
   * Answers when the turn has come. What the question asks for on its way takes no turn of its own.
   *
   * @param question is given when its time began, as {@link System#nanoTime} tells it
   * @throws StoreException when no turn came in time, or the waiting thread was interrupted
   */
  <T> T take(LongFunction<T> question) {
    return take(1, question);
  }

  /** The same for one that takes so much memory that no other is answered meanwhile. */
  <T> T takeAll(LongFunction<T> question) {
    return take(atOnce, question);
  }

  private <T> T take(int turns, LongFunction<T> question) {
    long begin = System.nanoTime();
    await(turns);
    try {
      return question.apply(begin);
    } finally {
      free.release(turns);
    }
  }

  private void await(int turns) {
    try {
      if (!free.tryAcquire(turns, time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(
            Reason.LIMIT,
            "query: waited for others for %d ms (expected: fewer or narrower queries at once)"
                .formatted(time.toMillis()),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.LIMIT, "query: was cancelled", e);
    }
  }
}
