package io.onlooker;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Nanoseconds since 1970 that never run back within a span: the monotonic clock, moved to the
 * machine's time now and then so that the two do not drift apart. Safe for many threads.
 */
final class EpochClock {

  private volatile long offset = measure();

  long nanos() {
    return System.nanoTime() + offset;
  }

  /** Follows the machine's clock; called once in a while from one thread. */
  void adjust() {
    long measured = measure();
    if (Math.abs(measured - offset) > TimeUnit.MILLISECONDS.toNanos(1)) {
      offset = measured;
    }
  }

  static long nanosOf(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  private static long measure() {
    return nanosOf(Instant.now()) - System.nanoTime();
  }
}
