package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds whole spans by their ids, in memory or in segments. */
final class SpanLoader {

  private static final long BYTES_OF_READ_TRACES = 16L << 20;

  private final HotTier hot;
  private final Engine engine;
  private final TraceCopies copies;
  private final ReadTraces read = new ReadTraces(BYTES_OF_READ_TRACES);

  SpanLoader(HotTier hot, Engine engine, TraceCopies copies) {
    this.hot = hot;
    this.engine = engine;
    this.copies = copies;
  }

  /** The revision that counts of each span of the trace, in no order. */
  List<HotSpan> trace(TraceKey trace) {
    List<HotSpan> known = hot.spans(trace);
    return known != null ? known : sealed(hot.view(), trace);
  }

  private List<HotSpan> sealed(View view, TraceKey trace) {
    List<HotSpan> spans = new ArrayList<>();
    for (Segment segment : view.segments()) {
      if (segment.traces().contains(trace.hash())) {
        spans.addAll(counting(view, segment, readOnce(segment, trace)));
      }
    }
    return spans;
  }

  private List<HotSpan> readOnce(Segment segment, TraceKey trace) {
    List<HotSpan> known = read.get(segment, trace);
    if (known != null) {
      return known;
    }
    List<HotSpan> spans = whole(segment, Wanted.allOf(Set.of(trace)));
    read.put(segment, trace, spans);
    return spans;
  }

  /** The revision that counts of one span, or null. */
  @Nullable SpanData span(View.SpanKey key) {
    HotTier.Known known = hot.known(key);
    if (known != null) {
      return known.span() == null ? null : known.span().data();
    }
    return trace(key.trace()).stream()
        .filter(span -> span.spanId() == key.spanId())
        .map(HotSpan::data)
        .findFirst()
        .orElse(null);
  }

  /**
   * The spans at these places, in the same order.
   *
   * @param filter takes all of them
   */
  List<SpanData> spans(int project, List<SpanCursor> places, Filter filter) {
    Map<View.SpanKey, SpanData> found =
        hot.spans(places.stream().map(place -> place.key(project)).toList());
    List<SpanCursor> unknown =
        places.stream().filter(place -> !found.containsKey(place.key(project))).toList();
    sealed(hot.view(), Wanted.at(project, unknown), filter)
        .forEach(span -> found.put(span.key(), span.data()));
    List<SpanData> spans = new ArrayList<>();
    for (SpanCursor place : places) {
      SpanData span = found.get(place.key(project));
      if (span != null) {
        spans.add(span);
      }
    }
    return spans;
  }

  private List<HotSpan> sealed(View view, Wanted wanted, Filter filter) {
    List<HotSpan> spans = new ArrayList<>();
    for (Segment segment : view.segments()) {
      Set<String> ops = new SegmentChoice(segment).ops(filter);
      spans.addAll(sealed(view, segment, wanted.in(segment).ofOps(ops)));
    }
    return spans;
  }

  /** Spans that count in this segment. */
  List<HotSpan> sealed(View view, Segment segment, Wanted wanted) {
    return wanted.isEmpty() ? List.of() : counting(view, segment, whole(segment, wanted));
  }

  private List<HotSpan> whole(Segment segment, Wanted wanted) {
    List<HotSpan> copied = copies.spans(segment, wanted);
    if (copied != null) {
      return copied;
    }
    try (EngineQuery query = engine.query()) {
      return new SegmentReader(query, segment).spans(wanted);
    }
  }

  private static List<HotSpan> counting(View view, Segment segment, List<HotSpan> spans) {
    return spans.stream().filter(span -> !view.superseded(segment).contains(span.key())).toList();
  }
}
