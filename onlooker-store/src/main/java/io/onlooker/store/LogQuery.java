package io.onlooker.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Log lines of a project in {@code [from, to)}, newest first.
 *
 * @param filter over {@code level} (a lower-case word), {@code severity} (OpenTelemetry's number),
 *     {@code trace} and {@code span}, and attributes of the lines; the text and free text are
 *     {@link Field.Column#NAME}
 * @param of only lines of this trace and these spans, or null for all
 * @param cursor where an earlier page ended, or null for the first
 */
public record LogQuery(
    int project,
    Filter filter,
    Instant from,
    Instant to,
    @Nullable OfSpans of,
    int limit,
    @Nullable String cursor) {

  /** Some spans of one trace. */
  public record OfSpans(String traceId, Set<String> spanIds) {

    public OfSpans {
      spanIds = Set.copyOf(spanIds);
    }
  }
}
