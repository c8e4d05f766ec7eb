package io.onlooker.store.embedded;

import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.store.Batch;
import io.onlooker.store.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that appends until it is killed, and says on its output which batches were
 * acknowledged: {@code CrashWriter <folder> <first trace> <writers>}.
 */
final class CrashWriter {

  static final int SPANS = 7;
  static final int TRACES_A_WRITER = 1_000_000;

  private CrashWriter() {}

  public static void main(String[] arguments) {
    int first = Integer.parseInt(arguments[1]);
    // Small thresholds: it is killed while it seals and merges as well as while it appends.
    StoreConfig.Sealing sealing =
        new StoreConfig.Sealing(500, 1 << 20, Duration.ofMinutes(5), Duration.ofHours(1));
    StoreConfig.Merging merging = new StoreConfig.Merging(2, 100_000, Duration.ofMillis(20));
    EmbeddedStore store =
        EmbeddedStore.open(
            StoreConfig.of(Path.of(arguments[0])).withSealing(sealing).withMerging(merging));
    for (int writer = 0; writer < Integer.parseInt(arguments[2]); writer++) {
      int from = first + writer * TRACES_A_WRITER;
      Thread.ofPlatform().start(() -> write(store, from));
    }
  }

  private static void write(EmbeddedStore store, int from) {
    for (int trace = from; trace < from + TRACES_A_WRITER; trace++) {
      store.append(batch(trace));
      synchronized (CrashWriter.class) {
        System.out.println(trace);
        System.out.flush();
      }
    }
  }

  private static Batch batch(int trace) {
    List<Item> spans = new ArrayList<>();
    spans.add(Spans.of(trace, 1).with(GenAi.OPERATION_TYPE, "agent").make());
    for (int span = 2; span < SPANS; span++) {
      spans.add(Spans.of(trace, span).parent(1).with("k" + trace % 9, trace).make());
    }
    spans.add(Spans.of(trace, SPANS).parent(1).open().make());
    return new Batch(1, spans);
  }
}
