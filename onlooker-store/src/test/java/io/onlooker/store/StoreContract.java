package io.onlooker.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Filter.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Store} does. A store extends it with how it is opened. */
public abstract class StoreContract {

  protected static final Instant NOON = Spans.NOON;
  private static final Instant FROM = NOON.minusSeconds(3600);
  private static final Instant TO = NOON.plusSeconds(3600);

  @TempDir Path folder;
  private Store store;
  private Instant now = NOON.plusSeconds(60);

  /** Opens the store of a folder, or begins one there. */
  protected abstract Store open(Path folder, InstantSource clock);

  /**
   * Called after every append: a store with tiers may move what it holds to the next one.
   *
   * @return the store to go on with
   */
  protected Store settle(Store store) {
    return store;
  }

  /** The clock that stores are opened with. */
  protected final InstantSource clock() {
    return () -> now;
  }

  @BeforeEach
  void openStore() {
    store = open(folder, clock());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void append(Item... items) {
    append(Arrays.asList(items));
  }

  private void append(List<? extends Item> items) {
    store.append(new Batch(1, List.copyOf(items)));
    store = settle(store);
  }

  private void reopen() {
    store.close();
    store = open(folder, clock());
  }

  // ---- what was appended is there ----

  @Test
  void trace_unknown() {
    assertThat(store.trace(1, Spans.trace(1))).isEmpty();
  }

  @Test
  void trace_malformedId() {
    assertThatThrownBy(() -> store.trace(1, "no id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no id");
  }

  @Test
  void trace_everythingKept() {
    SpanData span =
        Spans.of(1, 2)
            .parent(1)
            .name("chat gpt-4o")
            .op("gen_ai.chat")
            .millis(12.345678)
            .status(SpanStatus.error("card declined"))
            .segment()
            .with("text", "value")
            .with("whole", 42L)
            .with("fraction", 0.1)
            .with("fraction.whole", 3.0)
            .with("flag", true)
            .with("list", List.of("a", 1L, 2.0, false, List.of("nested")))
            .with("empty.list", List.of())
            .with("empty", "")
            .with("long", "x".repeat(50_000))
            .with("biggest", Long.MAX_VALUE)
            .with("smallest", Double.MIN_VALUE)
            .event(new SpanEvent(17, "exception", Attributes.builder().put("a", 1).build()))
            .make();

    append(span);

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
  }

  @Test
  void trace_bareSpan() {
    SpanData span = Spans.of(1, 1).op(null).status(SpanStatus.UNSET).make();

    append(span);

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
  }

  @Test
  void trace_childrenBeforeParents() {
    SpanData child = Spans.of(1, 2).parent(1).startAfter(10).make();
    SpanData root = Spans.of(1, 1).make();

    append(child);
    append(root);

    assertThat(store.trace(1, root.traceId())).containsExactly(root, child);
  }

  @Test
  void trace_prefixesEqual() {
    SpanData one = Spans.of(1, 1).traceId("00000000000000aa" + "0000000000000001").make();
    SpanData two = Spans.of(1, 1).traceId("00000000000000aa" + "0000000000000002").make();

    append(one, two);

    assertThat(store.trace(1, one.traceId())).containsExactly(one);
    assertThat(store.trace(1, two.traceId())).containsExactly(two);
    assertThat(count(Filter.ALL)).isEqualTo(2);
  }

  @Test
  void trace_otherProject() {
    SpanData span = Spans.of(1, 1).make();
    store.append(new Batch(2, List.of(span)));
    store = settle(store);

    assertThat(store.trace(1, span.traceId())).isEmpty();
    assertThat(count(Filter.ALL)).isZero();
    assertThat(store.spans(newest(Filter.ALL, 10, null)).spans()).isEmpty();
    assertThat(store.trace(2, span.traceId())).containsExactly(span);
  }

  @Test
  void append_malformedId() {
    SpanData bad = Spans.of(1, 1).traceId("not hex").make();

    assertThatThrownBy(() -> append(Spans.of(1, 2).make(), bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not hex");

    assertThat(count(Filter.ALL)).isZero();
  }

  @Test
  void append_emptyBatch() {
    append();

    assertThat(count(Filter.ALL)).isZero();
  }

  @Test
  void append_afterClose() {
    store.close();

    assertThatThrownBy(() -> append(Spans.of(1, 1).make()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CLOSED));
  }

  @Test
  void close_twice() {
    store.close();
    store.close();
  }

  @Test
  void reopen_everythingThere() {
    SpanData span = Spans.of(1, 1).with("a", List.of(1L)).make();
    append(span);

    reopen();

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    append(Spans.of(1, 2).make());
    reopen();
    assertThat(count(Filter.ALL)).isEqualTo(2);
  }

  // ---- the same span again ----

  @Test
  void duplicate_countedOnce() {
    SpanData span = Spans.of(1, 1).make();

    append(span, span);
    append(span);

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    assertThat(store.spans(newest(Filter.ALL, 10, null)).spans()).containsExactly(span);
    assertThat(store.stats().spans()).isEqualTo(1);
  }

  @Test
  void duplicate_afterReopen() {
    SpanData span = Spans.of(1, 1).make();
    append(span);
    reopen();

    append(span);

    assertThat(count(Filter.ALL)).isEqualTo(1);
    reopen();
    assertThat(count(Filter.ALL)).isEqualTo(1);
    assertThat(store.trace(1, span.traceId())).containsExactly(span);
  }

  @Test
  void revision_laterWins() {
    SpanData first = Spans.of(1, 1).with("v", 1L).make();
    SpanData second = Spans.of(1, 1).with("v", 2L).with("long", "y".repeat(5000)).make();
    append(first, Spans.of(1, 2).make());

    append(second);

    assertThat(store.trace(1, first.traceId())).contains(second).hasSize(2);
    assertThat(count(Filter.ALL)).isEqualTo(2);
    assertThat(count(equal("v", new Value.Number(1)))).isZero();
    assertThat(count(equal("v", new Value.Number(2)))).isEqualTo(1);
    reopen();
    assertThat(store.trace(1, first.traceId())).contains(second).hasSize(2);
    assertThat(count(Filter.ALL)).isEqualTo(2);
    SpanData third = Spans.of(1, 1).with("v", 3L).make();
    append(third);
    assertThat(count(Filter.ALL)).isEqualTo(2);
    assertThat(count(equal("v", new Value.Number(3)))).isEqualTo(1);
    reopen();
    assertThat(count(Filter.ALL)).isEqualTo(2);
    assertThat(store.trace(1, first.traceId())).contains(third).hasSize(2);
  }

  @Test
  void revision_openThenEnded() {
    SpanData open = Spans.of(1, 1).open().make();
    SpanData ended = Spans.of(1, 1).make();
    append(open);
    assertThat(store.trace(1, open.traceId())).containsExactly(open);
    assertThat(count(Filter.ALL)).isEqualTo(1);

    append(ended);

    assertThat(store.trace(1, open.traceId())).containsExactly(ended);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    reopen();
    assertThat(store.trace(1, open.traceId())).containsExactly(ended);
    assertThat(count(Filter.ALL)).isEqualTo(1);
  }

  @Test
  void revision_endedThenOpen() {
    SpanData ended = Spans.of(1, 1).make();
    append(ended);

    append(Spans.of(1, 1).open().make());

    assertThat(store.trace(1, ended.traceId())).containsExactly(ended);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    assertThat(figure(Function.MAX, Field.Column.DURATION)).isEqualTo(100.0);
  }

  @Test
  void open_survivesReopening() {
    SpanData open = Spans.of(1, 1).open().make();
    append(open);
    append(Spans.of(2, 1).make());

    reopen();

    assertThat(store.trace(1, open.traceId())).containsExactly(open);
    assertThat(count(Filter.ALL)).isEqualTo(2);
  }

  @Test
  void open_hasNoDuration() {
    append(Spans.of(1, 1).open().make(), Spans.of(1, 2).millis(10).make());

    assertThat(figure(Function.AVG, Field.Column.DURATION)).isEqualTo(10.0);
  }

  // ---- hostile content ----

  @Test
  void hostile_keysAndValues() {
    List<String> texts =
        List.of(
            "\"; DROP TABLE spans; --",
            "'; drop table session; --",
            "a\"b",
            "it's",
            "back\\slash",
            "per%cent_",
            "nul\0inside",
            "new\nline",
            "emoji \uD83D\uDE00",
            "?",
            "$1",
            "[*]",
            "{}",
            "s:x",
            "rest",
            "name",
            "<script>alert(1)</script>");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      append(Spans.of(i, i + 1).name(text).op(text).with(text, text).make());
    }

    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      assertThat(store.trace(1, Spans.trace(i)).getFirst().attributes().get(text)).isEqualTo(text);
      assertThat(count(equal(text, new Value.Text(text)))).as(text).isEqualTo(1);
      assertThat(count(new Filter.Has(new Field.Attribute(text)))).as(text).isEqualTo(1);
      assertThat(count(new Filter.Equal(Field.Column.OP, List.of(new Value.Text(text)))))
          .as(text)
          .isEqualTo(1);
      assertThat(count(contains(new Field.Attribute(text), text))).as(text).isEqualTo(1);
      List<@Nullable Object> row =
          aggregate(Filter.ALL, List.of(group(text)), counting()).rows().stream()
              .filter(found -> text.equals(found.getFirst()))
              .findFirst()
              .orElseThrow();
      assertThat(row).containsExactly(text, 1L);
    }
  }

  @Test
  void hostile_loneSurrogate() {
    SpanData span = Spans.of(1, 1).name("half \uD800").with("k", "\uDC00 x").make();

    append(span);

    List<SpanData> before = store.trace(1, span.traceId());
    assertThat(before).hasSize(1);
    assertThat(before.getFirst().name()).isEqualTo("half ?");
    append(span);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    reopen();
    assertThat(store.trace(1, span.traceId())).isEqualTo(before);
  }

  @Test
  void hostile_keysDifferInCase() {
    SpanData span = Spans.of(1, 1).with("Key", "upper").with("key", "lower").with("KEY", 3L).make();

    append(span);

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
    assertThat(count(equal("Key", new Value.Text("upper")))).isEqualTo(1);
    assertThat(count(equal("key", new Value.Text("upper")))).isZero();
    assertThat(count(equal("KEY", new Value.Number(3)))).isEqualTo(1);
  }

  @Test
  void hostile_sixHundredKeys() {
    Spans wide = Spans.of(1, 1);
    for (int i = 0; i < 600; i++) {
      wide.with("text." + i, "v" + i).with("number." + i, i);
    }
    SpanData span = wide.make();
    append(span);

    assertThat(store.trace(1, span.traceId())).containsExactly(span);
    for (int i = 0; i < 600; i += 37) {
      assertThat(count(equal("text." + i, new Value.Text("v" + i)))).isEqualTo(1);
      assertThat(count(compare("number." + i, Filter.Comparison.GREATER_OR_EQUAL, i))).isEqualTo(1);
    }
    assertThat(figure(Function.SUM, new Field.Attribute("number.599"))).isEqualTo(599.0);
    assertThat(count(new Filter.Has(new Field.Attribute("text.600")))).isZero();
  }

  @Test
  void hostile_timesAndDurations() {
    SpanData backwards = Spans.of(1, 1).millis(-5).make();
    SpanData ancient = Spans.of(2, 1).start(Instant.EPOCH.minusSeconds(10)).make();
    SpanData future = Spans.of(3, 1).start(Instant.parse("2200-01-01T00:00:00Z")).make();

    append(backwards, ancient, future);

    assertThat(store.trace(1, backwards.traceId())).containsExactly(backwards);
    assertThat(store.trace(1, ancient.traceId())).containsExactly(ancient);
    assertThat(store.trace(1, future.traceId())).containsExactly(future);
    assertThat(count(Filter.ALL)).isEqualTo(1);
    assertThat(figure(Function.MIN, Field.Column.DURATION)).isEqualTo(-5.0);
    Query all =
        new Query(
            1,
            Filter.ALL,
            List.of(counting()),
            List.of(),
            Instant.MIN,
            Instant.MAX,
            null,
            List.of(),
            10);
    assertThat(store.aggregate(all).rows()).containsExactly(List.of(3L));
  }

  // ---- filters ----

  @Test
  void filter_text() {
    append(
        Spans.of(1, 1).op("http.client").with("model", "gpt-4o").make(),
        Spans.of(1, 2).op("HTTP.Client").with("model", "GPT-4o").make(),
        Spans.of(1, 3).op("search").make());

    assertThat(count(new Filter.Equal(Field.Column.OP, List.of(new Value.Text("Http.client")))))
        .isEqualTo(2);
    assertThat(count(equal("model", new Value.Text("gpt-4o")))).isEqualTo(1);
    assertThat(count(equal("model", new Value.Text("x"), new Value.Text("GPT-4o")))).isEqualTo(1);
    assertThat(count(new Filter.Not(equal("model", new Value.Text("gpt-4o"))))).isEqualTo(2);
    assertThat(count(pattern("model", "gpt-4", ""))).isEqualTo(2);
    assertThat(count(pattern("model", "", "4O"))).isEqualTo(2);
    assertThat(count(pattern("model", "g", "4", ""))).isEqualTo(2);
    assertThat(count(pattern("model", "gpt"))).isZero();
    assertThat(count(contains(Field.Column.OP, "TTP.c"))).isEqualTo(2);
    assertThat(count(new Filter.Has(new Field.Attribute("model")))).isEqualTo(2);
    assertThat(count(equal("unknown", new Value.Text("x")))).isZero();
    assertThat(count(new Filter.Not(new Filter.Has(new Field.Attribute("unknown"))))).isEqualTo(3);
    assertThat(count(new Filter.Or(List.of()))).isZero();
    assertThat(count(new Filter.Equal(Field.Column.OP, List.of()))).isZero();
  }

  @Test
  void filter_kinds() {
    append(
        Spans.of(1, 1).with("v", 5L).make(),
        Spans.of(1, 2).with("v", 5.0).make(),
        Spans.of(1, 3).with("v", "5").make(),
        Spans.of(1, 4).with("v", true).make(),
        Spans.of(1, 5).with("v", "true").make(),
        Spans.of(1, 6).with("v", "").make(),
        Spans.of(1, 7).with("v", List.of("5")).make());

    assertThat(count(equal("v", new Value.Number(5)))).isEqualTo(3);
    assertThat(count(equal("v", new Value.Text("5")))).isEqualTo(3);
    assertThat(count(equal("v", new Value.Flag(true)))).isEqualTo(2);
    assertThat(count(compare("v", Filter.Comparison.GREATER, 4.9))).isEqualTo(3);
    assertThat(count(compare("v", Filter.Comparison.LESS, 5))).isZero();
    assertThat(count(compare("v", Filter.Comparison.LESS_OR_EQUAL, 5))).isEqualTo(3);
    assertThat(count(new Filter.Has(new Field.Attribute("v")))).isEqualTo(6);
  }

  @Test
  void filter_columns() {
    SpanData root = Spans.of(1, 1).segment().millis(1500).make();
    SpanData child =
        Spans.of(1, 2).parent(1).status(SpanStatus.error("boom")).name("GET /x").make();
    append(root, child);

    assertThat(count(equal(Field.Column.STATUS, new Value.Text("ERROR")))).isEqualTo(1);
    assertThat(count(equal(Field.Column.STATUS_MESSAGE, new Value.Text("boom")))).isEqualTo(1);
    assertThat(count(equal(Field.Column.NAME, new Value.Text("GET /x")))).isEqualTo(1);
    assertThat(count(equal(Field.Column.TRACE_ID, new Value.Text(root.traceId())))).isEqualTo(2);
    assertThat(count(equal(Field.Column.TRACE_ID, new Value.Text("zz")))).isZero();
    assertThat(count(equal(Field.Column.SPAN_ID, new Value.Text(root.spanId())))).isEqualTo(1);
    assertThat(count(equal(Field.Column.PARENT_SPAN_ID, new Value.Text(root.spanId()))))
        .isEqualTo(1);
    assertThat(count(new Filter.Has(Field.Column.PARENT_SPAN_ID))).isEqualTo(1);
    assertThat(count(equal(Field.Column.SEGMENT, new Value.Flag(true)))).isEqualTo(1);
    assertThat(count(new Filter.Compare(Field.Column.DURATION, Filter.Comparison.GREATER, 1000)))
        .isEqualTo(1);
    assertThat(
            count(
                new Filter.Compare(
                    Field.Column.TIMESTAMP, Filter.Comparison.LESS, NOON.toEpochMilli() + 1)))
        .isEqualTo(2);
  }

  @Test
  void filter_longTexts() {
    String prompt = "Tell me about lighthouses. ".repeat(100) + "needle";
    append(
        Spans.of(1, 1).with("prompt", prompt).make(),
        Spans.of(1, 2).with("prompt", "short needle").make(),
        Spans.of(1, 3).make());

    assertThat(count(contains(new Field.Attribute("prompt"), "NEEDLE"))).isEqualTo(2);
    assertThat(count(equal("prompt", new Value.Text(prompt)))).isEqualTo(1);
    assertThat(count(new Filter.Has(new Field.Attribute("prompt")))).isEqualTo(2);
    assertThat(
            store.spans(newest(contains(new Field.Attribute("prompt"), "light"), 5, null)).spans())
        .singleElement()
        .satisfies(span -> assertThat(span.attributes().get("prompt")).isEqualTo(prompt));
  }

  @Test
  void filter_timeRange() {
    append(Spans.of(1, 1).start(FROM).make(), Spans.of(1, 2).start(TO).make());

    assertThat(count(Filter.ALL)).isEqualTo(1);
  }

  // ---- pages of spans ----

  @Test
  void spans_pages() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      spans.add(Spans.of(i, i + 1).startAfter(i / 2 * 10L).with("i", i).make());
    }
    append(spans.subList(0, 13));
    append(spans.subList(13, 25));

    List<SpanData> found = new ArrayList<>();
    String cursor = null;
    do {
      SpanPage page = store.spans(newest(Filter.ALL, 4, cursor));
      assertThat(page.spans()).hasSizeLessThanOrEqualTo(4);
      found.addAll(page.spans());
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(found).containsExactlyInAnyOrderElementsOf(spans);
    assertThat(found.stream().map(SpanData::startNanos).toList())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void spans_malformedCursor() {
    assertThatThrownBy(() -> store.spans(newest(Filter.ALL, 4, "x'")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x'");
  }

  // ---- aggregates ----

  @Test
  void aggregate_emptyStore() {
    Result result =
        aggregate(
            Filter.ALL,
            List.of(),
            counting(),
            over(Function.SUM, Field.Column.DURATION),
            over(Function.P95, Field.Column.DURATION),
            over(Function.FAILURE_RATE, null));

    assertThat(result.rows()).containsExactly(Arrays.asList(0L, null, null, null));
    assertThat(aggregate(Filter.ALL, List.of(group("a")), counting()).rows()).isEmpty();
  }

  @Test
  void aggregate_functions() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      SpanStatus status = i <= 3 ? SpanStatus.error(null) : SpanStatus.OK;
      spans.add(Spans.of(1, i).millis(i * 10.01).status(status).with("user", i % 4).make());
    }
    append(spans);

    Field duration = Field.Column.DURATION;
    assertThat(number(Function.SUM, duration)).isEqualTo(550.55, within(0.01));
    assertThat(number(Function.AVG, duration)).isEqualTo(55.055, within(0.01));
    assertThat(number(Function.MIN, duration)).isEqualTo(10.01, within(0.01));
    assertThat(number(Function.MAX, duration)).isEqualTo(100.1, within(0.01));
    assertThat(number(Function.P50, duration)).isEqualTo(55.055, within(0.01));
    assertThat(number(Function.P75, duration)).isEqualTo(77.5775, within(0.01));
    assertThat(number(Function.P90, duration)).isEqualTo(91.091, within(0.01));
    assertThat(number(Function.P95, duration)).isEqualTo(95.5955, within(0.01));
    assertThat(number(Function.P99, duration)).isEqualTo(99.1991, within(0.01));
    assertThat(number(Function.P100, duration)).isEqualTo(100.1, within(0.01));
    assertThat(number(Function.FAILURE_RATE, null)).isEqualTo(0.3, within(1e-9));
    assertThat(figure(Function.COUNT_UNIQUE, new Field.Attribute("user"))).isEqualTo(4L);
    assertThat(number(Function.PER_MINUTE, null)).isEqualTo(10 / 120.0, within(1e-9));
    assertThat(number(Function.PER_SECOND, null)).isEqualTo(10 / 7200.0, within(1e-9));
  }

  @Test
  void aggregate_numericText() {
    append(
        Spans.of(1, 1).with("v", "1.5").make(),
        Spans.of(1, 2).with("v", 2L).make(),
        Spans.of(1, 3).with("v", 3.5).make(),
        Spans.of(1, 4).with("v", "many").make(),
        Spans.of(1, 5).with("v", true).make(),
        Spans.of(1, 6).with("v", "Infinity").make(),
        Spans.of(1, 7).make());

    Field field = new Field.Attribute("v");
    assertThat(figure(Function.SUM, field)).isEqualTo(7.0);
    assertThat(number(Function.AVG, field)).isEqualTo(7 / 3.0, within(1e-9));
    assertThat(figure(Function.P50, field)).isEqualTo(2.0);
    assertThat(figure(Function.MAX, field)).isEqualTo(3.5);
  }

  @Test
  void aggregate_condition() {
    append(Spans.of(1, 1).op("a").millis(1).make(), Spans.of(1, 2).op("b").millis(9).make());
    Filter isA = equal(Field.Column.OP, new Value.Text("a"));

    Result result =
        aggregate(
            Filter.ALL,
            List.of(),
            new Aggregate("count", Function.COUNT, null, isA),
            new Aggregate("max", Function.MAX, Field.Column.DURATION, isA));

    assertThat(result.rows()).containsExactly(List.of(1L, 1.0));
  }

  @Test
  void group_kinds() {
    append(
        Spans.of(1, 1).with("v", "x").make(),
        Spans.of(1, 2).with("v", 1L).make(),
        Spans.of(1, 3).with("v", 1.0).make(),
        Spans.of(1, 4).with("v", 2.5).make(),
        Spans.of(1, 5).with("v", true).make(),
        Spans.of(1, 6).with("v", "true").make(),
        Spans.of(1, 7).make());

    Result result = aggregate(Filter.ALL, List.of(group("v")), counting());

    assertThat(result.rows())
        .containsExactlyInAnyOrder(
            List.of("x", 1L),
            List.of(1L, 2L),
            List.of(2.5, 1L),
            List.of(true, 1L),
            List.of("true", 1L),
            Arrays.asList(null, 1L));
    assertThat(result.rows().getFirst()).isEqualTo(List.of(1L, 2L));
    assertThat(result.columns().getFirst()).isEqualTo(new Result.Column("v", Result.Type.STRING));
  }

  @Test
  void group_columnTypes() {
    append(Spans.of(1, 1).with("n", 7L).with("b", false).segment().make());

    Result result =
        aggregate(
            Filter.ALL,
            List.of(
                group("n"),
                group("b"),
                new Group("op", Field.Column.OP, null),
                new Group("root", Field.Column.SEGMENT, null),
                new Group("trace", Field.Column.TRACE_ID, null)),
            counting());

    assertThat(result.rows())
        .containsExactly(List.of(7L, false, "http.server", true, Spans.trace(1), 1L));
    assertThat(result.columns().stream().map(Result.Column::type))
        .containsExactly(
            Result.Type.NUMBER,
            Result.Type.BOOLEAN,
            Result.Type.STRING,
            Result.Type.BOOLEAN,
            Result.Type.STRING,
            Result.Type.NUMBER);
  }

  @Test
  void group_buckets() {
    append(
        Spans.of(1, 1).with("items", 0L).make(),
        Spans.of(1, 2).with("items", 4L).make(),
        Spans.of(1, 3).with("items", "5").make(),
        Spans.of(1, 4).with("items", 9.9).make(),
        Spans.of(1, 5).with("items", -1L).make(),
        Spans.of(1, 6).make());

    Result result =
        aggregate(
            Filter.ALL,
            List.of(new Group("bucket", new Field.Attribute("items"), 5.0)),
            counting(),
            over(Function.P95, Field.Column.DURATION));

    assertThat(result.rows())
        .containsExactlyInAnyOrder(
            List.of(0.0, 2L, 100.0),
            List.of(5.0, 2L, 100.0),
            List.of(-5.0, 1L, 100.0),
            Arrays.asList(null, 1L, 100.0));
  }

  @Test
  void group_topOfMany() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      spans.add(Spans.of(1, i + 1).millis(i).with("user", "u" + i % 12).make());
    }
    spans.add(Spans.of(1, 99).millis(1000).with("user", "u3").make());
    append(spans);

    Result byCount =
        aggregate(
            3,
            List.of(),
            List.of(group("user")),
            counting(),
            over(Function.P50, Field.Column.DURATION));
    Result byQuantile =
        aggregate(
            2,
            List.of(new Query.Sort("P100", true)),
            List.of(group("user")),
            over(Function.P100, Field.Column.DURATION),
            over(Function.P50, Field.Column.DURATION));
    Result byGroup =
        aggregate(2, List.of(new Query.Sort("user", false)), List.of(group("user")), counting());

    assertThat(byCount.rows()).hasSize(3);
    assertThat(byCount.rows().getFirst()).isEqualTo(List.of("u3", 6L, 33.0));
    assertThat(byCount.leftOut()).containsExactly("9 more groups");
    assertThat(byQuantile.rows().getFirst()).isEqualTo(List.of("u3", 1000.0, 33.0));
    assertThat(byGroup.rows()).containsExactly(List.of("u0", 5L), List.of("u1", 5L));
  }

  @Test
  void group_unknownSort() {
    assertThatThrownBy(() ->
            aggregate(2, List.of(new Query.Sort("nope", true)), List.of(group("user")), counting()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nope");
  }

  @Test
  void series_steps() {
    append(
        Spans.of(1, 1).op("a").startAfter(0).millis(10).make(),
        Spans.of(1, 2).op("a").startAfter(61_000).millis(20).make(),
        Spans.of(1, 3).op("a").startAfter(119_999).millis(40).make(),
        Spans.of(1, 4).op("b").startAfter(30_000).millis(5).make());
    Query query =
        new Query(
            1,
            Filter.ALL,
            List.of(
                counting(),
                over(Function.P50, Field.Column.DURATION),
                over(Function.PER_MINUTE, null)),
            List.of(new Group("op", Field.Column.OP, null)),
            NOON,
            NOON.plusSeconds(120),
            Duration.ofMinutes(1),
            List.of(),
            10);

    Result result = store.aggregate(query);

    assertThat(result.rows())
        .containsExactly(List.of("a", 3L, 20.0, 1.5), List.of("b", 1L, 5.0, 0.5));
    assertThat(result.series())
        .containsExactly(
            new Result.Series(
                List.of("a"),
                List.of(
                    new Result.Point(NOON, List.of(1L, 10.0, 1.0)),
                    new Result.Point(NOON.plusSeconds(60), List.of(2L, 30.0, 2.0)))),
            new Result.Series(
                List.of("b"), List.of(new Result.Point(NOON, List.of(1L, 5.0, 1.0)))));
  }

  @Test
  void series_tooManySteps() {
    Query query =
        new Query(
            1,
            Filter.ALL,
            List.of(counting()),
            List.of(),
            FROM,
            TO,
            Duration.ofMillis(1),
            List.of(),
            10);

    assertThatThrownBy(() -> store.aggregate(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step");
  }

  // ---- logs and errors ----

  @Test
  void notes_ofTrace() {
    LogData late = log(20, 1, "late");
    LogData early = log(10, 1, "early");
    ErrorData error =
        new ErrorData(
            "e".repeat(32),
            15,
            Spans.trace(1),
            Spans.span(1),
            LogData.Level.FATAL,
            null,
            List.of(
                new ErrorData.ExceptionData(
                    "java.io.IOException",
                    "no \"space\"",
                    null,
                    List.of(new ErrorData.Frame("a.B", "c", null, 7, true))),
                new ErrorData.ExceptionData("x.Cause", null, true, List.of())),
            Attributes.builder().put("k", 1.0).put("l", List.of(2L)).build());
    ErrorData captured =
        new ErrorData(
            "d".repeat(32),
            16,
            Spans.trace(1),
            null,
            LogData.Level.WARN,
            "said",
            List.of(),
            Attributes.EMPTY);

    append(late, error, log(5, 2, "elsewhere"), captured);
    append(early, late, error);

    assertThat(store.notes(1, Spans.trace(1)))
        .isEqualTo(new TraceNotes(List.of(early, late), List.of(error, captured)));
    assertThat(store.notes(2, Spans.trace(1)).logs()).isEmpty();
    reopen();
    assertThat(store.notes(1, Spans.trace(1)))
        .isEqualTo(new TraceNotes(List.of(early, late), List.of(error, captured)));
  }

  @Test
  void notes_outsideTraces() {
    append(new LogData(1, null, null, LogData.Level.INFO, "alone", Attributes.EMPTY));

    reopen();

    assertThat(store.notes(1, Spans.trace(1)).logs()).isEmpty();
  }

  private static LogData log(long nanos, int trace, String body) {
    return new LogData(
        nanos,
        Spans.trace(trace),
        Spans.span(1),
        LogData.Level.DEBUG,
        body,
        Attributes.builder().put("sentry.message.template", "t").put("n", 1).build());
  }

  // ---- sessions ----

  @Test
  void sessions_rightAfterAppend() {
    append(agent(1, 1).make());

    assertThat(store.sessions(recent(10, null)).sessions())
        .extracting(Session::id)
        .containsExactly(Spans.span(1));
    Session session = store.session(1, Spans.span(1));
    assertThat(session).extracting(Session::agentName).isEqualTo("support");
    assertThat(store.session(2, Spans.span(1))).isNull();
    assertThat(store.session(1, "unknown")).isNull();
  }

  @Test
  void sessions_followTheirSpans() {
    append(agent(1, 1).open().make());
    append(agent(1, 1).status(SpanStatus.error("boom")).make());

    assertThat(store.sessions(recent(10, null)).sessions())
        .extracting(Session::status)
        .containsExactly(Session.Status.FAILED);
  }

  @Test
  void sessions_vanish() {
    append(agent(1, 1).make());
    assertThat(store.sessions(recent(10, null)).sessions()).hasSize(1);

    append(Spans.of(1, 1).with("corrected", true).make());

    assertThat(store.sessions(recent(10, null)).sessions()).isEmpty();
  }

  @Test
  void sessions_pagesAndOrder() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      spans.add(agent(i, i).startAfter(i * 1000L).millis(100 - i).make());
    }
    append(spans);
    reopen();

    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      SessionPage page = store.sessions(recent(4, cursor));
      page.sessions().forEach(session -> ids.add(session.id()));
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(ids)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 9).mapToObj(i -> Spans.span(10 - i)).toList());
    SessionQuery shortest =
        new SessionQuery(1, Filter.ALL, FROM, TO, SessionQuery.Order.DURATION, false, 2, null);
    assertThat(store.sessions(shortest).sessions())
        .extracting(Session::id)
        .containsExactly(Spans.span(9), Spans.span(8));
  }

  @Test
  void sessions_filter() {
    append(
        agent(1, 1).with(GenAi.USER_ID, "ann").make(),
        agent(2, 2).with(GenAi.AGENT_NAME, "o'hara").status(SpanStatus.error("disk")).make(),
        agent(3, 3).with(GenAi.CONVERSATION_ID, "c1").name("research trip").make());

    assertThat(sessions(equal("user.id", new Value.Text("ann")))).containsExactly(1);
    assertThat(sessions(equal("agent", new Value.Text("o'hara")))).containsExactly(2);
    assertThat(sessions(equal("status", new Value.Text("failed")))).containsExactly(2);
    assertThat(sessions(equal("conversation", new Value.Text("c1")))).containsExactly(3);
    assertThat(sessions(new Filter.Has(new Field.Attribute("conversation")))).containsExactly(3);
    assertThat(sessions(equal("trace", new Value.Text(Spans.trace(2))))).containsExactly(2);
    assertThat(sessions(equal("id", new Value.Text(Spans.span(2))))).containsExactly(2);
    assertThat(sessions(compare("duration", Filter.Comparison.GREATER, 50)))
        .containsExactly(1, 2, 3);
    assertThat(sessions(contains(Field.Column.NAME, "SEARCH"))).containsExactly(3);
    assertThat(sessions(equal("no.such.field", new Value.Text("x")))).isEmpty();
    assertThat(sessions(new Filter.Not(equal("user.id", new Value.Text("ann")))))
        .containsExactly(2, 3);
  }

  @Test
  void sessions_ofManySpansArrivingLate() {
    append(agent(1, 1).make());
    for (int i = 2; i < 6; i++) {
      append(Spans.of(1, i).parent(1).startAfter(i).make());
      reopen();
    }

    assertThat(store.sessions(recent(10, null)).sessions()).hasSize(1);
    assertThat(store.trace(1, Spans.trace(1))).hasSize(5);
  }

  // ---- at the same time ----

  @Test
  void append_duringFind() throws InterruptedException {
    int writers = 3;
    int batches = 20;
    long all = 600;
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int base = writer * 10_000;
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int batch = 0; batch < batches; batch++) {
              int first = base + batch * 10 + 1;
              store.append(
                  new Batch(
                      1,
                      IntStream.range(first, first + 10)
                          .mapToObj(span -> (Item) Spans.of(base + 1, span).make())
                          .toList()));
            }
          }));
    }

    long before = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      long found = count(Filter.ALL);
      assertThat(found).isGreaterThanOrEqualTo(before);
      assertThat(found % 10).isZero();
      before = found;
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(count(Filter.ALL)).isEqualTo(all);
    reopen();
    assertThat(count(Filter.ALL)).isEqualTo(all);
  }

  // ---- words for the above ----

  private static Spans agent(int trace, int span) {
    return Spans.of(trace, span)
        .op("gen_ai.invoke_agent")
        .with(GenAi.OPERATION_TYPE, "agent")
        .with(GenAi.AGENT_NAME, "support");
  }

  private List<Integer> sessions(Filter filter) {
    SessionQuery query =
        new SessionQuery(1, filter, FROM, TO, SessionQuery.Order.STARTED, false, 10, null);
    return store.sessions(query).sessions().stream()
        .map(session -> Integer.parseInt(session.id(), 16))
        .toList();
  }

  private static SessionQuery recent(int limit, @Nullable String cursor) {
    return new SessionQuery(
        1, Filter.ALL, FROM, TO, SessionQuery.Order.STARTED, true, limit, cursor);
  }

  private static SpanQuery newest(Filter filter, int limit, @Nullable String cursor) {
    return new SpanQuery(1, filter, FROM, TO, limit, cursor);
  }

  private static Aggregate counting() {
    return over(Function.COUNT, null);
  }

  private static Aggregate over(Function function, @Nullable Field field) {
    return new Aggregate(function.name(), function, field, null);
  }

  private static Group group(String key) {
    return new Group(key, new Field.Attribute(key), null);
  }

  private static Filter equal(String key, Value... values) {
    return new Filter.Equal(new Field.Attribute(key), Stream.of(values).toList());
  }

  private static Filter equal(Field field, Value value) {
    return new Filter.Equal(field, List.of(value));
  }

  private static Filter compare(String key, Filter.Comparison comparison, double value) {
    return new Filter.Compare(new Field.Attribute(key), comparison, value);
  }

  private static Filter pattern(String key, String... pieces) {
    return new Filter.Matches(new Field.Attribute(key), new Filter.Pattern(List.of(pieces)));
  }

  private static Filter contains(Field field, String text) {
    return new Filter.Matches(field, new Filter.Pattern(List.of("", text, "")));
  }

  private Result aggregate(Filter filter, List<Group> by, Aggregate... aggregates) {
    return store.aggregate(
        new Query(1, filter, List.of(aggregates), by, FROM, TO, null, List.of(), 100));
  }

  private Result aggregate(
      int limit, List<Query.Sort> sort, List<Group> by, Aggregate... aggregates) {
    return store.aggregate(
        new Query(1, Filter.ALL, List.of(aggregates), by, FROM, TO, null, sort, limit));
  }

  private long count(Filter filter) {
    return (Long) aggregate(filter, List.of(), counting()).rows().getFirst().getFirst();
  }

  private @Nullable Object figure(Function function, @Nullable Field field) {
    return aggregate(Filter.ALL, List.of(), over(function, field)).rows().getFirst().getFirst();
  }

  private double number(Function function, @Nullable Field field) {
    return ((Number) requireNonNull(figure(function, field))).doubleValue();
  }
}
