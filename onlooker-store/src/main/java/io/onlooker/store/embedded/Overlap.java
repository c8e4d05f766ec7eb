package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings together what segments and memory hold of the same trace, so that a span which is sent
 * again long after it was sealed still counts once.
 */
final class Overlap {

  private final HotTier hot;
  private final Engine engine;

  Overlap(HotTier hot, Engine engine) {
    this.hot = hot;
    this.engine = engine;
  }

  /** After this, what was appended before counts exactly once in the tier's view. */
  synchronized void settle() {
    Collection<Trace> unread = hot.unread();
    if (unread.isEmpty()) {
      return;
    }
    Map<Segment, List<TraceKey>> wanted = new HashMap<>();
    for (Trace trace : unread) {
      for (Segment segment : trace.unread()) {
        wanted.computeIfAbsent(segment, _ -> new ArrayList<>()).add(trace.key());
      }
    }
    Map<TraceKey, Map<Segment, List<HotSpan>>> found = new HashMap<>();
    View view = hot.view();
    wanted.forEach((segment, traces) -> read(view, segment, traces, found));
    for (Trace trace : unread) {
      hot.read(trace, found.getOrDefault(trace.key(), Map.of()));
    }
  }

  private void read(
      View view,
      Segment segment,
      List<TraceKey> traces,
      Map<TraceKey, Map<Segment, List<HotSpan>>> found) {
    for (HotSpan span : spans(view, segment, traces)) {
      found
          .computeIfAbsent(span.trace(), _ -> new HashMap<>())
          .computeIfAbsent(segment, _ -> new ArrayList<>())
          .add(span);
    }
  }

  /** Spans of the traces that count in this segment. */
  List<HotSpan> spans(View view, Segment segment, Collection<TraceKey> traces) {
    try (EngineQuery query = engine.query()) {
      return new SegmentReader(query, segment)
          .spans(traces).stream()
              .filter(span ->
                  !view.superseded(segment).contains(new View.SpanKey(span.trace(), span.spanId())))
              .toList();
    }
  }
}
