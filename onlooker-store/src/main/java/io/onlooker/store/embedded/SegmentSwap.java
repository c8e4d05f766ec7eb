package io.onlooker.store.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one segment count in place of others, in the catalog and then in memory. Meanwhile nothing
 * is sealed, and no span is compared with what the others hold of it.
 */
final class SegmentSwap {

  private final Sealer sealer;
  private final Overlap overlap;
  private final HotTier hot;
  private final Catalog catalog;

  SegmentSwap(Sealer sealer, Overlap overlap, HotTier hot, Catalog catalog) {
    this.sealer = sealer;
    this.overlap = overlap;
    this.hot = hot;
    this.catalog = catalog;
  }

  /**
   * @param output null when nothing is left of the inputs
   * @param left spans of the inputs that the output does not have, since they no longer counted
   */
  void replace(List<Segment> inputs, @Nullable Segment output, Set<View.SpanKey> left) {
    synchronized (sealer) {
      synchronized (overlap) {
        View view = hot.view();
        Set<View.SpanKey> superseded = new HashSet<>();
        inputs.forEach(input -> superseded.addAll(view.superseded(input)));
        superseded.removeAll(left);
        catalog.replace(inputs, output, superseded);
        hot.replace(inputs, output, left);
      }
    }
  }
}
