package io.onlooker.store.issue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a store that knows issues. Safe for many threads. */
public interface Issues {

  /**
   * Finds issues, those of items appended a moment ago among them.
   *
   * @throws IllegalArgumentException when the cursor is not one of an earlier page
   */
  IssuePage find(IssueQuery query);

  /** The issue, its figures over this range; null when there is none. */
  @Nullable Issue find(int project, String id, Instant from, Instant to);

  /** Its failures, the newest first, from the one behind the given on. */
  List<IssueHit> hits(
      int project, String id, Instant from, Instant to, int limit, @Nullable IssueHit behind);

  /** How many failures there were in each step; steps without any are missing. */
  List<Count> counts(int project, String id, Instant from, Instant to, Duration step);

  /** Keeps what was decided; false when there is no such issue. */
  boolean change(int project, String id, IssueChange change);

  /** The failures of one step. */
  record Count(Instant start, long failures) {}
}
