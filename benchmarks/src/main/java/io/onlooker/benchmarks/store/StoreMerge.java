package io.onlooker.benchmarks.store;

import io.onlooker.store.StoreStats;
import io.onlooker.store.embedded.SegmentFill;
import java.nio.file.Path;

/** Merges what {@link StoreFill} wrote, as the store does by itself: {@code StoreMerge FOLDER}. */
public final class StoreMerge {

  private StoreMerge() {}

  public static void main(String[] args) {
    long begin = System.nanoTime();
    StoreStats stats = SegmentFill.merge(Path.of(args[0]));
    System.out.printf(
        "%.0f s; %,d spans in %d segments, %.1f bytes a span with texts%n",
        (System.nanoTime() - begin) / 1e9,
        stats.spans(),
        stats.segments(),
        (double) stats.segmentBytes() / stats.spans());
  }
}
