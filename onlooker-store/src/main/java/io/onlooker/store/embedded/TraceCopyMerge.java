package io.onlooker.store.embedded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings the copies of segments together as {@link SegmentMerge} does their columns. */
final class TraceCopyMerge implements TraceCopyWriter.Source {

  private final Kept kept;
  private final Map<Integer, Long> since = new HashMap<>();
  private final List<Input> inputs = new ArrayList<>();

  TraceCopyMerge(Kept kept) {
    this.kept = kept;
  }

  /**
   * @param superseded spans of it that no longer count
   */
  void add(TraceCopy copy, Set<View.SpanKey> superseded) {
    inputs.add(new Input(copy, span -> isInTime(span) && !superseded.contains(span.key())));
  }

  private boolean isInTime(HotSpan span) {
    long first = since.computeIfAbsent(span.trace().project(), kept::since);
    return span.data().startNanos() >= first;
  }

  @Override
  public void writeTo(TraceCopyWriter writer) throws IOException {
    PriorityQueue<Input> next = new PriorityQueue<>(Comparator.comparingLong(Input::hash));
    inputs.stream().filter(Input::advance).forEach(next::add);
    for (Input input = next.poll(); input != null; input = next.poll()) {
      writer.add(input.trace(), input.spans());
      if (input.advance()) {
        next.add(input);
      }
    }
  }

  /** A copy that is read to its end; of which one block is in memory. */
  private static final class Input {

    private final TraceCopy copy;
    private final Predicate<HotSpan> stays;
    private final Deque<List<HotSpan>> records = new ArrayDeque<>();
    private int nextBlock;
    private List<HotSpan> spans = List.of();

    Input(TraceCopy copy, Predicate<HotSpan> stays) {
      this.copy = copy;
      this.stays = stays;
    }

    /** Goes on to the next record of which something stays; false at the end. */
    boolean advance() {
      for (List<HotSpan> record = next(); record != null; record = next()) {
        spans = record.stream().filter(stays).toList();
        if (!spans.isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private @Nullable List<HotSpan> next() {
      while (records.isEmpty() && nextBlock < copy.blocks()) {
        records.addAll(copy.block(nextBlock++).records());
      }
      return records.poll();
    }

    List<HotSpan> spans() {
      return spans;
    }

    TraceKey trace() {
      return spans.getFirst().trace();
    }

    long hash() {
      return trace().hash();
    }
  }
}
