package io.onlooker.store.embedded;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spans to be read whole.
 *
 * @param ids of the spans; empty for all of the traces
 * @param firstStart and {@code lastStart}: the range of their starts, in nanoseconds since 1970
 * @param ops one of which each has, empty when that is not known; files are sorted by these
 */
record Wanted(
    Set<TraceKey> traces, Set<Long> ids, long firstStart, long lastStart, Set<String> ops) {

  static Wanted allOf(Collection<TraceKey> traces) {
    return new Wanted(
        new LinkedHashSet<>(traces), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, Set.of());
  }

  static Wanted at(int project, List<SpanCursor> places) {
    Set<TraceKey> traces = new LinkedHashSet<>();
    Set<Long> ids = new LinkedHashSet<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (SpanCursor place : places) {
      traces.add(place.trace(project));
      ids.add(place.spanId());
      first = Math.min(first, place.startNanos());
      last = Math.max(last, place.startNanos());
    }
    return new Wanted(traces, ids, first, last, Set.of());
  }

  /** What of it a segment may hold. */
  Wanted in(Segment segment) {
    boolean inTime =
        segment.summary().firstStart() <= lastStart && segment.summary().lastStart() >= firstStart;
    Set<TraceKey> here = new LinkedHashSet<>();
    for (TraceKey trace : inTime ? traces : Set.<TraceKey>of()) {
      if (segment.traces().contains(trace.hash())) {
        here.add(trace);
      }
    }
    return new Wanted(here, ids, firstStart, lastStart, ops);
  }

  /** The same, when it is known that each has one of these ops; null when it is not. */
  Wanted ofOps(@Nullable Set<String> known) {
    return new Wanted(traces, ids, firstStart, lastStart, known == null ? Set.of() : known);
  }

  boolean isEmpty() {
    return traces.isEmpty();
  }
}
