package io.onlooker.store.embedded;

import io.onlooker.SpanData;

/** A revision of a span in memory, its ids parsed. */
record HotSpan(TraceKey trace, long spanId, SpanData data) {

  static HotSpan of(TraceKey trace, SpanData data) {
    return new HotSpan(trace, Ids.span("spanId", data.spanId()), data);
  }

  View.SpanKey key() {
    return new View.SpanKey(trace, spanId);
  }

  /**
   * Whether this one counts when both are known and this one came later: an end is never undone by
   * news that the span is open.
   */
  boolean supersedes(HotSpan earlier) {
    return !(data.open() && !earlier.data.open()) && !data.equals(earlier.data);
  }
}
