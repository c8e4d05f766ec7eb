package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * What somebody or something thought of a session, a span or a trace.
 *
 * @param id chosen by the sender; the same id again replaces it
 * @param value a {@link Double}, {@link Boolean} or {@link String}
 * @param target what it is about
 * @param timeNanos when it was given, in nanoseconds since 1970-01-01T00:00Z
 */
public record Score(
    int project,
    String id,
    String name,
    Object value,
    @Nullable String comment,
    Target target,
    long timeNanos) {

  /** Begins the attributes by which scores are found. */
  public static final String ATTRIBUTE = "score.";

  /** What a score is about. */
  public sealed interface Target {

    /** A session, by its id. */
    record OfSession(String id) implements Target {}

    /** A span. */
    record OfSpan(String traceId, String spanId) implements Target {}

    /** A trace as a whole: its first span without a parent carries the attribute. */
    record OfTrace(String traceId) implements Target {}
  }
}
