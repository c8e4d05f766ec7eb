package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the cost of a model call on the one span that stands for it, where clients report the call
 * on several levels, so that a sum over spans has it once. What the other levels were noted with is
 * put aside under names of its own, and comes back should they turn out to stand for a call.
 */
public final class RepeatedCalls {

  private static final Map<String, String> ASIDE =
      Map.of(
          SpanCost.USD, SpanCost.REPEATED_USD,
          SpanCost.MISSING, SpanCost.REPEATED_MISSING);

  private static final Map<String, String> BACK =
      Map.of(
          SpanCost.REPEATED_USD, SpanCost.USD,
          SpanCost.REPEATED_MISSING, SpanCost.MISSING);

  private RepeatedCalls() {}

  /** Whether any span of the tree is noted as it should not be. */
  public static boolean misnoted(RunTree tree) {
    for (int i = 0; i < tree.size(); i++) {
      if (misnoted(tree, i)) {
        return true;
      }
    }
    return false;
  }

  /** The spans that were not noted as they should be, noted so. */
  public static List<SpanData> revisions(RunTree tree) {
    List<SpanData> revisions = new ArrayList<>();
    for (int i = 0; i < tree.size(); i++) {
      if (misnoted(tree, i)) {
        revisions.add(noted(tree.span(i), tree.repeats(i)));
      }
    }
    return revisions;
  }

  private static boolean misnoted(RunTree tree, int index) {
    Attributes attributes = tree.span(index).attributes();
    return tree.repeats(index) != attributes.has(SpanCost.REPEATED)
        || (tree.repeats(index)
            && (attributes.has(SpanCost.USD) || attributes.has(SpanCost.MISSING)));
  }

  private static SpanData noted(SpanData span, boolean repeats) {
    Map<String, String> names = repeats ? ASIDE : BACK;
    Attributes.Builder noted = Attributes.builder();
    span.attributes()
        .forEach((key, value) -> {
          if (!key.equals(SpanCost.REPEATED)) {
            noted.put(names.getOrDefault(key, key), value);
          }
        });
    if (repeats) {
      noted.put(SpanCost.REPEATED, true);
    }
    return span.withAttributes(noted.build());
  }
}
