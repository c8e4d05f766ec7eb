package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds whole spans by their ids, in memory or in segments. */
final class SpanLoader {

  private final HotTier hot;
  private final Engine engine;

  SpanLoader(HotTier hot, Engine engine) {
    this.hot = hot;
    this.engine = engine;
  }

  /** The revision that counts of each span of the trace, in no order. */
  List<HotSpan> trace(TraceKey trace) {
    List<HotSpan> known = hot.spans(trace);
    return known != null ? known : sealed(hot.view(), Set.of(trace), Set.of());
  }

  /**
   * The spans at these places, in the same order; those that were removed meanwhile are missing.
   */
  List<SpanData> spans(int project, List<SpanCursor> places) {
    Map<View.SpanKey, SpanData> found = new HashMap<>();
    Set<TraceKey> traces = new LinkedHashSet<>();
    places.forEach(place -> traces.add(place.trace(project)));
    Set<TraceKey> unknown = new HashSet<>();
    for (TraceKey trace : traces) {
      List<HotSpan> known = hot.spans(trace);
      if (known == null) {
        unknown.add(trace);
      } else {
        known.forEach(span -> found.put(span.key(), span.data()));
      }
    }
    Set<Long> ids = new HashSet<>();
    places.forEach(place -> ids.add(place.spanId()));
    sealed(hot.view(), unknown, ids).forEach(span -> found.put(span.key(), span.data()));
    List<SpanData> spans = new ArrayList<>();
    for (SpanCursor place : places) {
      SpanData span = found.get(new View.SpanKey(place.trace(project), place.spanId()));
      if (span != null) {
        spans.add(span);
      }
    }
    return spans;
  }

  private List<HotSpan> sealed(View view, Set<TraceKey> traces, Set<Long> ids) {
    List<HotSpan> spans = new ArrayList<>();
    for (Segment segment : view.segments()) {
      List<TraceKey> here =
          traces.stream().filter(trace -> segment.traces().contains(trace.hash())).toList();
      if (!here.isEmpty()) {
        spans.addAll(sealed(view, segment, here, ids));
      }
    }
    return spans;
  }

  /**
   * Spans of the traces that count in this segment.
   *
   * @param ids of the wanted spans; empty for all
   */
  List<HotSpan> sealed(View view, Segment segment, Collection<TraceKey> traces, Set<Long> ids) {
    try (EngineQuery query = engine.query()) {
      return new SegmentReader(query, segment)
          .spans(traces, ids).stream()
              .filter(span -> !view.superseded(segment).contains(span.key()))
              .toList();
    }
  }
}
