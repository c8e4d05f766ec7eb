package io.onlooker.store.span;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a trace as a tree, with what each stands for and which run of an agent it belongs
 * to. Immutable; the same for every order in which the spans arrived.
 *
 * <p>Spans are addressed by index, in order of start. Nothing here recurses, so the tree may be as
 * deep as it is long; everything takes O(n log n).
 */
public final class RunTree {

  private static final Comparator<SpanData> BY_START =
      Comparator.comparingLong(SpanData::startNanos).thenComparing(SpanData::spanId);

  private final List<SpanData> spans;
  private final int[] parents;
  private final int[] topDown;
  private final SpanKind[] kinds;
  private final boolean[] repeats;
  private final int[] runs;

  private RunTree(List<SpanData> spans) {
    this.spans = spans;
    this.parents = Parents.of(spans);
    this.topDown = Parents.topDown(parents);
    ModelLevels levels = new ModelLevels(spans, parents, topDown);
    this.kinds = levels.kinds();
    this.repeats = levels.repeats();
    this.runs = runs();
  }

  /**
   * The tree of these spans.
   *
   * @param spans of one trace; of a span that is there twice the revision that ended later counts
   */
  public static RunTree of(List<SpanData> spans) {
    Map<String, SpanData> latest = HashMap.newHashMap(spans.size());
    for (SpanData span : spans) {
      latest.merge(span.spanId(), span, (a, b) -> a.endNanos() >= b.endNanos() ? a : b);
    }
    List<SpanData> sorted = new ArrayList<>(latest.values());
    sorted.sort(BY_START);
    return new RunTree(sorted);
  }

  public int size() {
    return spans.size();
  }

  public SpanData span(int index) {
    return spans.get(index);
  }

  /** The index of the parent, or -1 when there is none, or it has not come. */
  public int parent(int index) {
    return parents[index];
  }

  /** What the span stands for; {@link SpanKind#WRAPPER} for all levels of a model call but one. */
  public SpanKind kind(int index) {
    return kinds[index];
  }

  /** Whether the span reports a model call that another span above or below it stands for. */
  public boolean repeats(int index) {
    return repeats[index];
  }

  /** Whether the span is a step of its run: a model call or a tool call. */
  public boolean isStep(int index) {
    return kinds[index] == SpanKind.MODEL || kinds[index] == SpanKind.TOOL;
  }

  /** The root of the run that the span belongs to, itself if it is one; -1 outside any run. */
  public int run(int index) {
    return runs[index];
  }

  /** All indexes, parents before their children, siblings in order of start. */
  public int[] topDown() {
    return topDown.clone();
  }

  /**
   * Whether the span is an agent's but does not begin a run: it reports the same run once more, as
   * a service does that a browser asked to run the agent.
   */
  public boolean continuesRun(int index) {
    return kinds[index] == SpanKind.AGENT && runs[index] != index;
  }

  /**
   * A run begins with an agent, unless that is the agent above it with no step between; a model
   * call below no agent is a run of its own.
   *
   * <p>Workflows, requests and tools around agents are none: what they contain is.
   */
  private int[] runs() {
    int[] runs = new int[size()];
    int[] agents = new int[size()];
    for (int i : topDown) {
      int above = parents[i] < 0 ? -1 : runs[parents[i]];
      int agent = parents[i] < 0 ? -1 : agents[parents[i]];
      boolean begins =
          switch (kinds[i]) {
            case AGENT -> agent < 0 || !sameAgent(i, agent);
            case MODEL -> above < 0;
            default -> false;
          };
      runs[i] = begins ? i : above;
      agents[i] = kinds[i] == SpanKind.AGENT ? i : isStep(i) ? -1 : agent;
    }
    return runs;
  }

  private boolean sameAgent(int a, int b) {
    String name = spans.get(a).attributes().string(GenAi.AGENT_NAME);
    return name != null && name.equals(spans.get(b).attributes().string(GenAi.AGENT_NAME));
  }
}
