package io.onlooker.store.embedded;

import java.time.Instant;

/** Spans of a project that start in {@code [fromNanos, toNanos)}. */
record Range(int project, long fromNanos, long toNanos) {

  static Range of(int project, Instant from, Instant to) {
    return new Range(project, nanos(from), nanos(to));
  }

  /** Instants beyond what nanoseconds since 1970 can say become the nearest that they can. */
  private static long nanos(Instant instant) {
    if (instant.getEpochSecond() > Long.MAX_VALUE / 1_000_000_000L - 1) {
      return Long.MAX_VALUE;
    }
    if (instant.getEpochSecond() < Long.MIN_VALUE / 1_000_000_000L + 1) {
      return Long.MIN_VALUE;
    }
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /** The part of it that starts at this nanosecond or before. */
  Range upTo(long lastNanos) {
    long end = lastNanos == Long.MAX_VALUE ? lastNanos : lastNanos + 1;
    return new Range(project, fromNanos, Math.min(toNanos, end));
  }

  boolean takes(HotSpan span) {
    long start = span.data().startNanos();
    return span.trace().project() == project && start >= fromNanos && start < toNanos;
  }

  boolean overlaps(Segment segment) {
    Segment.Summary summary = segment.summary();
    return summary.spans() > 0
        && summary.projects().contains(project)
        && summary.lastStart() >= fromNanos
        && summary.firstStart() < toNanos;
  }

  /** Whether it takes every span of the segment. */
  boolean holds(Segment segment) {
    Segment.Summary summary = segment.summary();
    return summary.projects().size() == 1
        && overlaps(segment)
        && summary.firstStart() >= fromNanos
        && summary.lastStart() < toNanos;
  }
}
