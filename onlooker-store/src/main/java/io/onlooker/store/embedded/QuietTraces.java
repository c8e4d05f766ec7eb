package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Traces that are sealed whole, so that memory may forget them. Not thread-safe. */
final class QuietTraces {

  private final List<Quiet> traces = new ArrayList<>();

  /** As it was when it was offered. */
  private record Quiet(Trace trace, int spans, long touched) {}

  /** Takes the trace if it is sealed whole; called under the lock that guards it. */
  void offer(Trace trace) {
    if (trace.isSealed()) {
      traces.add(new Quiet(trace, trace.size(), trace.touched()));
    }
  }

  /** All but those that are likely to go on: the ones with the latest news, of so many spans. */
  List<Trace> beyond(int keptSpans) {
    traces.sort(Comparator.comparingLong(Quiet::touched).reversed());
    List<Trace> beyond = new ArrayList<>();
    int kept = 0;
    for (Quiet quiet : traces) {
      kept += quiet.spans();
      if (kept > keptSpans) {
        beyond.add(quiet.trace());
      }
    }
    return beyond;
  }
}
