package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Filter;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Spans;
import io.onlooker.store.query.QueryParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The newest spans of more than are looked at first: the same as if all had been. */
class NewestRowsTest {

  private static final int SPANS = 20 * StartBounds.ROWS;
  private static final Instant END = Spans.NOON.plusSeconds(100);
  private static final Range ALL = new Range(1, Long.MIN_VALUE, Long.MAX_VALUE);

  @TempDir Path folder;
  private final Random random = new Random(7);
  private final Map<String, SpanData> counting = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "'', 50, 0",
    "'', 3000, 50",
    "kind:3, 50, 100",
    "kind:3, 50, 40000",
    "kind:77, 50, 100",
    "rare:1, 10, 1000"
  })
  void pages_haveTheNewestFirst(String q, int limit, int lateMillis) {
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder))) {
      append(store, 1, SPANS / 2, lateMillis);
      append(store, Spans.of(9_999, 99_999).startAfter(95_000).with("kind", 3).make());
      store.seal();
      append(store, SPANS / 4, SPANS, lateMillis);

      List<String> found = firstPages(store, q, limit);

      List<String> expected = expected(q).subList(0, Math.min(found.size(), expected(q).size()));
      assertThat(found).isEqualTo(expected);
      assertThat(found.size()).isEqualTo(Math.min(4 * limit, expected(q).size()));
    }
  }

  /** Spans of these numbers start one after another, some of them late; some are a revision. */
  private void append(EmbeddedStore store, int from, int to, int lateMillis) {
    List<SpanData> batch = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      int late = lateMillis == 0 ? 0 : random.nextInt(lateMillis);
      Spans span = Spans.of(i / 10, i).startAfter(4L * i - late).with("kind", i % 50);
      batch.add((i % 5_000 == 0 ? span.with("rare", 1) : span).make());
    }
    append(store, batch.toArray(SpanData[]::new));
  }

  private void append(EmbeddedStore store, SpanData... batch) {
    List.of(batch).forEach(span -> counting.put(span.spanId(), span));
    store.append(new Batch(1, List.of(batch)));
  }

  private static List<String> firstPages(EmbeddedStore store, String q, int limit) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < 4; page++) {
      SpanPage some = store.spans(new SpanQuery(1, filter(q), Instant.EPOCH, END, limit, cursor));
      some.spans().forEach(span -> found.add(span.spanId()));
      cursor = some.cursor();
      if (cursor == null) {
        return found;
      }
    }
    return found;
  }

  private static Filter filter(String q) {
    return QueryParser.parse(q, END);
  }

  private List<String> expected(String q) {
    return counting.values().stream()
        .filter(span -> takes(q, span))
        .sorted(
            Comparator.comparingLong(SpanData::startNanos)
                .reversed()
                .thenComparing(SpanData::traceId)
                .thenComparing(SpanData::spanId))
        .map(SpanData::spanId)
        .toList();
  }

  private static boolean takes(String q, SpanData span) {
    String[] parts = q.split(":", 2);
    return q.isEmpty() || parts[1].equals(String.valueOf(span.attributes().get(parts[0])));
  }

  @Test
  void rows_ofMuchMemory_areThePartsThatEndLast() {
    Generation early = generation(0, 10);
    Generation late = generation(10, 14);

    NewestRows newest = NewestRows.of(List.of(early.rows(), late.rows()), ALL, 2_000);

    assertThat(newest).isNotNull();
    assertThat(newest.rows().spans()).hasSize(2 * StartBounds.ROWS);
    assertThat(newest.othersUpTo()).isEqualTo(12L * StartBounds.ROWS - 1);
    assertThat(newest.rows().spans()).allMatch(span -> start(span) > newest.othersUpTo());
  }

  @Test
  void rows_ofLittleMemory_areNotSetApart() {
    assertThat(NewestRows.of(List.of(generation(0, 3).rows()), ALL, 2_000)).isNull();
    assertThat(NewestRows.of(List.of(), ALL, 2_000)).isNull();
  }

  /** So many parts of spans that start one nanosecond after another. */
  private static Generation generation(int fromPart, int toPart) {
    Generation generation = new Generation();
    for (int i = fromPart * StartBounds.ROWS; i < toPart * StartBounds.ROWS; i++) {
      generation.add(span(i, i));
    }
    return generation;
  }

  private static HotSpan span(int number, long startNanos) {
    SpanData data = Spans.of(number, number).start(Instant.ofEpochSecond(0, startNanos)).make();
    return HotSpan.of(Ids.trace(1, data.traceId()), data);
  }

  private static long start(HotSpan span) {
    return span.data().startNanos();
  }

  @Test
  void rows_ofARange_areThoseInIt_alsoWhenTheyWereReplacedOrRemoved() {
    Generation generation = new Generation();
    long[] starts = new long[5 * StartBounds.ROWS + 17];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (long) i + random.nextInt(100);
      generation.add(span(i, starts[i]));
    }
    Rows before = generation.rows();
    for (int change = 0; change < 500; change++) {
      int row = random.nextInt(starts.length);
      if (starts[row] != Long.MAX_VALUE && change % 3 == 0) {
        generation.remove(row);
        starts[row] = Long.MAX_VALUE;
      } else if (starts[row] != Long.MAX_VALUE) {
        starts[row] = random.nextInt(2 * starts.length);
        generation.replace(row, span(row, starts[row]));
      }
    }

    for (int i = 0; i < 200; i++) {
      long from = random.nextInt(starts.length);
      long length = random.nextInt(2_000);
      Range range = new Range(1, from, from + length);

      assertThat(startsOf(generation.rows(), range)).isEqualTo(in(range, starts));
    }
    assertThat(startsOf(before, ALL)).hasSize(starts.length);
  }

  private static List<Long> startsOf(Rows rows, Range range) {
    List<Long> found = new ArrayList<>();
    rows.in(range, span -> found.add(start(span)));
    return found.stream().sorted().toList();
  }

  private static List<Long> in(Range range, long[] starts) {
    return Arrays.stream(starts)
        .filter(start -> start >= range.fromNanos() && start < range.toNanos())
        .sorted()
        .boxed()
        .toList();
  }
}
