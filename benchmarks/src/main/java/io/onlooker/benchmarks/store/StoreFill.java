package io.onlooker.benchmarks.store;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.embedded.SegmentFill;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fills a store: {@code StoreFill FOLDER SPANS}. */
public final class StoreFill {

  static final int PROJECT = 1;
  static final long SEED = 42;
  private static final int BATCH = 2_000;

  private StoreFill() {}

  public static void main(String[] args) throws IOException {
    TraceStream stream = new TraceStream(SEED, Long.parseLong(args[1]));
    long begin = System.nanoTime();
    SegmentFill.fill(Path.of(args[0]), PROJECT, () -> batch(stream));
    System.out.printf("%.0f s%n", (System.nanoTime() - begin) / 1e9);
  }

  /** Whole traces. */
  static List<Item> batch(TraceStream stream) {
    List<Item> batch = new ArrayList<>(BATCH + 60);
    List<SpanData> trace = stream.next();
    while (!trace.isEmpty()) {
      batch.addAll(trace);
      trace = batch.size() < BATCH ? stream.next() : List.of();
    }
    return batch;
  }
}
