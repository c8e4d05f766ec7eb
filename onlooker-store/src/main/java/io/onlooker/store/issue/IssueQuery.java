package io.onlooker.store.issue;

import io.onlooker.store.Filter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Issues of a project that failed in {@code [from, to)}.
 *
 * @param filter over {@code state}, {@code regressed}, {@code type}, {@code agent}, {@code tool},
 *     {@code model}, {@code id}, {@code failures}, {@code sessions} and {@code users}, and over
 *     {@code release}, {@code environment}, {@code user.id} and {@code session} of one of the
 *     failures in the range, as attributes of those names; free text is {@link
 *     io.onlooker.store.Field.Column#NAME}
 * @param cursor where an earlier page ended, or null for the first
 */
public record IssueQuery(
    int project,
    Filter filter,
    Instant from,
    Instant to,
    Order order,
    boolean descending,
    int limit,
    @Nullable String cursor) {

  public enum Order {
    LAST_SEEN,
    FIRST_SEEN,
    FAILURES,
    SESSIONS,
    USERS
  }
}
