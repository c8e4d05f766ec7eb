package io.onlooker.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells what is past its time. */
record Kept(StoreConfig.Retention retention, InstantSource clock) {

  /** The same with the clock held, so that all who ask draw the line at the same moment. */
  Kept now() {
    return new Kept(retention, InstantSource.fixed(clock.instant()));
  }

  /**
   * What began before this is gone, in nanoseconds since 1970; {@link Long#MIN_VALUE} when nothing
   * is.
   */
  long since(int project) {
    Duration kept = retention.of(project);
    if (kept == null) {
      return Long.MIN_VALUE;
    }
    Instant since = clock.instant().minus(kept);
    return Range.of(project, since, since).fromNanos();
  }

  /** The part of the range that is not past its time. */
  Range of(Range range) {
    long since = Math.max(range.fromNanos(), since(range.project()));
    return new Range(range.project(), since, range.toNanos());
  }

  /** Whether all of the segment is past its time. */
  boolean isPast(Segment segment) {
    return segment.summary().hasTimes()
        && segment.summary().projects().stream()
            .allMatch(project -> segment.summary().lastStart() < since(project));
  }

  /** Whether all that the segment holds of one project is past its time. */
  boolean isPastForSome(Segment segment) {
    return segment.summary().hasTimes()
        && segment.summary().projects().stream()
            .anyMatch(project -> segment.summary().lastStart() < since(project));
  }
}
