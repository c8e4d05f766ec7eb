package io.onlooker.benchmarks.load;

import java.util.Arrays;

/** How long requests took: told as no less, and at most one part in 64 more. Not thread-safe. */
final class Latencies {

  /** Of each power of two so many steps; below it, each microsecond has its own. */
  private static final int STEPS = 128;

  private static final int STEP_BITS = 7;

  private final long[] counts = new long[STEPS * 32];
  private long count;

  void add(long nanos) {
    counts[Math.min(counts.length - 1, place(Math.max(0, nanos / 1000)))]++;
    count++;
  }

  long count() {
    return count;
  }

  /** Milliseconds that this part of the requests did not exceed; 0 when there were none. */
  double at(double part) {
    long left = (long) (count * part);
    for (int place = 0; place < counts.length; place++) {
      left -= counts[place];
      if (left < 0) {
        return micros(place) / 1e3;
      }
    }
    return 0;
  }

  void addAll(Latencies others) {
    for (int place = 0; place < counts.length; place++) {
      counts[place] += others.counts[place];
    }
    count += others.count;
  }

  void clear() {
    Arrays.fill(counts, 0);
    count = 0;
  }

  private static int place(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(micros) - STEP_BITS;
    return STEPS + (shift - 1) * (STEPS / 2) + (int) (micros >>> shift) - STEPS / 2;
  }

  /** The greatest of those that have this place. */
  private static long micros(int place) {
    if (place < STEPS) {
      return place;
    }
    int shift = (place - STEPS) / (STEPS / 2) + 1;
    int step = (place - STEPS) % (STEPS / 2) + STEPS / 2;
    return ((step + 1L) << shift) - 1;
  }
}
