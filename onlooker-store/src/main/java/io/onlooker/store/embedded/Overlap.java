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

  /** Another is needed only when such a span arrives in the microseconds behind a comparison. */
  private static final int MOST_ATTEMPTS = 10;

  private final HotTier hot;
  private final SpanLoader loader;

  Overlap(HotTier hot, SpanLoader loader) {
    this.hot = hot;
    this.loader = loader;
  }

  /**
   * All spans that were appended before, each once. Where such spans arrive without a pause, one
   * that arrives right now may be there twice: better than a query that never begins.
   */
  View settledView() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      settle();
      View view = hot.viewIfRead();
      if (view != null) {
        return view;
      }
    }
    return hot.view();
  }

  /** Compares all spans that were appended before with what is sealed of their traces. */
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
    for (HotSpan span : loader.sealed(view, segment, Wanted.allOf(traces))) {
      found
          .computeIfAbsent(span.trace(), _ -> new HashMap<>())
          .computeIfAbsent(segment, _ -> new ArrayList<>())
          .add(span);
    }
  }
}
