package io.onlooker.store.reference;

import static io.onlooker.store.reference.ReferenceQuery.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Field;
import io.onlooker.store.Field.Attribute;
import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferenceQueryTest {

  private static final Field KEY = new Attribute("key");

  @Test
  void text_exactOnAttributes_anyCaseOnOpAndStatus() {
    SpanData span = span("Visa");

    assertThat(takes(equal(KEY, new Value.Text("Visa")), span)).isTrue();
    assertThat(takes(equal(KEY, new Value.Text("visa")), span)).isFalse();
    assertThat(takes(equal(Column.OP, new Value.Text("GEN_AI.Chat")), span)).isTrue();
    assertThat(takes(equal(Column.STATUS, new Value.Text("Error")), span)).isTrue();
    assertThat(takes(equal(Column.STATUS_MESSAGE, new Value.Text("DECLINED")), span)).isTrue();
    assertThat(takes(equal(Column.NAME, new Value.Text("chat gpt-4O")), span)).isFalse();
  }

  @Test
  void number_equalsNumericText() {
    assertThat(takes(equal(KEY, new Value.Number(200)), span(200L))).isTrue();
    assertThat(takes(equal(KEY, new Value.Number(200)), span("200.0"))).isTrue();
    assertThat(takes(equal(KEY, new Value.Number(200)), span("200 OK"))).isFalse();
    assertThat(takes(equal(KEY, new Value.Text("200")), span(200L))).isFalse();
    assertThat(takes(equal(KEY, new Value.Number(1)), span(true))).isFalse();
  }

  @Test
  void flag_equalsItsWord() {
    assertThat(takes(equal(KEY, new Value.Flag(true)), span(true))).isTrue();
    assertThat(takes(equal(KEY, new Value.Flag(true)), span("True"))).isTrue();
    assertThat(takes(equal(KEY, new Value.Flag(true)), span(1L))).isFalse();
    assertThat(takes(equal(KEY, new Value.Flag(false)), span(null))).isFalse();
  }

  @Test
  void missingField_onlyNotTakesIt() {
    Filter equal = equal(KEY, new Value.Text("a"));
    Filter less = new Filter.Compare(KEY, Comparison.LESS, 5);

    assertThat(takes(equal, span(null))).isFalse();
    assertThat(takes(new Filter.Not(equal), span(null))).isTrue();
    assertThat(takes(less, span(null))).isFalse();
    assertThat(takes(new Filter.Not(less), span(null))).isTrue();
    assertThat(takes(less, span("few"))).isFalse();
    assertThat(takes(new Filter.Has(KEY), span(""))).isFalse();
    assertThat(takes(new Filter.Has(KEY), span(0L))).isTrue();
  }

  @Test
  void list_oneElementIsEnough() {
    SpanData span = span(List.of("a", "12", 30L));

    assertThat(takes(equal(KEY, new Value.Text("a")), span)).isTrue();
    assertThat(takes(equal(KEY, new Value.Number(12)), span)).isTrue();
    assertThat(takes(new Filter.Compare(KEY, Comparison.GREATER, 29), span)).isTrue();
    assertThat(takes(new Filter.Compare(KEY, Comparison.GREATER, 30), span)).isFalse();
    assertThat(takes(new Filter.Has(KEY), span(List.of()))).isFalse();
  }

  @Test
  void pattern_piecesInOrder() {
    assertThat(takes(matches("gpt-4", ""), span("GPT-4o-mini"))).isTrue();
    assertThat(takes(matches("", "4", "mini"), span("gpt-4o-mini"))).isTrue();
    assertThat(takes(matches("ab", "ba"), span("aba"))).isFalse();
    assertThat(takes(matches("gpt-4"), span("gpt-4o"))).isFalse();
    assertThat(takes(matches("5", ""), span(503L))).isTrue();
    assertThat(takes(matches("", ".25"), span(0.25))).isTrue();
    assertThat(takes(matches("t", ""), span(true))).isTrue();
    assertThat(takes(matches("", ""), span(null))).isFalse();
  }

  @Test
  void figures_numericTextCounts_otherTextDoesNot() {
    List<SpanData> spans = spans("0.5", 2L, "many", null, 3.5);

    assertThat(figure(Function.SUM, spans)).isEqualTo(6);
    assertThat(figure(Function.AVG, spans)).isEqualTo(2);
    assertThat(figure(Function.MIN, spans)).isEqualTo(0.5);
    assertThat(figure(Function.P50, spans)).isEqualTo(2);
    assertThat(figure(Function.P75, spans)).isEqualTo(2.75);
    assertThat(figure(Function.P100, spans)).isEqualTo(3.5);
    assertThat(figure(Function.COUNT, spans)).isEqualTo(5);
    assertThat(figure(Function.COUNT_UNIQUE, spans("1", 1L, 1.0, "1", null))).isEqualTo(2);
  }

  @Test
  void figures_ofNothing() {
    List<SpanData> none = List.of();

    assertThat(figure(Function.COUNT, none)).isZero();
    assertThat(figure(Function.SUM, none)).isNull();
    assertThat(figure(Function.P95, spans("many"))).isNull();
    assertThat(figure(Function.FAILURE_RATE, none)).isNull();
  }

  @Test
  void shareAndRates() {
    List<SpanData> spans = spans(1L, 2L, 3L, null);
    Filter few = new Filter.Compare(KEY, Comparison.LESS, 3);

    assertThat(figure(Function.SHARE, few, spans)).isEqualTo(2 / 3.0);
    assertThat(
            ReferenceAggregate.figure(
                new Aggregate("of all", Function.SHARE, null, few), spans, Duration.ofMinutes(2)))
        .isEqualTo(0.5);
    assertThat(figure(Function.FAILURE_RATE, few, spans)).isEqualTo(1);
    assertThat(figure(Function.PER_MINUTE, few, spans)).isEqualTo(1);
    assertThat(figure(Function.PER_SECOND, null, spans)).isEqualTo(4 / 120.0);
  }

  @Test
  void openSpan_hasNoDuration() {
    SpanData closed = span(null);
    SpanData open =
        new SpanData(
            closed.traceId(),
            closed.spanId(),
            null,
            "running",
            null,
            closed.startNanos(),
            SpanData.OPEN,
            SpanStatus.UNSET,
            false,
            Attributes.EMPTY,
            List.of());

    assertThat(takes(new Filter.Has(Column.DURATION), open)).isFalse();
    assertThat(takes(new Filter.Has(Column.DURATION), closed)).isTrue();
    assertThat(takes(new Filter.Has(Column.OP), open)).isFalse();
    assertThat(takes(equal(Column.DURATION, new Value.Number(1.5)), closed)).isTrue();
  }

  @Test
  void groups_bucketByLowerEnd() {
    Group buckets = new Group("bucket(key, 5)", KEY, 5.0);
    Group values = new Group("key", KEY, null);
    List<SpanData> spans = spans(0L, 4.9, "5", -1L, "many", null);

    assertThat(ReferenceAggregate.groups(List.of(buckets), spans).keySet())
        .containsExactly(List.of(0.0), List.of(5.0), List.of(-5.0), Arrays.asList((Object) null));
    assertThat(ReferenceAggregate.groups(List.of(values), spans)).hasSize(6);
  }

  private static Filter equal(Field field, Value value) {
    return new Filter.Equal(field, List.of(value));
  }

  private static Filter matches(String... pieces) {
    return new Filter.Matches(KEY, new Filter.Pattern(List.of(pieces)));
  }

  private static @Nullable Double figure(Function function, List<SpanData> spans) {
    return figure(function, null, spans);
  }

  private static @Nullable Double figure(
      Function function, @Nullable Filter condition, List<SpanData> spans) {
    Aggregate aggregate = new Aggregate(function.name(), function, KEY, condition);
    return ReferenceAggregate.figure(aggregate, spans, Duration.ofMinutes(2));
  }

  private static List<SpanData> spans(@Nullable Object... values) {
    List<SpanData> spans = new ArrayList<>();
    for (Object value : values) {
      spans.add(span(value));
    }
    return spans;
  }

  private static SpanData span(@Nullable Object value) {
    return new SpanData(
        "0123456789abcdef0123456789abcdef",
        "0123456789abcdef",
        null,
        "chat gpt-4o",
        "gen_ai.chat",
        1_700_000_000_000_000_000L,
        1_700_000_000_001_500_000L,
        SpanStatus.error("declined"),
        true,
        Attributes.builder().put("key", value).build(),
        List.of());
  }
}
