package io.onlooker.store.embedded;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.StoreStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes spans into the segments of a store as sealing does, without the journal, and without
 * folding sessions: for sizes at which these would take hours.
 */
public final class SegmentFill {

  private SegmentFill() {}

  /**
   * Ends with the first empty batch; prints how many spans are there.
   *
   * @param folder of a store that nothing has open
   */
  public static void fill(Path folder, int project, Supplier<List<Item>> batches)
      throws IOException {
    int most = StoreConfig.Sealing.USUAL.spans();
    try (DataFolder data = DataFolder.open(folder);
        Database database = new Database(data.catalog());
        WritingEngine engine = new WritingEngine(data.spill())) {
      Catalog catalog = new Catalog(database, data);
      TraceCopies copies = new TraceCopies(data, Long.MAX_VALUE, 0);
      long done = catalog.open().sealedSpans();
      for (List<HotSpan> spans = spans(project, batches, most);
          !spans.isEmpty();
          spans = spans(project, batches, most)) {
        SegmentWriter writer = new SegmentWriter(engine.get(), data, catalog.nextNumber());
        Segment segment = writer.write(spans, List.of());
        copies.write(segment, spans);
        catalog.add(segment, Map.of(), catalog.sealedJournal());
        done += spans.size();
        System.out.printf("%,d spans%n", done);
      }
    }
  }

  /** Merges until there is nothing more to merge. */
  public static StoreStats merge(Path folder) {
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder))) {
      store.keepUp();
      return store.stats();
    }
  }

  private static List<HotSpan> spans(int project, Supplier<List<Item>> batches, int most) {
    List<HotSpan> spans = new ArrayList<>(most);
    while (spans.size() < most) {
      List<Item> batch = batches.get();
      if (batch.isEmpty()) {
        return spans;
      }
      for (Item item : batch) {
        SpanData span = (SpanData) item;
        TraceKey trace = Ids.trace(project, span.traceId());
        spans.add(new HotSpan(trace, Ids.span("spanId", span.spanId()), span));
      }
    }
    return spans;
  }
}
