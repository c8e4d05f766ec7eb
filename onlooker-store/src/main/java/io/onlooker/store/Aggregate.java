package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * One figure over a set of spans.
 *
 * @param label the name of its column, as the caller wrote it: {@code p95(span.duration)}
 * @param field what it is computed over, numeric text by its value and other text not at all; null
 *     for {@link Function#COUNT} and the rates; null for the others means {@link
 *     Field.Column#DURATION}
 * @param condition counts or takes only spans of the set that match, or null for all
 */
public record Aggregate(
    String label, Function function, @Nullable Field field, @Nullable Filter condition) {

  public enum Function {
    COUNT,
    COUNT_UNIQUE,
    SUM,
    AVG,
    MIN,
    MAX,
    /** Quantiles are exact, with linear interpolation between the two nearest values. */
    P50,
    P75,
    P90,
    P95,
    P99,
    P100,
    /** The share of spans whose status is an error, 0 to 1. */
    FAILURE_RATE,
    /** Spans a minute over the asked range. */
    PER_MINUTE,
    /** Spans a second over the asked range. */
    PER_SECOND
  }
}
