package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * One figure over a set of spans.
 *
 * <p><b>Its numbers</b> are those values of the field (see {@link Filter}) that are numbers or
 * numeric text; a list gives each of its elements. Spans without one are left out, and a figure
 * over no number at all is null: a sum too, since zero would be a claim.
 *
 * @param label the name of its column, as the caller wrote it: {@code p95(span.duration)}
 * @param field what it is computed over; null for {@link Function#COUNT}, {@link Function#ESTIMATE}
 *     and the rates; of a {@link Function#SHARE} the field that a span must have to be part of the
 *     whole, or null
 * @param condition takes only spans of the set that match, or null for all
 */
public record Aggregate(
    String label, Function function, @Nullable Field field, @Nullable Filter condition) {

  /** Of how many spans one is the only one that was sampled; one without it stands for itself. */
  public static final String SAMPLE_WEIGHT = "onlooker.sample_weight";

  public enum Function {
    /** How many spans; 0 for none. */
    COUNT,
    /**
     * How many spans there were before sampling: the sum of {@link Aggregate#SAMPLE_WEIGHT}, 1
     * where it is no number; 0 for none.
     */
    ESTIMATE,
    /**
     * How many different values; 0 for none. A number and a text differ, whatever the text says; 1
     * and 1.0 do not.
     */
    COUNT_UNIQUE,
    SUM,
    AVG,
    MIN,
    MAX,
    /**
     * The median. This and the other percentiles interpolate between the two nearest numbers: of n
     * numbers in order, counted from 0, the one at {@code 0.5 * (n - 1)}.
     */
    P50,
    P75,
    P90,
    P95,
    P99,
    /** The same as {@link #MAX}. */
    P100,
    /** The share of spans whose status is an error, 0 to 1; null for no span. */
    FAILURE_RATE,
    /**
     * The share of spans, or of those that have the field, that match the condition, which must be
     * there, 0 to 1; null for no span. The one function whose condition does not narrow the whole
     * it is a share of.
     */
    SHARE,
    /** Spans a minute over the asked range. */
    PER_MINUTE,
    /** Spans a second over the asked range. */
    PER_SECOND
  }
}
