package io.onlooker.server.web;

import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of all tools in a time and in the one before it, read once for every part of the
 * overview that tells of them.
 */
record ToolCalls(List<RollupRow> now, List<RollupRow> before) {

  /** Tools beyond these count in no sum; nobody has so many. */
  private static final int MOST = 1_000;

  private static final Rollup CALLS = Rollup.TOOLS.only("failed", "p50_ms", "p95_ms", "max_ms");

  /** Calls, and those of them that failed. */
  record Sum(long calls, long failed) {

    double share() {
      return calls == 0 ? 0 : (double) failed / calls;
    }
  }

  static ToolCalls read(Figures spans, String more, Range range) {
    Rollup calls = CALLS.where(more);
    return new ToolCalls(
        spans.rolled().table(calls, range.period(), false, MOST).rows(),
        spans.rolled().table(calls, range.period().before(), false, MOST).rows());
  }

  Sum sumNow() {
    return sum(now);
  }

  Sum sumBefore() {
    return sum(before);
  }

  private static Sum sum(List<RollupRow> rows) {
    return new Sum(
        rows.stream().mapToLong(row -> row.figures().whole("calls")).sum(),
        rows.stream().mapToLong(row -> row.figures().whole("failed")).sum());
  }

  /** The tools that were called in this time, each beside what it was before. */
  List<Tool> tools() {
    Map<String, io.onlooker.server.read.Figures> earlier = new HashMap<>();
    before.forEach(row -> earlier.put(key(row.name()), row.figures()));
    return now.stream()
        .map(row ->
            Tool.of(
                CALLS,
                new RollupRow(row.name(), row.figures(), earlier.get(key(row.name())), Map.of())))
        .toList();
  }

  private static String key(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }
}
