package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Edit;
import io.onlooker.store.Spans;
import io.onlooker.store.reference.RandomSpans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces are the same from copies as from columns, and copies are only ever a second place. */
class TraceCopiesTest {

  private static final long MUCH = 1L << 30;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void traces_sameFromCopiesAsFromColumns(int seed) throws IOException {
    RandomSpans random = new RandomSpans(new Random(seed));
    try (EmbeddedStore store = open(MUCH)) {
      for (int segment = 0; segment < 5; segment++) {
        store.append(new Batch(1, List.copyOf(random.batch(80))));
        store.seal();
        if (segment % 2 == 1) {
          store.keepUp();
        }
      }
      assertThat(store.stats().upkeep().merges()).isPositive();
    }

    Map<String, List<SpanData>> expected = byTrace(random.counting());
    try (EmbeddedStore store = open(MUCH)) {
      assertThat(read(store, expected)).isEqualTo(expected);
    }
    List<Path> columns = files(".parquet");
    for (Path file : columns) {
      Files.move(file, aside(file));
    }
    try (EmbeddedStore store = open(MUCH)) {
      assertThat(read(store, expected)).isEqualTo(expected);
    }
    for (Path file : columns) {
      Files.move(aside(file), file);
    }
    delete(".copy");
    try (EmbeddedStore store = open(MUCH)) {
      assertThat(read(store, expected)).isEqualTo(expected);
    }
  }

  @Test
  void copies_giveWayWhenTheDiskIsNearlyFull() throws IOException {
    SpanData span = Spans.of(1, 1).make();
    try (EmbeddedStore store = open(MUCH)) {
      append(store, span);
      store.seal();
      append(store, Spans.of(2, 2).make());
    }
    assertThat(files(".copy")).hasSize(1);

    try (EmbeddedStore store =
        EmbeddedStore.open(StoreConfig.of(folder).withReserve(Long.MAX_VALUE >> 3))) {
      store.keepUp();
      assertThat(files(".copy")).isEmpty();
      store.seal();
      assertThat(files(".copy")).isEmpty();
      assertThat(store.trace(1, span.traceId())).containsExactly(span);
    }
  }

  private Path aside(Path file) {
    return folder.resolve(file.getFileName());
  }

  private static Map<String, List<SpanData>> byTrace(List<SpanData> spans) {
    return spans.stream()
        .sorted(Comparator.comparingLong(SpanData::startNanos).thenComparing(SpanData::spanId))
        .collect(Collectors.groupingBy(SpanData::traceId));
  }

  private static Map<String, List<SpanData>> read(
      EmbeddedStore store, Map<String, List<SpanData>> expected) {
    return expected.keySet().stream()
        .collect(Collectors.toMap(trace -> trace, trace -> store.trace(1, trace)));
  }

  @Test
  void seal_withoutCopies() throws IOException {
    try (EmbeddedStore store = open(0)) {
      append(store, Spans.of(1, 1).make());
      store.seal();
    }

    assertThat(files(".copy")).isEmpty();
  }

  @Test
  void folder_withoutCopies() throws IOException {
    SpanData old = Spans.of(1, 1).make();
    SpanData recent = Spans.of(1, 2).startAfter(1).make();
    try (EmbeddedStore store = open(0)) {
      append(store, old);
      store.seal();
    }

    try (EmbeddedStore store = open(MUCH)) {
      append(store, recent);
      store.seal();
      assertThat(files(".copy")).hasSize(1);
      assertThat(store.trace(1, old.traceId())).containsExactly(old, recent);
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
    }

    try (EmbeddedStore store = open(MUCH)) {
      assertThat(store.trace(1, old.traceId())).containsExactly(old, recent);
      store.keepUp();
      assertThat(files(".copy")).isEmpty();
    }
  }

  @Test
  void copy_tornOrDamagedOrOfAnotherSegment() throws IOException {
    SpanData one = Spans.of(1, 1).with("text", "x".repeat(3000)).make();
    SpanData two = Spans.of(2, 2).make();
    SpanData three = Spans.of(2, 3).startAfter(1).make();
    try (EmbeddedStore store = open(MUCH)) {
      append(store, one);
      store.seal();
      append(store, two, three);
      store.seal();
    }
    List<Path> copies = files(".copy");
    byte[] first = Files.readAllBytes(copies.getFirst());
    byte[] damaged = first.clone();
    damaged[first.length / 10] ^= 1;

    for (byte[] bytes :
        List.of(
            damaged,
            Arrays.copyOf(first, first.length / 2),
            new byte[0],
            Files.readAllBytes(copies.getLast()))) {
      Files.write(copies.getFirst(), bytes);
      assertThat(Checkup.of(folder)).noneMatch(found -> found.level() == Finding.Level.FAULT);
      try (EmbeddedStore store = open(MUCH)) {
        assertThat(store.trace(1, one.traceId())).containsExactly(one);
        assertThat(store.span(1, one.traceId(), one.spanId())).isEqualTo(one);
        assertThat(store.trace(1, two.traceId())).containsExactly(two, three);
      }
    }
  }

  @Test
  void checkup_ofCopies() throws IOException {
    try (EmbeddedStore store = open(MUCH)) {
      append(store, Spans.of(1, 1).make());
      store.seal();
    }
    assertThat(Checkup.of(folder)).allMatch(found -> found.level() == Finding.Level.OK);

    Path copy = files(".copy").getFirst();
    Files.write(copy, Arrays.copyOf(Files.readAllBytes(copy), 20));

    assertThat(Checkup.of(folder))
        .filteredOn(found -> found.level() != Finding.Level.OK)
        .singleElement()
        .satisfies(found -> {
          assertThat(found.level()).isEqualTo(Finding.Level.WARNING);
          assertThat(found.text()).contains(copy.getFileName().toString());
        });
  }

  @Test
  void merge_ofADamagedCopy() throws IOException {
    try (EmbeddedStore store = open(MUCH)) {
      append(store, Spans.of(1, 1).make());
      store.seal();
      append(store, Spans.of(2, 2).make());
      store.seal();
    }
    byte[] damaged = Files.readAllBytes(files(".copy").getFirst());
    damaged[10] ^= 1;
    Files.write(files(".copy").getFirst(), damaged);

    try (EmbeddedStore store = open(MUCH)) {
      store.keepUp();

      assertThat(store.stats().upkeep().merges()).isEqualTo(1);
      assertThat(store.stats().upkeep().failures()).isZero();
      assertThat(store.trace(1, Spans.trace(1))).hasSize(1);
      assertThat(store.trace(1, Spans.trace(2))).hasSize(1);
    }
  }

  @Test
  void crash_betweenTheCopyAndTheCatalog() throws IOException {
    try (EmbeddedStore store = open(MUCH)) {
      append(store, Spans.of(1, 1).make());
      store.seal();
    }
    Path copy = files(".copy").getFirst();
    Path unnamed = copy.resolveSibling("00000007.copy");
    Path unfinished = folder.resolve("tmp").resolve("00000008.copy");
    Files.copy(copy, unnamed);
    Files.copy(copy, unfinished);

    try (EmbeddedStore store = open(MUCH)) {
      assertThat(store.trace(1, Spans.trace(1))).hasSize(1);
    }

    assertThat(files(".copy")).containsExactly(copy);
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void retention_takesTheCopyToo() throws IOException {
    try (EmbeddedStore store = open(MUCH)) {
      append(store, Spans.of(1, 1).make());
      store.append(new Batch(2, List.of(Spans.of(2, 2).make())));
      store.seal();
      append(store, Spans.of(3, 3).make());
      store.seal();
    }
    StoreConfig later =
        StoreConfig.of(folder)
            .withClock(() -> Spans.NOON.plus(Duration.ofDays(2)))
            .withRetention(project -> project == 1 ? Duration.ofDays(1) : null);

    try (EmbeddedStore store = EmbeddedStore.open(later)) {
      store.keepUp();
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
    }

    assertThat(files(".copy")).hasSize(1);
    delete(".spans.parquet");
    try (EmbeddedStore store = EmbeddedStore.open(later)) {
      assertThat(store.trace(1, Spans.trace(1))).isEmpty();
      assertThat(store.trace(2, Spans.trace(2))).hasSize(1);
    }
  }

  @Test
  void edit_seenInEveryState() throws IOException {
    SpanData other = Spans.of(1, 2).startAfter(1).make();
    SpanData priced = Spans.of(1, 1).with("cost", 2).make();
    try (EmbeddedStore store = open(MUCH)) {
      append(store, Spans.of(1, 1).with("cost", 1).make(), other);
      store.seal();
      assertThat(store.trace(1, Spans.trace(1))).hasSize(2);
      try (Edit edit = store.edit(1)) {
        assertThat(edit.append(List.of(priced))).isEmpty();
      }
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(priced, other);
      store.seal();
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(priced, other);
    }

    try (EmbeddedStore store = open(MUCH)) {
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(priced, other);
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(priced, other);
    }

    delete(".spans.parquet");
    try (EmbeddedStore store = open(MUCH)) {
      assertThat(store.trace(1, Spans.trace(1))).containsExactly(priced, other);
    }
  }

  @Test
  void copies_noMoreThanTheyMayTake() throws IOException {
    try (EmbeddedStore store = open(MUCH)) {
      for (int day = 1; day <= 3; day++) {
        append(store, Spans.of(day, day).start(Spans.NOON.plus(Duration.ofDays(day))).make());
        store.seal();
      }
      assertThat(store.stats().copyBytes()).isPositive();
    }
    List<Path> all = files(".copy");
    long two = Files.size(all.get(1)) + Files.size(all.get(2));
    StoreConfig less =
        StoreConfig.of(folder)
            .withCopies(two)
            .withMerging(new StoreConfig.Merging(1000, 1_000_000, Duration.ofHours(1)));

    try (EmbeddedStore store = EmbeddedStore.open(less)) {
      store.keepUp();

      assertThat(files(".copy")).containsExactly(all.get(1), all.get(2));
      assertThat(store.stats().copyBytes()).isEqualTo(two);
      for (int day = 1; day <= 3; day++) {
        assertThat(store.trace(1, Spans.trace(day))).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "8, 8", "16, 1"})
  void merge_nothingLeftOut(int segments, int parts) throws IOException {
    List<SpanData> spans = new ArrayList<>();
    try (EmbeddedStore store = open(MUCH)) {
      for (int segment = 1; segment <= segments; segment++) {
        spans.add(Spans.of(1, segment).startAfter(segment).make());
        append(store, spans.getLast(), Spans.of(1 + segment, 100).make());
        store.seal();
      }
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
    }

    Path copy = files(".copy").getFirst();
    assertThat(CopyFile.open(copy).parts()).hasSize(parts);
    byte[] whole = Files.readAllBytes(copy);
    delete(".spans.parquet");
    try (EmbeddedStore store = open(MUCH)) {
      assertThat(store.trace(1, Spans.trace(1))).containsExactlyElementsOf(spans);
      assertThat(store.trace(1, Spans.trace(2))).hasSize(1);
    }
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(copy, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CopyFile.open(copy)).isInstanceOf(RuntimeException.class);
    }
  }

  private EmbeddedStore open(long copies) {
    return EmbeddedStore.open(
        StoreConfig.of(folder)
            .withClock(() -> Spans.NOON)
            .withMerging(MergedStoreTest.PAIRS)
            .withCopies(copies));
  }

  private static void append(EmbeddedStore store, SpanData... spans) {
    store.append(new Batch(1, List.of(spans)));
  }

  private List<Path> files(String suffix) throws IOException {
    return Disk.list(folder.resolve("segments"), suffix);
  }

  private void delete(String suffix) throws IOException {
    for (Path file : files(suffix)) {
      Files.delete(file);
    }
  }
}
