package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Item;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Batch;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered in a shorter way gives the same figures. */
class FiguresTest {

  private static final Instant FROM = Spans.NOON.minusSeconds(3600);
  private static final Instant TO = Spans.NOON.plusSeconds(3600);
  private static final Aggregate COUNT = new Aggregate("count()", Function.COUNT, null, null);

  @TempDir Path folder;
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    StoreConfig.Limits limits = new StoreConfig.Limits(40L << 20, Duration.ofSeconds(30));
    store = EmbeddedStore.open(StoreConfig.of(folder).withLimits(limits));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void count_ofSealedSpansThatWereSentAgain() {
    append(Spans.of(1, 1).make(), Spans.of(1, 2).make(), Spans.of(2, 3).make());
    store.seal();
    append(Spans.of(1, 1).millis(7).make(), Spans.of(3, 4).make());

    assertThat(count(FROM, TO)).isEqualTo(4L);

    store.seal();
    assertThat(count(FROM, TO)).isEqualTo(4L);
  }

  @Test
  void count_ofAPartOfASegment() {
    append(
        Spans.of(1, 1).startAfter(0).make(),
        Spans.of(1, 2).startAfter(1000).make(),
        Spans.of(2, 3).startAfter(2000).make());
    store.seal();
    append(Spans.of(2, 3).startAfter(2000).millis(7).make(), Spans.of(3, 4).make());

    assertThat(count(Spans.NOON.plusMillis(1), TO)).isEqualTo(2L);
    assertThat(count(FROM, Spans.NOON.plusMillis(2000))).isEqualTo(3L);
  }

  @Test
  void count_besideAnotherProject() {
    append(Spans.of(1, 1).make());
    store.append(new Batch(2, List.of(Spans.of(1, 1).make(), Spans.of(1, 2).make())));
    store.seal();

    assertThat(count(FROM, TO)).isEqualTo(1L);
  }

  @Test
  void rates_ofAllSpans() {
    append(Spans.of(1, 1).make(), Spans.of(1, 2).make(), Spans.of(1, 3).make());
    store.seal();
    Aggregate minutes = new Aggregate("per_minute()", Function.PER_MINUTE, null, null);
    Aggregate seconds = new Aggregate("per_second()", Function.PER_SECOND, null, null);

    assertThat(rows(List.of(), COUNT, minutes, seconds))
        .containsExactly(List.of(3L, 3 / 120.0, 3 / 7200.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "mixed", "text", "list", "none"})
  void percentiles_besideEachOther(String key) {
    List<Item> spans = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      Spans span = Spans.of(i, i).millis(i * i).with("whole", (long) (i * 37 % 41));
      span.with("mixed", i % 2 == 0 ? "x" : i % 3 * 1.5).with("text", i + "e1");
      spans.add(span.with("list", List.of((long) i, "7")).op("op" + i % 2).make());
    }
    append(spans.toArray(Item[]::new));
    store.seal();
    Field field = new Field.Attribute(key);
    Filter some = new Filter.Compare(field, Filter.Comparison.GREATER, 3);
    List<Aggregate> percentiles = new ArrayList<>();
    for (Function function : List.of(Function.P99, Function.P50, Function.P95, Function.P75)) {
      percentiles.add(new Aggregate(function + " " + key, function, field, null));
      percentiles.add(new Aggregate(function + " some", function, field, some));
      percentiles.add(new Aggregate(function + " time", function, Field.Column.DURATION, null));
    }
    List<Group> byOp = List.of(new Group("op", Field.Column.OP, null));

    List<List<@Nullable Object>> together = rows(byOp, percentiles.toArray(Aggregate[]::new));

    assertThat(together).hasSize(2);
    for (List<@Nullable Object> row : together) {
      for (int i = 0; i < percentiles.size(); i++) {
        assertThat(rows(byOp, percentiles.get(i))).contains(pair(row.getFirst(), row.get(i + 1)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void steps_beforeAndAfter1970(boolean sealed) {
    append(
        Spans.of(1, 1).start(Instant.EPOCH.minusSeconds(1)).make(),
        Spans.of(1, 2).start(Instant.EPOCH.plusSeconds(61)).make());
    if (sealed) {
      store.seal();
    }

    assertThat(steps(Instant.EPOCH.minusSeconds(90)))
        .containsExactly(Instant.EPOCH.minusSeconds(60), Instant.EPOCH.plusSeconds(60));
    assertThat(steps(Instant.EPOCH)).containsExactly(Instant.EPOCH.plusSeconds(60));
  }

  @Test
  void groups_ofNumbersOnly_areInOrder() {
    append(
        Spans.of(1, 1).with("n", 10L).make(),
        Spans.of(1, 2).with("n", 9L).make(),
        Spans.of(1, 3).with("n", -1L).make(),
        Spans.of(1, 4).make());
    store.seal();

    assertThat(rows(List.of(new Group("n", new Field.Attribute("n"), null)), COUNT))
        .containsExactly(pair(-1L, 1L), pair(9L, 1L), pair(10L, 1L), pair(null, 1L));
  }

  @Test
  void groups_manyBehindFew() {
    List<Item> spans = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      String id = i < 20_000 ? "often" : Spans.trace(i);
      spans.add(Spans.of(i / 100, i + 1).startAfter(i).with("id", id).millis(i % 100).make());
    }
    append(spans.toArray(Item[]::new));
    store.seal();
    Aggregate p50 = new Aggregate("p50", Function.P50, Field.Column.DURATION, null);
    Aggregate unique = new Aggregate("u", Function.COUNT_UNIQUE, Field.Column.SPAN_ID, null);
    Aggregate times = new Aggregate("t", Function.COUNT_UNIQUE, Field.Column.TIMESTAMP, null);
    List<Aggregate> dear = List.of(COUNT, p50, unique, times);
    Group byId = new Group("id", new Field.Attribute("id"), null);
    Query few = new Query(1, Filter.ALL, dear, List.of(byId), FROM, TO, null, List.of(), 1);

    Result result = store.aggregate(few);

    assertThat(result.rows()).containsExactly(List.of("often", 20_000L, 49.5, 20_000L, 20_000L));
    assertThat(result.leftOut()).containsExactly("50000 more groups");
  }

  private void append(Item... items) {
    store.append(new Batch(1, List.of(items)));
  }

  private @Nullable Object count(Instant from, Instant to) {
    Query query =
        new Query(1, Filter.ALL, List.of(COUNT), List.of(), from, to, null, List.of(), 10);
    return store.aggregate(query).rows().getFirst().getFirst();
  }

  /** The minutes that have spans. */
  private List<Instant> steps(Instant from) {
    Duration minute = Duration.ofMinutes(1);
    Instant to = from.plusSeconds(600);
    Query query =
        new Query(1, Filter.ALL, List.of(COUNT), List.of(), from, to, minute, List.of(), 10);
    return store.aggregate(query).series().getFirst().points().stream()
        .map(Result.Point::start)
        .toList();
  }

  private List<List<@Nullable Object>> rows(List<Group> by, Aggregate... aggregates) {
    Query query = new Query(1, Filter.ALL, List.of(aggregates), by, FROM, TO, null, List.of(), 100);
    return store.aggregate(query).rows();
  }

  private static List<@Nullable Object> pair(@Nullable Object group, @Nullable Object figure) {
    List<@Nullable Object> pair = new ArrayList<>();
    pair.add(group);
    pair.add(figure);
    return pair;
  }
}
