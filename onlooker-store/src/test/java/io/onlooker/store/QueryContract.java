package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Filter.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters, pages and figures. */
public abstract class QueryContract extends QueryCaseContract {

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

    assertThat(count(equal("v", new Value.Number(5)))).isEqualTo(4);
    assertThat(count(equal("v", new Value.Text("5")))).isEqualTo(2);
    assertThat(count(equal("v", new Value.Flag(true)))).isEqualTo(2);
    assertThat(count(compare("v", Filter.Comparison.GREATER, 4.9))).isEqualTo(4);
    assertThat(count(compare("v", Filter.Comparison.LESS, 5))).isZero();
    assertThat(count(compare("v", Filter.Comparison.LESS_OR_EQUAL, 5))).isEqualTo(4);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE spans; --",
        "\" OR 1=1 --",
        "x' UNION SELECT * FROM read_text('/etc/passwd') --",
        "?, ?); COPY spans TO '/tmp/x'; --",
        "\\' OR ''='",
        "${s0} {0} %s %1$s $1 :a @b",
        "nul\0 and\nline",
        "[\"a\", lambda x: x]",
        "_%*\\"
      })
  void hostile_sqlInEveryField(String text) {
    Field key = new Field.Attribute(text);
    append(
        Spans.of(1, 1).name(text).op(text).status(SpanStatus.error(text)).with(text, text).make(),
        Spans.of(1, 2).with(text, List.of(text, 5)).make(),
        Spans.of(1, 3).make());

    for (Field field : List.of(Field.Column.NAME, Field.Column.OP, Field.Column.STATUS_MESSAGE)) {
      assertThat(count(equal(field, new Value.Text(text)))).isEqualTo(1);
      assertThat(count(contains(field, text))).isEqualTo(1);
    }
    assertThat(count(equal(key, new Value.Text(text)))).isEqualTo(2);
    assertThat(count(contains(key, text))).isEqualTo(2);
    assertThat(count(new Filter.Has(key))).isEqualTo(2);
    assertThat(count(new Filter.Compare(key, Filter.Comparison.GREATER, 4))).isEqualTo(1);
    assertThat(count(equal(Field.Column.TRACE_ID, new Value.Text(text)))).isZero();
    Aggregate unique =
        new Aggregate(text, Function.COUNT_UNIQUE, key, equal(key, new Value.Text(text)));
    Query query =
        new Query(
            1,
            Filter.ALL,
            List.of(unique),
            List.of(new Group(text + "group", key, null)),
            FROM,
            TO,
            Duration.ofHours(1),
            List.of(new Query.Sort(text + "group", false)),
            100);
    assertThat(store.aggregate(query).rows())
        .containsExactly(List.of(text, 2L), List.of(5L, 2L), Arrays.asList(null, 0L));
    assertThatThrownBy(() -> store.spans(newest(Filter.ALL, 5, text)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.attributes(new AttributeQuery(1, text, FROM, TO, 10)).attributes()).hasSize(1);
  }

  /** An engine that tries every way to match would not come to an end. */
  @Test
  @Timeout(60)
  void filter_wildcardsThatMatchInManyWays() {
    append(Spans.of(1, 1).name("a".repeat(1_000)).with("v", "a".repeat(20_000)).make());
    String[] pieces = new String[20];
    Arrays.fill(pieces, "a");
    pieces[0] = "";
    pieces[19] = "b";

    assertThat(count(pattern("v", pieces))).isZero();
    assertThat(count(new Filter.Matches(Field.Column.NAME, new Filter.Pattern(List.of(pieces)))))
        .isZero();
    pieces[19] = "";
    assertThat(count(pattern("v", pieces))).isEqualTo(1);
  }

  @Test
  void filter_timeRange() {
    append(Spans.of(1, 1).start(FROM).make(), Spans.of(1, 2).start(TO).make());

    assertThat(count(Filter.ALL)).isEqualTo(1);
  }

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
  void aggregate_estimate() {
    append(
        Spans.of(1, 1).with("onlooker.sample_weight", 10.0).make(),
        Spans.of(1, 2).with("onlooker.sample_weight", 4).make(),
        Spans.of(1, 3).with("onlooker.sample_weight", "nothing").make(),
        Spans.of(1, 4).with("a", 1).make());
    Filter isA = new Filter.Has(new Field.Attribute("a"));

    Result result =
        aggregate(
            Filter.ALL,
            List.of(),
            new Aggregate("all", Function.ESTIMATE, null, null),
            new Aggregate("a", Function.ESTIMATE, null, isA),
            new Aggregate("count", Function.COUNT, null, null));

    assertThat(result.rows()).containsExactly(List.of(16.0, 1.0, 4L));
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
}
