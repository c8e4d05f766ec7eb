package io.onlooker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span in another process, or of another tracer, that a root continues.
 *
 * @param parentSpanId 16 lowercase hex digits, or null when only the trace id is known
 * @param sampled the decision made there, or null when it is left to us
 * @param fraction the number the decision was made with, 0.0 to 1.0, or null
 * @param baggage Sentry's entries as they came, names without {@code sentry-}; empty when none came
 */
record Remote(
    long traceHigh,
    long traceLow,
    @Nullable String parentSpanId,
    @Nullable Boolean sampled,
    @Nullable Double fraction,
    Map<String, String> baggage) {

  Remote {
    baggage = Map.copyOf(baggage);
  }

  static Remote of(String traceId, @Nullable String parentSpanId) {
    return new Remote(
        Ids.parse(traceId, 0), Ids.parse(traceId, 16), parentSpanId, null, null, Map.of());
  }

  String traceId() {
    return Ids.text(traceHigh, traceLow);
  }
}
