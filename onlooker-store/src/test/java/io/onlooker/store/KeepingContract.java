package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Filter.Value;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was appended is there, once, as it was. */
public abstract class KeepingContract extends StoreFixture {

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
  void span_latestRevision() {
    SpanData open = Spans.of(1, 2).open().make();
    SpanData ended = Spans.of(1, 2).make();

    append(open, Spans.of(1, 3).make());
    append(ended);

    assertThat(store.span(1, ended.traceId(), ended.spanId())).isEqualTo(ended);
    assertThat(store.span(1, ended.traceId(), Spans.span(9))).isNull();
    assertThat(store.span(2, ended.traceId(), ended.spanId())).isNull();
  }

  @Test
  void trace_edited() {
    SpanData edited = Spans.of(1, 1).with("cost", 1).make();
    SpanData other = Spans.of(1, 2).startAfter(1).with("cost", 1).make();
    append(edited, other);
    SpanData priced = Spans.of(1, 1).with("cost", 2).make();

    try (Edit edit = store.edit(1)) {
      edit.append(List.of(priced));
    }

    assertThat(store.trace(1, edited.traceId())).containsExactly(priced, other);
    store = settle(store);
    assertThat(store.trace(1, edited.traceId())).containsExactly(priced, other);
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
}
