package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class SealRoundTripTest {

  private Path folder = Path.of("");

  @BeforeTry
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("onlooker");
  }

  @AfterTry
  void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Items.items().list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 16)
  void items_comeBackEqual(@ForAll("items") List<Item> items, @ForAll boolean copies) {
    // Open spans are sealed at once, as if they had been open for too long.
    StoreConfig config =
        StoreConfig.of(folder)
            .withClock(() -> java.time.Instant.parse("2170-01-01T00:00:00Z"))
            .withCopies(copies ? 1L << 30 : 0);
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      store.append(new Batch(7, items));
      store.seal();
      assertThat(store.stats().hotSpans()).isZero();
    }

    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      for (SpanData span : latest(items).values()) {
        assertThat(store.trace(7, span.traceId())).contains(span);
      }
      for (Item item : items) {
        if (item instanceof LogData log && log.traceId() != null) {
          assertThat(store.notes(7, log.traceId()).logs()).contains(log);
        }
        if (item instanceof ErrorData error && error.traceId() != null) {
          assertThat(store.notes(7, error.traceId()).errors()).contains(error);
        }
      }
    }
  }

  private static Map<String, SpanData> latest(List<Item> items) {
    Map<String, SpanData> latest = new HashMap<>();
    for (Item item : items) {
      if (item instanceof SpanData span) {
        String key = span.traceId() + span.spanId();
        SpanData earlier = latest.get(key);
        if (earlier == null || earlier.open() || !span.open()) {
          latest.put(key, span);
        }
      }
    }
    return latest;
  }
}
