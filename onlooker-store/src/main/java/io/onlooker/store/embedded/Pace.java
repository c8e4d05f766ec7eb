package io.onlooker.store.embedded;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows writers down to what sealing manages, all of them evenly, before memory is full and each
 * would have to wait for a whole seal. Amounts are shares of what is usually sealed at once.
 * Thread-safe.
 */
final class Pace {

  /** How much may wait before anybody is slowed down: more than comes in while a seal is made. */
  static final double FROM = 1.5;

  /** A seal that is much smaller says little about a usual one. */
  static final double TELLING = 0.5;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private long sealNanos;
  private long taken;

  /**
   * @param nanoTime of a clock that only runs forward
   */
  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    taken = nanoTime.getAsLong();
  }

  /** So much was sealed in so many nanoseconds. */
  synchronized void sealed(double share, long nanos) {
    if (share >= TELLING) {
      sealNanos = (long) (nanos / share);
    }
  }

  /**
   * Nanoseconds to wait for whoever brings so much, behind all who came before. The more waits, the
   * slower, up to half of what sealing manages when memory is full.
   */
  synchronized long delay(double share, double waiting) {
    if (waiting < FROM) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    long turn = (long) (share * sealNanos * waiting / FROM);
    taken = Math.min(Math.max(taken, now) + turn, now + LONGEST_NANOS);
    return taken - now;
  }
}
