package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Spans;
import io.onlooker.store.reference.RandomQueries;
import io.onlooker.store.reference.RandomSpans;
import io.onlooker.store.reference.ReferenceQuery;
import io.onlooker.store.reference.ReferenceRows;
import io.onlooker.store.reference.ReferenceRows.Row;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The store and the reference evaluator agree on random queries over random spans, wherever these
 * stand. {@code -Dqueries=500} asks that many of each stage instead of the usual number; {@code
 * -Dseed=7} begins with another seed.
 */
class RandomQueryTest {

  private static final int QUERIES = Integer.getInteger("queries", 12);
  private static final long SEED = Long.getLong("seed", 0);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void stages_agree(int number) {
    Random random = new Random(SEED * 1000 + number);
    RandomSpans spans = new RandomSpans(random);
    Asking asking = new Asking(number, random, spans);
    EmbeddedStore store = open();
    try {
      append(store, spans, 120);
      asking.ask("in memory", store);
      store.seal();
      asking.ask("sealed", store);
      append(store, spans, 60);
      asking.ask("sealed and late", store);
      store.close();
      store = open();
      asking.ask("restarted", store);
      store.seal();
      asking.ask("sealed twice", store);
      store.keepUp();
      asking.ask("merged", store);
      append(store, spans, 60);
      asking.ask("merged and late", store);
    } finally {
      store.close();
    }
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(
        StoreConfig.of(folder).withClock(() -> Spans.NOON).withMerging(MergedStoreTest.PAIRS));
  }

  private static void append(EmbeddedStore store, RandomSpans spans, int count) {
    for (int i = 0; i < count; i += 20) {
      store.append(new Batch(1, List.copyOf(spans.batch(20))));
    }
  }

  /** Asks the store what the reference can answer too. */
  private record Asking(int number, Random random, RandomSpans spans) {

    void ask(String stage, EmbeddedStore store) {
      for (int i = 0; i < QUERIES; i++) {
        Query query = new RandomQueries(random).query();
        String told = "seed %d, stages_agree(%d), %s: %s".formatted(SEED, number, stage, query);
        check(told, query, store.aggregate(query));
        SpanQuery search = new SpanQuery(1, query.filter(), query.from(), query.to(), 1000, null);
        List<SpanData> found = store.spans(search).spans();
        List<SpanData> expected = newestFirst(search);
        assertThat(ids(found)).as(told).isEqualTo(ids(expected));
        for (int k = 0; k < found.size(); k++) {
          assertThat(found.get(k)).as(stage).isEqualTo(expected.get(k));
        }
      }
    }

    private static List<String> ids(List<SpanData> spans) {
      return spans.stream().map(SpanData::spanId).toList();
    }

    private List<SpanData> newestFirst(SpanQuery search) {
      return ReferenceQuery.find(search.filter(), spans.counting()).stream()
          .filter(span -> span.startNanos() >= Spans.nanos(search.from()))
          .filter(span -> span.startNanos() < Spans.nanos(search.to()))
          .sorted(
              Comparator.comparingLong(SpanData::startNanos)
                  .reversed()
                  .thenComparing(SpanData::traceId)
                  .thenComparing(SpanData::spanId))
          .toList();
    }

    private void check(String told, Query query, Result result) {
      ReferenceRows reference = new ReferenceRows(query, spans.counting());
      List<Row> all = reference.rows();
      int shown = Math.min(all.size(), query.limit());
      assertThat(result.rows()).as(told).hasSize(shown);
      assertThat(result.leftOut())
          .as(told)
          .hasSize(all.size() > shown ? 1 : 0)
          .allMatch(text -> text.equals(all.size() - shown + " more groups"));
      Set<List<@Nullable Object>> seen = new HashSet<>();
      for (int i = 0; i < shown; i++) {
        List<@Nullable Object> group = result.rows().get(i).subList(0, query.by().size());
        Row row = row(told, all, group);
        assertThat(seen.add(row.group())).as(told).isTrue();
        close(
            told,
            result.rows().get(i).subList(query.by().size(), result.rows().get(i).size()),
            row.figures());
        close(told, reference.sorted(row), reference.sorted(all.get(i)));
        if (query.step() != null) {
          check(told, result.series().get(i).points(), row);
        }
      }
      check(told, query, result, all.size() - shown, reference.others(seen));
    }

    private static void check(String told, Query query, Result result, long hidden, Row others) {
      if (!query.other() || query.by().isEmpty() || hidden == 0) {
        assertThat(result.other()).as(told).isNull();
        return;
      }
      Result.Other other = requireNonNull(result.other(), told);
      assertThat(other.groups()).as(told).isEqualTo(hidden);
      close(told, other.figures(), others.figures());
      if (query.step() != null) {
        check(told, other.points(), others);
      }
    }

    private static Row row(String told, List<Row> all, List<@Nullable Object> group) {
      List<Row> same = all.stream().filter(row -> same(row.group(), group)).toList();
      assertThat(same).as("%s: group %s of %s", told, group, all).hasSize(1);
      return same.getFirst();
    }

    private static void check(String told, List<Result.Point> points, Row row) {
      assertThat(points.stream().map(Result.Point::start).toList())
          .as(told)
          .containsExactlyElementsOf(row.points().keySet());
      points.forEach(point ->
          close(told, point.values(), row.points().getOrDefault(point.start(), List.of())));
    }

    private static boolean same(List<@Nullable Object> a, List<@Nullable Object> b) {
      for (int i = 0; i < a.size(); i++) {
        boolean numbers = a.get(i) instanceof Number && b.get(i) instanceof Number;
        if (numbers
            ? number(a.get(i)) != number(b.get(i))
            : !java.util.Objects.equals(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static double number(@Nullable Object value) {
      return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Sums in another order differ in their last digits. */
    private static void close(
        String told,
        List<? extends @Nullable Object> actual,
        List<? extends @Nullable Object> expected) {
      assertThat(actual).as(told).hasSameSizeAs(expected);
      for (int i = 0; i < actual.size(); i++) {
        if (actual.get(i) instanceof Number a && expected.get(i) instanceof Number b) {
          double wanted = b.doubleValue();
          assertThat(a.doubleValue())
              .as(told)
              .isCloseTo(wanted, within(1e-9 * (1 + Math.abs(wanted))));
        } else {
          assertThat((Object) actual.get(i))
              .as("%s: %s, not %s", told, actual, expected)
              .isEqualTo(expected.get(i));
        }
      }
    }
  }
}
