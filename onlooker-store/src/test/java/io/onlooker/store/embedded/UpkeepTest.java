package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Batch;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merging and retention, and what a crash in the middle of them leaves. */
class UpkeepTest {

  private static final Instant FROM = Spans.NOON.minus(Duration.ofDays(100));
  private static final Instant TO = Spans.NOON.plus(Duration.ofDays(100));
  private static final StoreConfig.Merging NEVER =
      new StoreConfig.Merging(1000, 1_000_000, Duration.ofHours(1));

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Spans.NOON);
  private StoreConfig.Retention retention = StoreConfig.Retention.FOREVER;

  @Test
  void merge_keepsEverything() {
    try (EmbeddedStore store = open("a", MergedStoreTest.PAIRS)) {
      fill(store);
      Answers before = Answers.of(store);
      assertThat(store.stats().segments()).isEqualTo(5);

      store.keepUp();

      assertThat(store.stats().segments()).isEqualTo(2);
      assertThat(store.stats().upkeep().merges()).isEqualTo(3);
      assertThat(store.stats().upkeep().mergedSegments()).isEqualTo(6);
      assertThat(store.stats().upkeep().failures()).isZero();
      assertThat(Answers.of(store)).isEqualTo(before);
    }
  }

  @Test
  void merge_spansComeAgainMeanwhile() {
    try (EmbeddedStore store = open("a", MergedStoreTest.PAIRS)) {
      append(store, 1, Spans.of(1, 1).with("v", "old").make());
      store.seal();
      append(store, 1, Spans.of(2, 2).with("v", "old").make());
      store.seal();
      append(store, 1, Spans.of(1, 1).with("v", "new").make());
      store.keepUp();
      append(store, 1, Spans.of(2, 2).with("v", "new").make());

      assertThat(values(store)).containsExactly(List.of("new", 2L));
      store.seal();
      assertThat(values(store)).containsExactly(List.of("new", 2L));
    }
    try (EmbeddedStore store = open("a", MergedStoreTest.PAIRS)) {
      assertThat(values(store)).containsExactly(List.of("new", 2L));
      store.keepUp();
      assertThat(values(store)).containsExactly(List.of("new", 2L));
      assertThat(store.stats().spans()).isEqualTo(2);
    }
  }

  @Test
  void merge_columnsThatDoNotFit() {
    try (EmbeddedStore store = open("a", MergedStoreTest.PAIRS)) {
      append(store, 1, Spans.of(1, 1).with("Key", "a").make());
      store.seal();
      append(store, 1, Spans.of(2, 2).with("key", "b").make());
      store.seal();
      store.keepUp();

      assertThat(store.stats().segments()).isEqualTo(2);
      append(store, 1, Spans.of(3, 3).with("key", "c").make());
      store.seal();
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(2);
      assertThat(store.stats().spans()).isEqualTo(3);
    }
  }

  @Test
  void crash_inAMerge() throws IOException {
    try (EmbeddedStore store = open("before", NEVER)) {
      fill(store);
    }
    copy("before", "after");
    Answers expected;
    try (EmbeddedStore store = open("after", MergedStoreTest.PAIRS)) {
      expected = Answers.of(store);
      store.keepUp();
      assertThat(store.stats().upkeep().merges()).isPositive();
    }
    List<Path> old = onlyIn("before", "after");
    List<Path> merged = onlyIn("after", "before");
    assertThat(old).isNotEmpty();
    assertThat(merged).isNotEmpty();

    for (int files = 0; files <= merged.size(); files += 2) {
      copy("before", "crashed");
      add("crashed", "after", merged.subList(0, files), files == 2);
      expect("crashed", expected);
    }
    for (int files = 0; files <= old.size(); files += 4) {
      copy("after", "crashed");
      add("crashed", "before", old.subList(0, files), false);
      expect("crashed", expected);
      copy("after", "crashed");
      add("crashed", "before", old.subList(files, old.size()), false);
      expect("crashed", expected);
    }
  }

  @Test
  void crash_whileExpiring() throws IOException {
    try (EmbeddedStore store = open("before", NEVER)) {
      fill(store);
    }
    now.set(Spans.NOON.plus(Duration.ofDays(10)));
    retention = _ -> Duration.ofDays(9);
    copy("before", "after");
    Answers expected;
    try (EmbeddedStore store = open("after", NEVER)) {
      expected = Answers.of(store);
      store.keepUp();
      store.keepUp();
      assertThat(store.stats().upkeep().expiredSegments()).isPositive();
      assertThat(Answers.of(store)).isEqualTo(expected);
    }
    List<Path> old = onlyIn("before", "after");

    for (int files = 0; files <= old.size(); files += 4) {
      copy("after", "crashed");
      add("crashed", "before", old.subList(0, files), false);
      expect("crashed", expected);
    }
  }

  @Test
  void retention_perProject() {
    retention = project -> project == 1 ? Duration.ofDays(1) : null;
    try (EmbeddedStore store = open("a", NEVER)) {
      append(store, 1, agent(1, 1), log(1), Spans.of(1, 2).with("long", "x".repeat(2000)).make());
      append(store, 2, agent(2, 3), log(2));
      store.seal();
      append(store, 1, agent(3, 4));
      store.seal();
      now.set(Spans.NOON.plus(Duration.ofHours(25)));

      assertThat(count(store, 1)).isZero();
      assertThat(store.trace(1, Spans.trace(1))).isEmpty();
      assertThat(count(store, 2)).isEqualTo(1);

      store.keepUp();
      store.keepUp();

      assertThat(store.stats().spans()).isEqualTo(1);
      assertThat(store.stats().segments()).isEqualTo(1);
      assertThat(store.stats().upkeep().expiredSegments()).isEqualTo(1);
      assertThat(store.stats().upkeep().droppedSpans()).isEqualTo(3);
      assertThat(store.session(1, Spans.span(1))).isNull();
      assertThat(store.session(2, Spans.span(3))).isNotNull();
      assertThat(store.notes(1, Spans.trace(1)).logs()).isEmpty();
      assertThat(store.notes(2, Spans.trace(2)).logs()).hasSize(1);
      assertThat(files("a")).noneMatch(file -> file.toString().contains("texts"));
    }
  }

  @Test
  void retention_newestSegmentGoesAfterARestart() {
    try (EmbeddedStore store = open("a", NEVER)) {
      append(store, 1, agent(1, 1));
      append(store, 2, agent(2, 2));
      store.seal();
      append(store, 1, agent(3, 3));
      store.seal();
    }
    retention = project -> project == 1 ? Duration.ofDays(1) : null;
    now.set(Spans.NOON.plus(Duration.ofDays(2)));

    try (EmbeddedStore store = open("a", NEVER)) {
      store.keepUp();
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
      assertThat(count(store, 2)).isEqualTo(1);
    }
    try (EmbeddedStore store = open("a", NEVER)) {
      assertThat(count(store, 2)).isEqualTo(1);
      assertThat(store.trace(2, Spans.trace(2))).hasSize(1);
    }
  }

  @Test
  void files_stayWhileAQueryReads() {
    Gate gate = new Gate();
    long mark =
        gate.pass(() -> {
          long inside = gate.mark();
          assertThat(gate.isPast(inside)).isFalse();
          return inside;
        });

    assertThat(gate.isPast(mark)).isTrue();
    gate.pass(() -> {
      assertThat(gate.isPast(mark)).isTrue();
      return null;
    });
  }

  /** Five segments and some more in memory, with spans that were sent again and late ones. */
  private static void fill(EmbeddedStore store) {
    for (int segment = 1; segment <= 5; segment++) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int trace = segment * 100 + i;
        Instant start = Spans.NOON.plus(Duration.ofHours(12L * segment)).plusSeconds(i);
        items.add(
            Spans.of(trace, trace)
                .op(i % 3 == 0 ? null : "op " + i % 2)
                .start(start)
                .with("only in " + segment, i)
                .with("kind", i % 2 == 0 ? "text" : (Object) i)
                .with("long", i == 4 ? "long text ".repeat(200) : "short")
                .with("list", List.of("a", i))
                .make());
      }
      items.add(agent(segment, segment));
      items.add(log(segment));
      items.add(error(segment));
      append(store, 1, items.toArray(Item[]::new));
      append(store, 2, Spans.of(segment, 7000 + segment).make());
      if (segment > 1) {
        int again = segment * 100 - 99;
        append(store, 1, Spans.of(again, again).with("kind", "changed").make());
      }
      store.seal();
    }
    append(store, 1, Spans.of(102, 102).with("kind", "late").make(), Spans.of(900, 900).make());
  }

  private static SpanData agent(int trace, int span) {
    return Spans.of(trace, span)
        .op("gen_ai.invoke_agent")
        .with("gen_ai.operation.type", "agent")
        .make();
  }

  private static LogData log(int trace) {
    return new LogData(
        Spans.nanos(Spans.NOON),
        Spans.trace(trace),
        null,
        LogData.Level.INFO,
        "line",
        Attributes.EMPTY);
  }

  private static ErrorData error(int trace) {
    return new ErrorData(
        "%032x".formatted(trace),
        Spans.nanos(Spans.NOON),
        Spans.trace(trace),
        null,
        LogData.Level.ERROR,
        "boom",
        List.of(),
        Attributes.EMPTY);
  }

  /** What a store says, to be compared. */
  private record Answers(
      List<SpanData> spans,
      List<List<@Nullable Object>> groups,
      List<String> sessions,
      List<?> notes,
      long count) {

    static Answers of(EmbeddedStore store) {
      Query query = query(1, List.of(new Group("kind", new Field.Attribute("kind"), null)));
      List<Object> notes = new ArrayList<>();
      for (int trace = 1; trace <= 5; trace++) {
        notes.add(store.notes(1, Spans.trace(trace)));
        notes.add(store.trace(1, Spans.trace(trace * 100 + 4)));
      }
      return new Answers(
          store.spans(new SpanQuery(1, Filter.ALL, FROM, TO, 1000, null)).spans(),
          store.aggregate(query).rows(),
          store
              .sessions(
                  new SessionQuery(
                      1, Filter.ALL, FROM, TO, SessionQuery.Order.STARTED, true, 100, null))
              .sessions()
              .stream()
              .map(Session::id)
              .toList(),
          notes,
          UpkeepTest.count(store, 2));
    }
  }

  private static Query query(int project, List<Group> by) {
    return new Query(
        project,
        Filter.ALL,
        List.of(new Aggregate("count()", Aggregate.Function.COUNT, null, null)),
        by,
        FROM,
        TO,
        null,
        List.of(),
        1000);
  }

  private static long count(EmbeddedStore store, int project) {
    return (Long) store.aggregate(query(project, List.of())).rows().getFirst().getFirst();
  }

  private static List<List<@Nullable Object>> values(EmbeddedStore store) {
    return store
        .aggregate(query(1, List.of(new Group("v", new Field.Attribute("v"), null))))
        .rows();
  }

  private static void append(EmbeddedStore store, int project, Item... items) {
    store.append(new Batch(project, List.of(items)));
  }

  private EmbeddedStore open(String name, StoreConfig.Merging merging) {
    return EmbeddedStore.open(
        StoreConfig.of(folder.resolve(name))
            .withClock(now::get)
            .withMerging(merging)
            .withRetention(project -> retention.of(project)));
  }

  private void expect(String name, Answers expected) throws IOException {
    try (EmbeddedStore store = open(name, MergedStoreTest.PAIRS)) {
      assertThat(Answers.of(store)).isEqualTo(expected);
      store.keepUp();
      assertThat(Answers.of(store)).isEqualTo(expected);
    }
  }

  private void copy(String from, String to) throws IOException {
    try (Stream<Path> old =
        Files.exists(folder.resolve(to)) ? Files.walk(folder.resolve(to)) : Stream.empty()) {
      for (Path path : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    try (Stream<Path> paths = Files.walk(folder.resolve(from))) {
      for (Path path : paths.toList()) {
        Files.copy(path, folder.resolve(to).resolve(folder.resolve(from).relativize(path)));
      }
    }
  }

  private List<Path> files(String name) {
    try (Stream<Path> files = Files.list(folder.resolve(name).resolve("segments"))) {
      return files.map(Path::getFileName).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Path> onlyIn(String one, String other) {
    List<Path> files = new ArrayList<>(files(one));
    files.removeAll(files(other));
    return files;
  }

  private void add(String to, String from, List<Path> files, boolean torn) throws IOException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(folder.resolve(from).resolve("segments").resolve(file));
      Files.write(
          folder.resolve(to).resolve("segments").resolve(file),
          torn ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
    }
  }
}
