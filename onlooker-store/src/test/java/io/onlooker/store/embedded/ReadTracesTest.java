package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Spans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadTracesTest {

  @TempDir Path folder;

  @Test
  void get_onlyWhatWasPut() throws Exception {
    ReadTraces read = new ReadTraces(1 << 20);
    HotSpan span = span(1, "a");

    read.put(segment(1), span.trace(), List.of(span));

    assertThat(read.get(segment(1), span.trace())).containsExactly(span);
    assertThat(read.get(segment(2), span.trace())).isNull();
    assertThat(read.get(segment(1), span(2, "a").trace())).isNull();
  }

  @Test
  void put_beyondItsBytes() throws Exception {
    ReadTraces read = new ReadTraces(10_000);
    Segment segment = segment(1);
    for (int trace = 1; trace <= 4; trace++) {
      read.put(segment, span(trace, "").trace(), List.of(span(trace, "")));
    }

    for (int trace = 5; trace <= 100; trace++) {
      read.put(segment, span(trace, "").trace(), List.of(span(trace, "")));
      assertThat(read.get(segment, span(1, "").trace())).isNotNull();
    }

    assertThat(read.get(segment, span(2, "").trace())).isNull();
    assertThat(read.get(segment, span(99, "").trace())).isNotNull();
  }

  @Test
  void put_oneThatIsTooLarge() throws Exception {
    ReadTraces read = new ReadTraces(10_000);
    HotSpan small = span(1, "");
    HotSpan large = span(2, "x".repeat(5_000));
    read.put(segment(1), small.trace(), List.of(small));

    read.put(segment(1), large.trace(), List.of(large));

    assertThat(read.get(segment(1), large.trace())).isNull();
    assertThat(read.get(segment(1), small.trace())).isNotNull();
  }

  @Test
  void trace_readBeforeASpanComesAgain() {
    StoreConfig config = StoreConfig.of(folder).withMerging(MergedStoreTest.PAIRS);
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      append(store, Spans.of(1, 1).with("v", "old").make(), Spans.of(1, 2).make());
      store.seal();
    }
    SpanData changed = Spans.of(1, 1).with("v", "new").make();
    SpanData added = Spans.of(1, 3).make();
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(2);
      assertThat(store.trace(1, Spans.trace(1))).hasSize(2);

      append(store, changed, added);
      assertThat(store.trace(1, Spans.trace(1))).hasSize(3).contains(changed, added);
      store.seal();
      assertThat(store.trace(1, Spans.trace(1))).hasSize(3).contains(changed, added);
    }
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(3).contains(changed, added);
      store.keepUp();
      assertThat(store.stats().upkeep().merges()).isPositive();
      assertThat(store.trace(1, Spans.trace(1))).hasSize(3).contains(changed, added);
      assertThat(store.trace(2, Spans.trace(1))).isEmpty();
    }
  }

  private static void append(EmbeddedStore store, SpanData... spans) {
    store.append(new Batch(1, List.of(spans)));
  }

  private static HotSpan span(int trace, String text) {
    SpanData data = Spans.of(trace, 1).with("text", text).make();
    return new HotSpan(Ids.trace(1, data.traceId()), Ids.span("spanId", data.spanId()), data);
  }

  private Segment segment(long number) throws Exception {
    Path traces = folder.resolve(number + ".traces");
    Files.deleteIfExists(traces);
    TraceHashes.write(traces, List.of(new TraceKey(1, 2, 3)));
    Segment.Summary summary = new Segment.Summary(0, 0, 0, Set.of(1), Set.of(), 0);
    return new Segment(
        number,
        Map.of(),
        summary,
        Map.of(),
        TraceHashes.open(traces),
        new WordFile(folder.resolve(number + ".words")));
  }
}
