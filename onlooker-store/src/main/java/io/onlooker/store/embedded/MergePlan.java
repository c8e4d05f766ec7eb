package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses which segments to write again as one. */
final class MergePlan {

  /** A segment of which a larger part no longer counts is written again. */
  private static final int MOST_SUPERSEDED = 4;

  private final StoreConfig.Merging when;
  private final Kept kept;

  MergePlan(StoreConfig.Merging when, Kept kept) {
    this.when = when;
    this.kept = kept;
  }

  /** Segments to become one, or a single one to lose what no longer counts; empty for none. */
  List<Segment> next(View view) {
    for (Segment segment : view.segments()) {
      if (!kept.isPast(segment) && (kept.isPastForSome(segment) || isWorn(view, segment))) {
        return List.of(segment);
      }
    }
    Map<Integer, List<Segment>> bySize = new TreeMap<>();
    for (Segment segment : view.segments()) {
      if (!kept.isPast(segment)
          && segment.summary().spans() * when.segments() <= when.mostSpans()) {
        bySize.computeIfAbsent(size(segment), _ -> new ArrayList<>()).add(segment);
      }
    }
    return bySize.values().stream()
        .map(this::fitting)
        .filter(this::isEnough)
        .findFirst()
        .orElse(List.of());
  }

  private static boolean isWorn(View view, Segment segment) {
    long superseded = view.superseded(segment).size();
    return superseded * MOST_SUPERSEDED > segment.summary().spans();
  }

  /** How often it can grow by a merge. */
  private int size(Segment segment) {
    int size = 0;
    for (long spans = Math.max(1, segment.summary().spans()); spans < when.mostSpans(); size++) {
      spans *= when.segments();
    }
    return size;
  }

  private boolean isEnough(List<Segment> segments) {
    return segments.size() == when.segments();
  }

  /** The oldest of them whose columns go into one file; not enough when there are none. */
  private List<Segment> fitting(List<Segment> segments) {
    segments.sort(Comparator.comparingLong(segment -> segment.summary().firstStart()));
    List<Segment> fitting = List.of();
    for (int first = 0; first <= segments.size() - when.segments() && !isEnough(fitting); first++) {
      fitting = fittingTo(segments.subList(first, segments.size()));
    }
    return fitting;
  }

  private List<Segment> fittingTo(List<Segment> segments) {
    List<Segment> fitting = new ArrayList<>();
    MergedKeys keys = new MergedKeys();
    for (Segment segment : segments) {
      if (fitting.size() < when.segments() && keys.add(segment)) {
        fitting.add(segment);
      }
    }
    return fitting;
  }
}
