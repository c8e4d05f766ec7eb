package io.onlooker.server.web;

import io.onlooker.server.read.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the long stretches of a run in which no step was under way: the agent waited, and nobody
 * recorded for what. Steps with others below them last through such a stretch and do not count.
 */
final class Gaps {

  /** Of the whole run; a shorter stretch is nothing to wonder about. */
  private static final double SHARE = 0.05;

  private Gaps() {}

  /** The row each gap stands before, its start and its end in microseconds. */
  static List<long[]> of(List<Step> steps, Window whole) {
    List<long[]> gaps = new ArrayList<>();
    long least = (long) ((whole.endNanos() - whole.startNanos()) * SHARE);
    long busyUntil = Long.MIN_VALUE;
    for (int row : leaves(steps)) {
      Step step = steps.get(row);
      long start = step.span().startNanos();
      if (busyUntil != Long.MIN_VALUE && start - busyUntil > least) {
        long from = Math.floorDiv(busyUntil - whole.startNanos(), 1_000L);
        long to = Math.floorDiv(start - whole.startNanos(), 1_000L);
        gaps.add(new long[] {above(steps, row, busyUntil), from, to});
      }
      long end = step.span().open() ? whole.endNanos() : step.span().endNanos();
      busyUntil = Math.max(busyUntil, end);
    }
    return gaps;
  }

  /** Rows without others below them, in order of start. */
  private static List<Integer> leaves(List<Step> steps) {
    Set<String> parents = new HashSet<>();
    steps.forEach(step -> parents.add(String.valueOf(step.parentSpanId())));
    List<Integer> leaves = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (!parents.contains(steps.get(i).span().spanId())) {
        leaves.add(i);
      }
    }
    leaves.sort(Comparator.comparingLong(i -> steps.get(i).span().startNanos()));
    return leaves;
  }

  /** The row, or those directly above it that began after the gap too. */
  private static int above(List<Step> steps, int row, long gapStartNanos) {
    int top = row;
    while (top > 0
        && steps.get(top - 1).span().spanId().equals(steps.get(top).parentSpanId())
        && steps.get(top - 1).span().startNanos() >= gapStartNanos) {
      top--;
    }
    return top;
  }
}
