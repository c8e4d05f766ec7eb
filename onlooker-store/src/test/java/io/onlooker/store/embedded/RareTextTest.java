package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Query;
import io.onlooker.store.Spans;
import io.onlooker.store.StoreException;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import io.onlooker.store.reference.ReferenceQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches of long texts find the same with lists of words as without, and read less. */
class RareTextTest {

  private static final Instant FROM = Spans.NOON.minusSeconds(3600);
  private static final Instant TO = Spans.NOON.plusSeconds(7200);
  private static final String PADDING = " .-".repeat(400);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void searches_sameWithAndWithoutWords(int seed) throws IOException {
    Random random = new Random(seed);
    RandomTexts texts = new RandomTexts(random);
    List<SpanData> all = new ArrayList<>();
    List<Filter> filters = new ArrayList<>();
    try (EmbeddedStore store = open()) {
      for (int segment = 0; segment < 4; segment++) {
        List<SpanData> some = texts.spans(all.size(), 12);
        store.append(new Batch(1, List.copyOf(some)));
        all.addAll(some);
        store.seal();
      }
      for (int i = 0; i < 20; i++) {
        filters.add(texts.filter(2));
      }
      compare(store, all, filters);
      assertThat(filters).anyMatch(filter -> leavesOut(store, filter));
      SpanData later = texts.span(0);
      store.append(new Batch(1, List.of(later)));
      all.set(0, later);
      compare(store, all, filters);
    }
    try (EmbeddedStore store = open()) {
      compare(store, all, filters);
      store.seal();
      store.keepUp();
      assertThat(store.stats().upkeep().merges()).isPositive();
      compare(store, all, filters);
    }
    assertThat(files(".words")).isNotEmpty();
    for (Path file : files(".words")) {
      Files.delete(file);
    }
    try (EmbeddedStore store = open()) {
      compare(store, all, filters);
      store.keepUp();
      assertThat(files(".words")).isNotEmpty();
      compare(store, all, filters);
    }
  }

  private static boolean leavesOut(EmbeddedStore store, Filter filter) {
    return store.plan(query(filter)).readSegments() < store.stats().segments();
  }

  private static void compare(EmbeddedStore store, List<SpanData> all, List<Filter> filters) {
    for (Filter filter : filters) {
      List<SpanData> taken = ReferenceQuery.find(filter, all);
      assertThat(count(store, filter)).as("%s", filter).isEqualTo(taken.size());
      Map<@Nullable Object, Object> byAnswer = new HashMap<>();
      taken.forEach(span -> byAnswer.merge(span.attributes().get("answer"), 1L, RareTextTest::sum));
      assertThat(count(store, filter, "answer")).as("%s", filter).isEqualTo(byAnswer);
    }
  }

  private static Object sum(Object one, Object other) {
    return (Long) one + (Long) other;
  }

  /** Prompts, which are long or short, and answers, which are long or not there. */
  private record RandomTexts(Random random) {

    private static final List<String> WORDS =
        List.of(
            "the",
            "Quick",
            "BROWN",
            "fox42",
            "Stra\u00DFe",
            "STRASSE",
            "\u0130stanbul",
            "istanbul",
            "\u212Aelvin",
            "\u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2",
            "\u041F\u0440\u0438\u0432\u0435\u0442",
            "\u6771\u4EAC\u90FD\u306B\u4F4F\u3093\u3067\u3044\u308B",
            "\u4EAC\u90FD",
            "\u5317\u4EAC\u5E02",
            "\uD55C\uAD6D\uC5B4\uD14D\uC2A4\uD2B8",
            "\uD842\uDFB7\u91CE\u5BB6",
            "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
            "na\u0308ive",
            "\uD801\uDC00\uD801\uDC01",
            "aGVsbG8gd29ybGQgdGhpcyBpcyBh".repeat(4),
            "0123456789abcdef".repeat(6));
    private static final List<String> BETWEEN = List.of(" ", "", "-", "\n", "\u3002", "_", "%");

    List<SpanData> spans(int from, int count) {
      List<SpanData> spans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        spans.add(span(from + i));
      }
      return spans;
    }

    SpanData span(int number) {
      Spans span = Spans.of(1 + number / 4, 1 + number).startAfter(number);
      if (random.nextInt(4) > 0) {
        span.with("prompt", random.nextInt(4) == 0 ? text() : text() + PADDING + text());
      }
      if (random.nextInt(3) > 0) {
        span.with("answer", text() + PADDING);
      }
      return span.make();
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        text.append(pick(WORDS)).append(pick(BETWEEN));
      }
      return text.toString();
    }

    Filter filter(int depth) {
      return switch (depth == 0 ? 4 : random.nextInt(7)) {
        case 0 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
        case 1 -> new Filter.Or(List.of(filter(depth - 1), filter(depth - 1)));
        case 2 -> new Filter.Not(filter(depth - 1));
        case 3 -> new Filter.Has(field());
        default -> new Filter.Matches(field(), new Filter.Pattern(pieces()));
      };
    }

    private Field field() {
      return new Field.Attribute(random.nextBoolean() ? "prompt" : "answer");
    }

    private List<String> pieces() {
      List<String> pieces = new ArrayList<>();
      pieces.add(random.nextInt(5) == 0 ? piece() : "");
      for (int i = random.nextInt(3); i > 0; i--) {
        pieces.add(piece());
      }
      pieces.add(random.nextInt(5) == 0 ? piece() : "");
      return pieces;
    }

    private String piece() {
      int[] text = text().codePoints().toArray();
      int from = random.nextInt(text.length);
      int length = 1 + random.nextInt(random.nextBoolean() ? text.length - from : 1);
      String piece = new String(text, from, length);
      return random.nextBoolean() ? piece : swapped(piece);
    }

    private static String swapped(String text) {
      return text.codePoints()
          .map(c -> Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c))
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }

  @Test
  void texts_notReadWhereNoneCanMatch() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, 1, "answer", "the quick brown fox" + PADDING);
      append(store, 2, "answer", "another");
      store.seal();
      append(store, 3, "prompt", "lazy dogs" + PADDING);
      store.seal();
      for (Path file : files(".texts.parquet")) {
        Files.delete(file);
      }

      for (String q :
          List.of(
              "answer:*cat*",
              "answer:*uic-brow*",
              "prompt:*cat*",
              "prompt:*cat* OR answer:*cat*",
              "prompt:*cat* answer:*quick*",
              "prompt:*lazy*dogs*cat*",
              "prompt:>5")) {
        assertThat(count(store, filter(q))).as(q).isZero();
      }
      assertThat(count(store, filter("answer:*other* OR prompt:*cat*"))).isEqualTo(1);
      assertThat(count(store, filter("!prompt:*cat*"))).isEqualTo(3);
      for (String q : List.of("answer:*quick*", "prompt:*lazy*", "!answer:*fox*", "has:prompt")) {
        assertThatThrownBy(() -> count(store, filter(q))).as(q).isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void plan_leavesOutSegmentsWithoutTheWords() {
    try (EmbeddedStore store = open()) {
      append(store, 1, "answer", "the quick brown fox" + PADDING);
      store.seal();
      append(store, 2, "answer", "lazy dogs" + PADDING);
      store.seal();

      assertThat(store.plan(query(filter("answer:*quick*"))).readSegments()).isEqualTo(1);
      assertThat(store.plan(query(filter("answer:*cat*"))).readSegments()).isZero();
      assertThat(store.plan(query(filter("answer:*quick* OR answer:*dog*"))).readSegments())
          .isEqualTo(2);
      assertThat(store.plan(query(filter("!answer:*cat*"))).readSegments()).isEqualTo(2);
    }
  }

  @Test
  void words_tornOrDamagedOrMissing() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, 1, "answer", "the quick brown fox" + PADDING);
      store.seal();
    }
    Path file = files(".words").getFirst();
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[whole.length - 3] ^= 1;

    for (byte[] bytes : List.of(changed, Arrays.copyOf(whole, whole.length - 4), new byte[0])) {
      Files.write(file, bytes);
      assertThat(Checkup.of(folder))
          .filteredOn(found -> found.level() != Finding.Level.OK)
          .singleElement()
          .satisfies(found -> {
            assertThat(found.level()).isEqualTo(Finding.Level.WARNING);
            assertThat(found.text()).contains(file.getFileName().toString());
          });
      try (EmbeddedStore store = open()) {
        assertThat(count(store, filter("answer:*fox*"))).isEqualTo(1);
        assertThat(count(store, filter("answer:*cat*"))).isZero();
        store.keepUp();
        assertThat(store.plan(query(filter("answer:*cat*"))).readSegments()).isZero();
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
    assertThat(Checkup.of(folder)).allMatch(found -> found.level() == Finding.Level.OK);
  }

  @Test
  void words_ofTextsThatCannotBeRead() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, 1, "answer", "the quick brown fox" + PADDING);
      store.seal();
    }
    for (String suffix : List.of(".words", ".texts.parquet")) {
      Files.write(files(suffix).getFirst(), new byte[100]);
    }

    try (EmbeddedStore store = open()) {
      store.keepUp();

      assertThat(store.stats().upkeep().failures()).isZero();
      assertThat(count(store, Filter.ALL)).isEqualTo(1);
    }
  }

  @Test
  void words_goWithTheirSegment() throws IOException {
    try (EmbeddedStore store = open()) {
      append(store, 1, "answer", "short");
      store.seal();
      assertThat(files(".words")).isEmpty();
      append(store, 2, "answer", "long" + PADDING);
      store.seal();
      assertThat(files(".words")).hasSize(1);
      store.keepUp();
      store.keepUp();
      assertThat(store.stats().segments()).isEqualTo(1);
      assertThat(files(".words")).hasSize(1);
    }
    Path unnamed = files(".words").getFirst().resolveSibling("00000077.words");
    Files.write(unnamed, new byte[9]);
    StoreConfig later =
        StoreConfig.of(folder)
            .withClock(() -> Spans.NOON.plus(Duration.ofDays(2)))
            .withRetention(_ -> Duration.ofDays(1));
    try (EmbeddedStore store = EmbeddedStore.open(later)) {
      assertThat(unnamed).doesNotExist();
      store.keepUp();
      store.keepUp();
    }

    assertThat(files(".words")).isEmpty();
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(
        StoreConfig.of(folder).withClock(() -> Spans.NOON).withMerging(MergedStoreTest.PAIRS));
  }

  private static void append(EmbeddedStore store, int span, String key, String value) {
    store.append(new Batch(1, List.of(Spans.of(span, span).with(key, value).make())));
  }

  private List<Path> files(String suffix) throws IOException {
    return Disk.list(folder.resolve("segments"), suffix);
  }

  private static Filter filter(String q) {
    return QueryParser.parse(q, TO);
  }

  private static Query query(Filter filter, String... by) {
    return new Query(
        1,
        filter,
        List.of(AggregateParser.parse("count()", TO)),
        Stream.of(by).map(GroupParser::parse).toList(),
        FROM,
        TO,
        null,
        List.of(),
        1000);
  }

  private static long count(EmbeddedStore store, Filter filter) {
    return (Long) requireNonNull(store.aggregate(query(filter)).rows().getFirst().getFirst());
  }

  private static Map<@Nullable Object, @Nullable Object> count(
      EmbeddedStore store, Filter filter, String by) {
    Map<@Nullable Object, @Nullable Object> counts = new HashMap<>();
    store.aggregate(query(filter, by)).rows().forEach(row -> counts.put(row.get(0), row.get(1)));
    return counts;
  }
}
