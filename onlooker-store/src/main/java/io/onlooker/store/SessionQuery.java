package io.onlooker.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of a project that started in {@code [from, to)}.
 *
 * @param filter over the session fields {@code status}, {@code agent}, {@code user.id}, {@code
 *     conversation}, {@code trace}, {@code id}, {@code model}, {@code environment}, {@code
 *     release}, {@code duration} (milliseconds), {@code tokens}, {@code cost} (US dollars), {@code
 *     steps} and {@code failed_steps}, as {@link Field.Attribute}s of those names with the meaning
 *     {@link Filter} gives attributes; a status is the lower-case word of {@link Session.Status}.
 *     The name and free text are {@link Field.Column#NAME}
 * @param cursor where an earlier page ended, or null for the first
 */
public record SessionQuery(
    int project,
    Filter filter,
    Instant from,
    Instant to,
    Order order,
    boolean descending,
    int limit,
    @Nullable String cursor) {

  public enum Order {
    STARTED,
    DURATION,
    TOKENS,
    COST
  }
}
