package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Filter;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Spans;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a store does while its disk is full, and when there is room again; ends with 0 if right. */
final class FullDiskStory {

  private static final int SPANS = 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path folder;
  private final Path filler;
  private final List<Integer> acknowledged = new ArrayList<>();
  private int next = 1;

  private FullDiskStory(Path folder) {
    this.folder = folder.resolve("store");
    this.filler = folder.resolve("filler");
  }

  public static void main(String[] arguments) throws Exception {
    new FullDiskStory(Path.of(arguments[0])).tell();
  }

  private void tell() throws Exception {
    try (EmbeddedStore store = open()) {
      appendMany(store, 100);
      fill();
      appendUntilRefused(store);
      System.out.println("refused after " + acknowledged.size());
      for (int attempt = 0; attempt < 20; attempt++) {
        append(store);
        check(store);
      }
      Files.delete(filler);
      appendUntilTaken(store);
      System.out.println("recovered");
      for (int batch = 0; batch < 100; batch++) {
        appendUntilTaken(store);
      }
      check(store);
    }
    try (EmbeddedStore store = open()) {
      check(store);
      assertThat(store.stats().damagedLogBytes()).isZero();
      System.out.println("all there: " + acknowledged.size());
    }
  }

  private EmbeddedStore open() {
    StoreConfig.Sealing often =
        new StoreConfig.Sealing(500, 1 << 20, Duration.ofMinutes(5), Duration.ofHours(1));
    StoreConfig.Merging pairs = new StoreConfig.Merging(2, 100_000, Duration.ofMillis(50));
    return EmbeddedStore.open(
        StoreConfig.of(folder).withSealing(often).withMerging(pairs).withReserve(0));
  }

  private void fill() throws IOException {
    byte[] block = new byte[1 << 16];
    for (int size = block.length; size > 0; size /= 16) {
      try (OutputStream out =
          Files.newOutputStream(
              filler,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        while (true) {
          out.write(block, 0, size);
        }
      } catch (IOException e) {
        System.out.println("filled: " + e.getMessage());
      }
    }
  }

  private void appendMany(EmbeddedStore store, int batches) {
    for (int i = 0; i < batches; i++) {
      assertThat(append(store)).isTrue();
    }
  }

  private void appendUntilRefused(EmbeddedStore store) {
    for (int i = 0; i < 100_000; i++) {
      if (!append(store)) {
        return;
      }
    }
    throw new AssertionError("never refused");
  }

  private void appendUntilTaken(EmbeddedStore store) throws InterruptedException {
    long start = System.nanoTime();
    while (!append(store)) {
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
      Thread.sleep(50);
    }
  }

  /** Whether it was taken; if not, the store said that it is full. */
  private boolean append(EmbeddedStore store) {
    int trace = next++;
    List<Item> spans = new ArrayList<>();
    for (int span = 1; span <= SPANS; span++) {
      spans.add(span(trace, span));
    }
    try {
      store.append(new Batch(1, spans));
      acknowledged.add(trace);
      return true;
    } catch (StoreException e) {
      assertThat(e.reason()).as(e.toString()).isEqualTo(StoreException.Reason.FULL);
      return false;
    }
  }

  private static SpanData span(int trace, int span) {
    String op = span == 1 ? "gen_ai.invoke_agent" : "function";
    return Spans.of(trace, span)
        .op(op)
        .with("gen_ai.operation.type", span == 1 ? "agent" : "tool")
        .with("text", "value " + trace + " of " + span)
        .make();
  }

  /** All that was acknowledged is there once, whatever else the disk does. */
  private void check(EmbeddedStore store) {
    for (int i = 0; i < acknowledged.size(); i += Math.max(1, acknowledged.size() / 20)) {
      assertThat(store.trace(1, Spans.trace(acknowledged.get(i)))).hasSize(SPANS);
    }
    Instant to = Spans.NOON.plusSeconds(3600);
    SpanQuery all = new SpanQuery(1, Filter.ALL, Instant.EPOCH, to, 1_000_000, null);
    assertThat(store.spans(all).spans()).hasSize(acknowledged.size() * SPANS);
    assertThat(
            store
                .sessions(
                    new SessionQuery(
                        1,
                        Filter.ALL,
                        Instant.EPOCH,
                        to,
                        SessionQuery.Order.STARTED,
                        true,
                        1_000_000,
                        null))
                .sessions())
        .isNotEmpty();
  }
}
