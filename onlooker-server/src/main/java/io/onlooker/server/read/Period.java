package io.onlooker.server.read;

import java.time.Duration;
import java.time.Instant;

/**
 * From when to when.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Period(Instant from, Instant to) {

  public Duration length() {
    return Duration.between(from, to);
  }

  /** As long, and ending where this one begins. */
  public Period before() {
    return new Period(from.minus(length()), from);
  }

  /** The same time of the day, so many days ago. */
  public Period daysAgo(int days) {
    return new Period(from.minus(Duration.ofDays(days)), to.minus(Duration.ofDays(days)));
  }

  /** Whole minutes, so that about so many steps cover the period. */
  public Duration step(int steps) {
    return Duration.ofMinutes(Math.max(1, length().toMinutes() / steps));
  }
}
