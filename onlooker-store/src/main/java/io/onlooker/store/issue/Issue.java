package io.onlooker.store.issue;

import io.onlooker.ErrorData.ExceptionData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures with the same cause.
 *
 * @param status what somebody decided, and what became of it
 * @param seen in the range that was asked for
 * @param stack an example of the exceptions that came with it; empty when none did
 */
public record Issue(int project, Cause cause, Status status, Seen seen, List<ExceptionData> stack) {

  public Issue {
    stack = List.copyOf(stack);
  }

  /** What is to be done about it. */
  public enum State {
    OPEN,
    RESOLVED,
    IGNORED
  }

  /**
   * A resolved issue is open again, as a regression, when it fails later than it was resolved.
   * Where a release was named, only failures of releases count that were first seen when that
   * release was or later, and failures that name none. An ignored one is open again when its time
   * is over.
   *
   * @param sinceNanos when it was decided, or null when nobody did
   * @param release the one that resolves it, or null
   * @param untilNanos when ignoring ends, or null for never
   */
  public record Status(
      State state,
      boolean regressed,
      @Nullable Long sinceNanos,
      @Nullable String release,
      @Nullable Long untilNanos) {}

  /**
   * How often it happened; each failure once, however many spans and events tell of it.
   *
   * @param firstNanos when it was seen first of all, whatever the range
   * @param lastNanos likewise last
   */
  public record Seen(long firstNanos, long lastNanos, long failures, long sessions, long users) {}
}
