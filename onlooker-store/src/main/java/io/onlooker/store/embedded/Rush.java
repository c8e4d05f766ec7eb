package io.onlooker.store.embedded;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells whether many traces have been arriving for some seconds without a pause. What one reader
 * appended a moment ago is then one of thousands, and to fold all of them before each read would
 * make every reader wait for everybody's spans. Thread-safe.
 */
final class Rush {

  /** Fewer are folded in a few milliseconds, so whoever reads may as well do it. */
  static final int MANY = 50;

  /** Whoever appends a lot at once and looks at it is not made to wait for this. */
  static final long BEGINS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A read may be so far behind: what was accepted is seen within a second. */
  static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final LongSupplier nanoTime;
  private boolean seen;
  private long since;
  private long latest;

  /**
   * @param nanoTime of a clock that only runs forward
   */
  Rush(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Runs one of the folds that are made several times a second, whether anybody reads or not. */
  void watch(Fold fold) {
    long began = nanoTime.getAsLong();
    int traces = fold.run();
    if (traces >= MANY) {
      arrived(began);
    }
  }

  /** Says how many traces it folded. */
  interface Fold {
    int run();
  }

  private synchronized void arrived(long began) {
    if (!seen || began - latest > LATEST_NANOS) {
      since = began;
    }
    seen = true;
    latest = began;
  }

  /** Whether it has lasted for seconds, and what came before {@link #LATEST_NANOS} is folded. */
  synchronized boolean lasts() {
    return seen
        && latest - since >= BEGINS_AFTER_NANOS
        && nanoTime.getAsLong() - latest <= LATEST_NANOS;
  }
}
