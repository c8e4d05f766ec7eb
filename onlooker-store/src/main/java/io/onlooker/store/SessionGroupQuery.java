package io.onlooker.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Figures over the sessions of a project that started in {@code [from, to)}, group by group.
 *
 * @param filter as of a {@link SessionQuery}
 * @param step for {@link By#STEP}: steps begin at multiples of it since 1970-01-01T00:00Z
 * @param cursor where an earlier page ended, or null for the first
 */
public record SessionGroupQuery(
    int project,
    Filter filter,
    Instant from,
    Instant to,
    By by,
    @Nullable Duration step,
    Order order,
    int limit,
    @Nullable String cursor) {

  public SessionGroupQuery {
    if ((by == By.STEP) != (step != null)) {
      throw new IllegalArgumentException("step: " + step + " (expected: one for STEP only)");
    }
  }

  /** What the sessions of a group share; those that do not have it stand in no group. */
  public enum By {
    /** One group of all. */
    ALL,
    /** By the time they started; groups are named by the milliseconds since 1970. */
    STEP,
    AGENT,
    USER,
    /** Of its turns; a sub-agent's session within the same conversation is none. */
    CONVERSATION,
    /** The issue that made them fail, or that they recovered from. */
    CAUSE
  }

  /** Largest or latest first. */
  public enum Order {
    LAST_ACTIVE,
    SESSIONS,
    FAILED,
    COST,
    KEY
  }
}
