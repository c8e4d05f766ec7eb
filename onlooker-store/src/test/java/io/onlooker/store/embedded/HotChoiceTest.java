package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Spans;
import io.onlooker.store.query.QueryParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter takes is never left out; {@link RandomQueryTest} asks whole questions. */
class HotChoiceTest {

  private static final HotSpan SPAN = span();

  private static HotSpan span() {
    long start = Spans.nanos(Spans.NOON);
    Attributes attributes =
        Attributes.builder()
            .put("kind", "tool")
            .put("calls", 3)
            .put("names", List.of("a", "b"))
            .build();
    return HotSpan.of(
        Ids.trace(1, Spans.trace(1)),
        new SpanData(
            Spans.trace(1),
            Spans.span(1),
            null,
            "work",
            "Function",
            start,
            start + 1_000_000,
            SpanStatus.OK,
            true,
            attributes,
            List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kind:tool",
        "kind:[agent, tool]",
        "kind:TOO*",
        "has:kind",
        "!kind:agent",
        "calls:3",
        "calls:>2",
        "names:a",
        "op:function",
        "kind:agent OR calls:3",
        "kind:tool calls:3 !has:other",
      })
  void mayMatch_whatIsTaken(String query) {
    assertThat(HotChoice.of(QueryParser.parse(query)).mayMatch(SPAN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind:agent",
        "kind:[agent, model]",
        "has:other",
        "other:1",
        "other:>2",
        "other:x*",
        "kind:agent OR has:other",
        "kind:tool has:other",
      })
  void mayMatch_whatTheAttributesTellApart(String query) {
    assertThat(HotChoice.of(QueryParser.parse(query)).mayMatch(SPAN)).isFalse();
  }
}
