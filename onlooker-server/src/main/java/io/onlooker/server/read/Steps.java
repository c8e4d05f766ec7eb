package io.onlooker.server.read;

import io.onlooker.SpanData;
import io.onlooker.store.span.RunTree;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes steps of spans: the tree in the order of a waterfall, and the story of a run. */
public final class Steps {

  private final RunTree tree;

  /** For each span the span whose step shows it, or -1 above the asked root. */
  private final int[] shownBy;

  private final int[] depths;
  private final List<List<SpanData>> folded = new ArrayList<>();

  private Steps(RunTree tree) {
    this.tree = tree;
    this.shownBy = new int[tree.size()];
    this.depths = new int[tree.size()];
  }

  /** All steps of a trace, parents before their children, siblings in order of start. */
  public static List<Step> ofTrace(List<SpanData> spans) {
    return new Steps(RunTree.of(spans)).below(null);
  }

  /**
   * The run's root and all steps below it, those of its sub-agents included; empty when the root is
   * not among the spans.
   */
  public static List<Step> ofRun(List<SpanData> spans, String rootSpanId) {
    return new Steps(RunTree.of(spans)).below(rootSpanId);
  }

  /**
   * The steps of a trace that name a parent which has not come, in the time of this run; empty when
   * the root is not among the spans. A parent in another process may never come: the first span of
   * a process is not among them.
   */
  public static List<Step> withoutParent(List<SpanData> spans, String rootSpanId) {
    Set<String> known = spans.stream().map(SpanData::spanId).collect(Collectors.toSet());
    return spans.stream()
        .filter(span -> span.spanId().equals(rootSpanId))
        .findFirst()
        .map(root ->
            ofTrace(spans).stream()
                .filter(step -> misses(step.span(), known) && during(root, step.span()))
                .toList())
        .orElse(List.of());
  }

  private static boolean misses(SpanData span, Set<String> known) {
    String parent = span.parentSpanId();
    return parent != null && !span.segment() && !known.contains(parent);
  }

  private static boolean during(SpanData run, SpanData span) {
    return span.startNanos() >= run.startNanos()
        && (run.open() || span.startNanos() <= run.endNanos());
  }

  /**
   * Of these steps the model calls, tool calls, sub-agents and what a client told as an event, in
   * order of start.
   */
  public static List<Step> story(List<Step> steps) {
    return steps.stream()
        .filter(step ->
            switch (step.kind()) {
              case MODEL, TOOL -> true;
              case AGENT -> step.depth() > 0;
              default -> step.span().attributes().has(SessionNames.EVENT_TYPE);
            })
        .sorted(Comparator.comparingLong(step -> step.span().startNanos()))
        .toList();
  }

  private List<Step> below(@Nullable String rootSpanId) {
    int[] topDown = tree.topDown();
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < topDown.length; i++) {
      folded.add(List.of());
    }
    for (int i : topDown) {
      if (place(i, rootSpanId)) {
        shown.add(i);
      }
    }
    return shown.stream().map(i -> step(i, tree.span(shown.getFirst()).startNanos())).toList();
  }

  /** Decides where the span is shown; true when as a step of its own. */
  private boolean place(int i, @Nullable String rootSpanId) {
    int parent = tree.parent(i);
    int above = parent < 0 ? -1 : shownBy[parent];
    boolean root = above < 0 && (rootSpanId == null || tree.span(i).spanId().equals(rootSpanId));
    if (above < 0 && !root) {
      shownBy[i] = -1;
      return false;
    }
    if (above >= 0 && (tree.kind(i) == SpanKind.WRAPPER || tree.continuesRun(i))) {
      shownBy[i] = above;
      fold(i, above);
      return false;
    }
    shownBy[i] = i;
    depths[i] = above < 0 ? 0 : depths[above] + 1;
    return true;
  }

  private void fold(int i, int into) {
    if (folded.get(into).isEmpty()) {
      folded.set(into, new ArrayList<>());
    }
    folded.get(into).add(tree.span(i));
  }

  private Step step(int i, long originNanos) {
    SpanData span = tree.span(i);
    int parent = tree.parent(i);
    int above = parent < 0 ? -1 : shownBy[parent];
    SpanKind kind = tree.kind(i) == SpanKind.WRAPPER ? SpanKind.OTHER : tree.kind(i);
    return new Step(
        span,
        kind,
        above < 0 ? null : tree.span(above).spanId(),
        depths[i],
        span.startNanos() - originNanos,
        folded.get(i));
  }
}
