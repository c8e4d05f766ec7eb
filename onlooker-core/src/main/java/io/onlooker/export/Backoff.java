package io.onlooker.export;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between tries: twice as long each time, half of it left to chance so that many
 * processes do not come back at once.
 *
 * @param attempts tries in all, the first included
 */
record Backoff(Duration first, Duration longest, int attempts) {

  static final Backoff USUAL = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), 10);

  /** The wait in nanoseconds after so many failed tries, from 1. */
  long nanos(int failed) {
    long full = Math.min(longest.toNanos(), first.toNanos() << Math.min(failed - 1, 20));
    return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }
}
