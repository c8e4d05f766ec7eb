package io.onlooker.springai;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another thread is about to record. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /** What the supplier gives once it no longer fails. */
  static <T> T get(Supplier<T> recorded) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return recorded.get();
      } catch (AssertionError e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }
  }
}
