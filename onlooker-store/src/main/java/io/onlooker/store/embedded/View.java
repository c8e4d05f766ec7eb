package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All spans at one moment, each once: what one query sees from its start to its end.
 *
 * @param superseded spans in a segment that no longer count, since a later revision stands
 *     elsewhere
 */
record View(List<Rows> hot, List<Segment> segments, Map<Segment, Set<SpanKey>> superseded) {

  /** A span by its numbers. */
  record SpanKey(TraceKey trace, long spanId) {}

  Set<SpanKey> superseded(Segment segment) {
    return superseded.getOrDefault(segment, Set.of());
  }

  /** Whether the attribute may be a list in one of the spans. */
  boolean mayHoldLists(String key) {
    return hot.stream().anyMatch(rows -> rows.lists().contains(key))
        || segments.stream()
            .map(segment -> segment.columns(key))
            .anyMatch(KeyColumns::mayHoldLists);
  }

  /** Spans in segments that count. */
  long sealedSpans() {
    long spans = 0;
    for (Segment segment : segments) {
      spans += segment.summary().spans() - superseded(segment).size();
    }
    return spans;
  }

  /** Segments that may hold items of the trace. */
  List<Segment> segmentsOf(TraceKey trace) {
    return segments.stream().filter(segment -> segment.traces().contains(trace.hash())).toList();
  }
}
