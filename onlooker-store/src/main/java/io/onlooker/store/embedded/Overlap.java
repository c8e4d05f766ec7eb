package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings together what segments and memory hold of the same trace, so that a span which is sent
 * again long after it was sealed still counts once.
 */
final class Overlap {

  private final HotTier hot;
  private final SpanLoader loader;

  Overlap(HotTier hot, SpanLoader loader) {
    this.hot = hot;
    this.loader = loader;
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
    for (HotSpan span : loader.sealed(view, segment, traces, Set.of())) {
      found
          .computeIfAbsent(span.trace(), _ -> new HashMap<>())
          .computeIfAbsent(segment, _ -> new ArrayList<>())
          .add(span);
    }
  }
}
