package io.onlooker.store.span;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.List;

/**
 * Picks the one span that stands for a model call where clients report it on several levels, as a
 * framework's span around a client's, or as a loop around its rounds.
 *
 * <p>That is the outermost one with tokens, or the outermost one if none has tokens. What lies
 * beyond a tool or an agent inside is another call.
 */
final class ModelLevels {

  private final List<SpanData> spans;
  private final int[] parents;
  private final int[] topDown;
  private final SpanKind[] kinds;
  private final boolean[] tokensInside;
  private final boolean[] repeats;

  ModelLevels(List<SpanData> spans, int[] parents, int[] topDown) {
    this.spans = spans;
    this.parents = parents;
    this.topDown = topDown;
    this.kinds = spans.stream().map(SpanKind::of).toArray(SpanKind[]::new);
    this.tokensInside = new boolean[kinds.length];
    this.repeats = new boolean[kinds.length];
  }

  /** The kind of each span, with {@link SpanKind#WRAPPER} for model levels that were not picked. */
  SpanKind[] kinds() {
    lookInside();
    boolean[] covered = new boolean[kinds.length];
    for (int i : topDown) {
      covered[i] = parents[i] >= 0 && covered[parents[i]] && !boundary(kinds[i]);
      if (kinds[i] == SpanKind.MODEL) {
        boolean picked = !covered[i] && (hasTokens(i) || !tokensInside[i]);
        covered[i] |= picked;
        kinds[i] = picked ? SpanKind.MODEL : SpanKind.WRAPPER;
        repeats[i] = !picked;
      }
    }
    return kinds;
  }

  /** Which spans report a model call that another one stands for; of use after {@link #kinds}. */
  boolean[] repeats() {
    return repeats;
  }

  private void lookInside() {
    for (int k = topDown.length - 1; k >= 0; k--) {
      int i = topDown[k];
      boolean passesUp = tokensInside[i] || (kinds[i] == SpanKind.MODEL && hasTokens(i));
      if (parents[i] >= 0 && passesUp && !boundary(kinds[i])) {
        tokensInside[parents[i]] = true;
      }
    }
  }

  private static boolean boundary(SpanKind kind) {
    return kind == SpanKind.TOOL || kind == SpanKind.AGENT;
  }

  private boolean hasTokens(int i) {
    return spans.get(i).attributes().has(GenAi.USAGE_INPUT_TOKENS)
        || spans.get(i).attributes().has(GenAi.USAGE_OUTPUT_TOKENS)
        || spans.get(i).attributes().has(GenAi.USAGE_TOTAL_TOKENS);
  }
}
