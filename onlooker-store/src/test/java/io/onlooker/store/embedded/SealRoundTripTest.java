package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
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

  /** More rows than a block of the file's encodings has, with the largest differences there are. */
  @Example
  void extremes_comeBackEqual() {
    List<Item> spans = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Spans span = Spans.of(1, i + 1).startAfter(i).millis(i % 2 == 0 ? i : 1e9 - i);
      span.with("whole", i % 2 == 0 ? Long.MIN_VALUE + i : Long.MAX_VALUE - i);
      span.with("fraction", i % 2 == 0 ? -Double.MAX_VALUE / i : Double.MIN_VALUE * i);
      span.with("text", i % 7 == 0 ? "" : "é".repeat(i % 90) + i);
      spans.add(i % 3 == 0 ? span.with("some", i * 0x1p40).make() : span.make());
    }
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder).withCopies(0))) {
      store.append(new Batch(7, spans));
      store.seal();
      assertThat(store.trace(7, Spans.trace(1))).containsExactlyInAnyOrderElementsOf(spans(spans));
    }
  }

  private static List<SpanData> spans(List<Item> items) {
    return items.stream().map(SpanData.class::cast).toList();
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
