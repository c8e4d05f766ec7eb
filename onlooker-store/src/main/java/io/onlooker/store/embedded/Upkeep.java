package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import io.onlooker.store.StoreStats;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small segments and deletes what is past its time. Files are written first, then one
 * transaction of the catalog lets them count in place of others, and those are deleted when no
 * query reads them any more; a crash between any two of these loses nothing and keeps nothing
 * twice.
 */
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private final MergePlan plan;
  private final Kept kept;
  private final DataFolder folder;
  private final WritingEngine engine;
  private final TraceCopies copies;
  private final MissingWords words;
  private final SegmentSwap swap;
  private final HotTier hot;
  private final Catalog catalog;
  private final Gate gate;
  private final Deque<Retired> retired = new ArrayDeque<>();
  private volatile StoreStats.Upkeep done = StoreStats.Upkeep.NONE;

  /** Segments that no longer count, but that calls before the mark may still read. */
  private record Retired(long mark, List<Segment> segments) {}

  Upkeep(
      StoreConfig config,
      Kept kept,
      DataFolder folder,
      WritingEngine engine,
      TraceCopies copies,
      SegmentSwap swap,
      HotTier hot,
      Catalog catalog,
      Gate gate) {
    plan = new MergePlan(config.merging(), kept);
    this.kept = kept;
    this.folder = folder;
    this.engine = engine;
    this.copies = copies;
    words = new MissingWords(folder, engine);
    this.swap = swap;
    this.hot = hot;
    this.catalog = catalog;
    this.gate = gate;
  }

  StoreStats.Upkeep done() {
    return done;
  }

  /** Does all there is to do now. */
  synchronized void run() {
    try {
      deleteRetired();
      expire();
      for (List<Segment> next = plan.next(hot.view());
          !next.isEmpty();
          next = plan.next(hot.view())) {
        merge(next);
      }
      deleteRetired();
      copies.trim(hot.view());
      LowPriority.<@Nullable Void>run(
          "onlooker-words",
          () -> {
            words.make(hot.view());
            return null;
          });
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        log.debug("a merge was given up, since the store closes", e);
        return;
      }
      count(0, 0, 0, 0, 1);
      throw e instanceof RuntimeException known
          ? known
          : new StoreException(Reason.FULL, "segment: " + e.getMessage(), e);
    }
  }

  private void expire() {
    List<Segment> past = hot.view().segments().stream().filter(kept::isPast).toList();
    if (!past.isEmpty()) {
      swap.replace(past, null, Set.of());
      retired.add(new Retired(gate.mark(), past));
      count(0, 0, past.size(), spans(past), 0);
    }
    Set<Integer> projects = new HashSet<>();
    hot.view().segments().forEach(segment -> projects.addAll(segment.summary().projects()));
    past.forEach(segment -> projects.addAll(segment.summary().projects()));
    for (int project : projects) {
      if (kept.since(project) != Long.MIN_VALUE) {
        catalog.forgetSessions(project, kept.since(project));
      }
    }
  }

  private void merge(List<Segment> inputs) throws IOException {
    View view = hot.view();
    @Nullable Segment output = gate.track(() -> written(view, inputs));
    Set<View.SpanKey> left = new HashSet<>();
    inputs.forEach(input -> left.addAll(view.superseded(input)));
    swap.replace(inputs, output, left);
    retired.add(new Retired(gate.mark(), inputs));
    long kept = output == null ? 0 : output.summary().spans();
    count(1, inputs.size(), 0, spans(inputs) - kept, 0);
  }

  private @Nullable Segment written(View view, List<Segment> inputs) {
    long number = catalog.nextNumber();
    try {
      return LowPriority.run("onlooker-merge", () -> written(number, view, inputs));
    } catch (IOException e) {
      discard(number);
      throw new StoreException(Reason.FULL, "segment: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      discard(number);
      throw e;
    }
  }

  private @Nullable Segment written(long number, View view, List<Segment> inputs)
      throws IOException {
    Kept now = kept.now();
    Segment output = new SegmentMerge(engine.get(), folder, now, view, inputs).write(number);
    if (output != null) {
      copies.merge(view, now, inputs, output);
    }
    return output;
  }

  /** Makes room again: the disk may be full, and a later attempt has another number. */
  private void discard(long number) {
    try {
      folder.discard(number);
    } catch (IOException e) {
      log.warn("segment {}: what was written of it could not be deleted", number, e);
    }
  }

  private static long spans(List<Segment> segments) {
    return segments.stream().mapToLong(segment -> segment.summary().spans()).sum();
  }

  private void deleteRetired() throws IOException {
    while (!retired.isEmpty() && gate.isPast(retired.getFirst().mark())) {
      for (Segment segment : retired.getFirst().segments()) {
        folder.discard(segment.number());
      }
      retired.removeFirst();
    }
  }

  private void count(long merges, long merged, long expired, long dropped, long failures) {
    StoreStats.Upkeep before = done;
    done =
        new StoreStats.Upkeep(
            before.merges() + merges,
            before.mergedSegments() + merged,
            before.expiredSegments() + expired,
            before.droppedSpans() + dropped,
            before.failures() + failures);
  }
}
