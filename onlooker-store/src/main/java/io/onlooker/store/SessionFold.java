package io.onlooker.store;

import io.onlooker.SpanData;
import io.onlooker.store.span.RunTree;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives the sessions of a trace from all its spans known so far; pure, so order and retries do
 * not matter.
 *
 * <p>A session is one run of an agent with everything below it. A sub-agent is a session of its own
 * and names the one above it; its steps and tokens count in both, so a sum over sessions takes only
 * those without a parent. A model call below no agent is a session too. One trace may hold many of
 * them, and what surrounds them, as workflows and requests, is none.
 *
 * <p>A session's id is its root span's, or the one that the sender gave it ({@link
 * io.onlooker.store.span.SessionNames#ID}). Where the sender gave one and no model call says how
 * many tokens it took, those that the root says count.
 *
 * <p>While the parent of a span has not come, a model call may stand as a session that is later
 * found to be part of one: what the fold gives for more spans replaces all that it gave for fewer.
 */
public final class SessionFold {

  private SessionFold() {}

  /**
   * The sessions of one trace, in order of start, sub-agents behind those that began them; empty
   * when no agent ran in it.
   *
   * @param spans all spans of the trace, the latest revision of each
   * @param nowNanos nanoseconds since 1970-01-01T00:00Z, to tell a running session from a lost one
   */
  public static List<Session> fold(int project, List<SpanData> spans, long nowNanos) {
    RunTree tree = tree(spans);
    return tree == null ? List.of() : fold(project, tree, nowNanos);
  }

  /** The tree of spans among which sessions may be, or null when there can be none. */
  public static @Nullable RunTree tree(List<SpanData> spans) {
    return spans.stream().noneMatch(SessionFold::mayBegin) ? null : RunTree.of(spans);
  }

  /** The same of a trace whose tree is known. */
  public static List<Session> fold(int project, RunTree tree, long nowNanos) {
    int[] topDown = tree.topDown();
    @Nullable Run[] runs = collect(tree, topDown);
    for (int k = topDown.length - 1; k >= 0; k--) {
      Run run = runs[topDown[k]];
      if (run != null) {
        run.close(nowNanos);
      }
    }
    List<Session> sessions = sessions(project, topDown, runs);
    sessions.sort(Comparator.comparingLong(Session::startNanos));
    return List.copyOf(sessions);
  }

  /** Most traces of requests and jobs have no such span, and need no tree. */
  private static boolean mayBegin(SpanData span) {
    SpanKind kind = SpanKind.of(span);
    return kind == SpanKind.AGENT || kind == SpanKind.MODEL;
  }

  /** Of two runs that were given the same id the upper, earlier one has it. */
  private static List<Session> sessions(int project, int[] topDown, @Nullable Run[] runs) {
    List<Session> sessions = new ArrayList<>();
    Map<Run, String> ids = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Run run : runs) {
      if (run != null) {
        taken.add(run.rootSpanId());
      }
    }
    for (int i : topDown) {
      Run run = runs[i];
      if (run != null) {
        run.inherit();
        String given = run.givenId();
        String id = given != null && taken.add(given) ? given : run.rootSpanId();
        ids.put(run, id);
        sessions.add(run.session(project, id, run.above() == null ? null : ids.get(run.above())));
      }
    }
    return sessions;
  }

  /** Each run at the index of its root. */
  private static @Nullable Run[] collect(RunTree tree, int[] topDown) {
    @Nullable Run[] runs = new Run[tree.size()];
    for (int i : topDown) {
      int root = tree.run(i);
      if (root == i) {
        int above = tree.parent(i) < 0 ? -1 : tree.run(tree.parent(i));
        runs[i] = new Run(tree, i, above < 0 ? null : runs[above]);
      }
      if (root >= 0) {
        Objects.requireNonNull(runs[root]).add(i);
      }
    }
    return runs;
  }
}
