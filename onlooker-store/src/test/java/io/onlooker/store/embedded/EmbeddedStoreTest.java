package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Batch;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.QueryPlan;
import io.onlooker.store.Spans;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedded store does beyond the contract. */
class EmbeddedStoreTest {

  @TempDir Path folder;

  @Test
  void open_twice() {
    try (EmbeddedStore _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another store");
    }
    open().close();
  }

  @Test
  void open_newerCatalog() throws Exception {
    open().close();
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 99");
  }

  @Test
  void open_tornJournal() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, Spans.of(1, 1).make());
      append(store, Spans.of(1, 2).make());
    }
    Path journal = Disk.list(folder.resolve("journal"), ".journal").getFirst();
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - 3));

    try (EmbeddedStore store = open()) {
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(Spans.of(1, 1).make());
      assertThat(store.stats().damagedLogBytes()).isPositive();
      append(store, Spans.of(1, 2).make());
    }
    try (EmbeddedStore store = open()) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(2);
      assertThat(store.stats().damagedLogBytes()).isZero();
    }
  }

  @Test
  void open_unfinishedSegment() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, Spans.of(1, 1).make());
    }
    Path orphan = folder.resolve("segments/00000001.spans.parquet");
    Files.write(orphan, new byte[10], StandardOpenOption.CREATE);

    try (EmbeddedStore store = open()) {
      assertThat(orphan).doesNotExist();
      store.seal();
      assertThat(orphan).exists();
      assertThat(store.trace(1, Spans.trace(1))).hasSize(1);
    }
  }

  @Test
  void open_afterEverythingWasSealed() {
    try (EmbeddedStore store = open()) {
      append(store, Spans.of(1, 1).make());
      store.seal();
    }
    // Nothing is left in the journal: what comes now must not look as if it had been sealed.
    for (int more = 2; more <= 4; more++) {
      try (EmbeddedStore store = open()) {
        append(store, Spans.of(1, more).make());
      }
    }

    try (EmbeddedStore store = open()) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(4);
    }
  }

  @Test
  void seal_emptiesTheJournal() throws IOException {
    SpanData open = Spans.of(500, 1).open().start(Instant.now()).make();
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 100; i++) {
        append(store, Spans.of(i, 1).with("text", "x".repeat(900)).make());
      }
      append(store, open);
      long before = store.stats().logBytes();
      store.seal();

      assertThat(before).isGreaterThan(90_000);
      assertThat(store.stats().logBytes()).isLessThan(1000);
      assertThat(store.stats().segments()).isEqualTo(1);
      assertThat(store.stats().segmentBytes()).isPositive();
      assertThat(store.stats().hotSpans()).isEqualTo(1);
      assertThat(store.stats().spans()).isEqualTo(101);
    }
    try (EmbeddedStore store = open()) {
      assertThat(store.stats().spans()).isEqualTo(101);
      assertThat(store.trace(1, Spans.trace(500))).contains(open).hasSize(1);
    }
  }

  @Test
  void plan_leavesOutWhatCannotMatch() {
    try (EmbeddedStore store = open()) {
      append(store, Spans.of(1, 1).with("cart.size", 3).make());
      store.seal();
      append(store, Spans.of(2, 1).make(), Spans.of(2, 2).make());
      store.seal();
      append(store, Spans.of(3, 1).make());

      QueryPlan all = store.plan(counting(Filter.ALL));
      QueryPlan some = store.plan(counting(new Filter.Has(new Field.Attribute("cart.size"))));

      assertThat(all.segments()).isEqualTo(2);
      assertThat(all.hotSpans()).isEqualTo(1);
      assertThat(all.readSegments()).isEqualTo(2);
      assertThat(all.readSpans()).isEqualTo(3);
      assertThat(some.readSegments()).isEqualTo(1);
      assertThat(some.readSpans()).isEqualTo(1);
      assertThat(some.readBytes()).isPositive().isLessThan(all.readBytes());
    }
  }

  @Test
  void seal_openForTooLong() {
    AtomicReference<Instant> now = new AtomicReference<>(Spans.NOON);
    StoreConfig config = StoreConfig.of(folder).withClock(now::get);
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      append(store, Spans.of(1, 1).open().make());
      store.seal();
      assertThat(store.stats().hotSpans()).isEqualTo(1);

      now.set(Spans.NOON.plus(Duration.ofDays(1)));
      store.seal();
      assertThat(store.stats().hotSpans()).isZero();

      SpanData ended = Spans.of(1, 1).make();
      append(store, ended);
      store.seal();
      assertThat(store.stats().spans()).isEqualTo(1);
    }
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(Spans.of(1, 1).make());
      assertThat(store.stats().spans()).isEqualTo(1);
    }
  }

  @Test
  void seal_byItself() throws InterruptedException {
    StoreConfig.Sealing often =
        new StoreConfig.Sealing(50, 1 << 30, Duration.ofHours(1), Duration.ofHours(1));
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder).withSealing(often))) {
      for (int i = 0; i < 400; i++) {
        append(store, Spans.of(i, 1).make());
      }

      // Writers are held up before more than a few times the threshold waits in memory.
      assertThat(store.stats().hotSpans()).isLessThanOrEqualTo(400);
      assertThat(store.stats().segments()).isPositive();
      assertThat(store.stats().spans()).isEqualTo(400);
    }
  }

  @Test
  void clock_jumps() {
    AtomicReference<Instant> now = new AtomicReference<>(Spans.NOON);
    StoreConfig config = StoreConfig.of(folder).withClock(now::get);
    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      append(store, Spans.of(1, 1).open().make(), Spans.of(1, 2).make());
      now.set(Spans.NOON.minus(Duration.ofDays(400)));
      append(store, Spans.of(1, 1).make(), Spans.of(2, 1).make());
      store.seal();
      now.set(Spans.NOON.plus(Duration.ofDays(4000)));
      append(store, Spans.of(1, 2).make(), Spans.of(3, 1).open().make());
      store.seal();
      now.set(Instant.EPOCH);
      append(store, Spans.of(3, 1).make());
      store.keepUp();
    }
    now.set(Spans.NOON);

    try (EmbeddedStore store = EmbeddedStore.open(config)) {
      assertThat(store.trace(1, Spans.trace(1)))
          .containsExactlyInAnyOrder(Spans.of(1, 1).make(), Spans.of(1, 2).make());
      assertThat(store.trace(1, Spans.trace(2))).hasSize(1);
      assertThat(store.trace(1, Spans.trace(3))).containsExactly(Spans.of(3, 1).make());
      assertThat(store.stats().damagedLogBytes()).isZero();
    }
  }

  @Test
  void append_intoTheReserve() {
    try (EmbeddedStore store =
        EmbeddedStore.open(StoreConfig.of(folder).withReserve(Long.MAX_VALUE))) {
      assertThatThrownBy(() -> append(store, Spans.of(1, 1).make()))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL))
          .hasMessageContaining("bytes free at");
      assertThat(store.trace(1, Spans.trace(1))).isEmpty();
    }
  }

  @Test
  void query_outOfTime() {
    StoreConfig.Limits short_ = new StoreConfig.Limits(1 << 28, Duration.ofMillis(1));
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder).withLimits(short_))) {
      appendMany(store, 40_000);

      assertThatThrownBy(() -> store.aggregate(dear()))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.LIMIT))
          .hasMessageContaining("1 ms");
    }
  }

  @Test
  void query_outOfMemory() {
    StoreConfig.Limits little = new StoreConfig.Limits(16L << 20, Duration.ofSeconds(30));
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder).withLimits(little))) {
      appendMany(store, 60_000);
      Aggregate unique =
          new Aggregate("u", Aggregate.Function.COUNT_UNIQUE, new Field.Attribute("id"), null);

      assertThatThrownBy(() -> store.aggregate(query(List.of(unique), List.of())))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.LIMIT))
          .hasMessageContaining("memory");
      assertThat(store.trace(1, Spans.trace(1))).isNotEmpty();
    }
  }

  @Test
  void query_interrupted() {
    try (EmbeddedStore store = open()) {
      appendMany(store, 40_000);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> store.aggregate(dear()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cancelled");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void folder_withOddName() {
    Path odd = folder.resolve("it's [odd] *?");
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(odd))) {
      append(store, Spans.of(1, 1).make());
      store.seal();
    }
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(odd))) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(1);
    }
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(StoreConfig.of(folder));
  }

  private static void append(EmbeddedStore store, Item... items) {
    store.append(new Batch(1, List.of(items)));
  }

  private static void appendMany(EmbeddedStore store, int spans) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < spans; i++) {
      items.add(Spans.of(i / 100, i + 1).with("id", Spans.trace(i).repeat(8)).make());
    }
    store.append(new Batch(1, items));
  }

  private static Query counting(Filter filter) {
    Aggregate count = new Aggregate("count()", Aggregate.Function.COUNT, null, null);
    Instant from = Spans.NOON.minus(Duration.ofDays(1));
    Instant to = Spans.NOON.plus(Duration.ofDays(1));
    return new Query(1, filter, List.of(count), List.of(), from, to, null, List.of(), 10);
  }

  private static Query dear() {
    Aggregate p95 = new Aggregate("p95", Aggregate.Function.P95, Field.Column.DURATION, null);
    return query(List.of(p95), List.of(new Group("id", new Field.Attribute("id"), null)));
  }

  private static Query query(List<Aggregate> aggregates, List<Group> by) {
    return new Query(
        1,
        Filter.ALL,
        aggregates,
        by,
        Instant.EPOCH,
        Spans.NOON.plusSeconds(60),
        null,
        List.of(),
        10_000);
  }
}
