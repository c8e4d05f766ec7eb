package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private boolean mayHoldLists(String key) {
    return hot.stream().anyMatch(rows -> rows.lists().contains(key))
        || segments.stream()
            .map(segment -> segment.columns(key))
            .anyMatch(KeyColumns::mayHoldLists);
  }

  /** The kinds of values the attribute may have, told without looking at a span. */
  Set<AttributeKind> kinds(String key) {
    return mayHoldLists(key)
        ? EnumSet.allOf(AttributeKind.class)
        : EnumSet.complementOf(EnumSet.of(AttributeKind.LIST));
  }

  /**
   * The same for this range and filter, with its own copy of what they may take of memory: later
   * revisions stay out.
   */
  View copiedFor(Range range, Filter filter) {
    HotChoice.Test choice = HotChoice.of(filter);
    List<Rows> copies = new ArrayList<>();
    for (Rows rows : hot) {
      List<HotSpan> spans = new ArrayList<>();
      rows.in(
          range,
          span -> {
            if (choice.mayMatch(span)) {
              spans.add(span);
            }
          });
      copies.add(Rows.of(spans, rows.lists()));
    }
    return new View(copies, segments, superseded);
  }

  /**
   * With one segment in place of others.
   *
   * @param left spans of the inputs that the output does not have
   */
  View replacing(List<Segment> inputs, @Nullable Segment output, Set<SpanKey> left) {
    List<Segment> others = new ArrayList<>(segments);
    Map<Segment, Set<SpanKey>> superseding = new HashMap<>(superseded);
    Set<SpanKey> inOutput = new HashSet<>();
    for (Segment input : inputs) {
      others.remove(input);
      inOutput.addAll(superseded(input));
      superseding.remove(input);
    }
    inOutput.removeAll(left);
    if (output != null) {
      others.add(output);
      superseding.put(output, inOutput);
    }
    return new View(hot, List.copyOf(others), superseding);
  }

  /** Of this view only what these segments hold, and what memory does if it is wanted. */
  View only(boolean memory, List<Segment> some) {
    return new View(memory ? hot : List.of(), some, superseded);
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
