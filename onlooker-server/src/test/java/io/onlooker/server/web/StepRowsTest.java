package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StepRowsTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private final Recording it = new Recording(7, START);
  private final String root = it.nextId();

  @Test
  void rows_ofARun() {
    it.chat(root, 400, "[]", "[]", Map.of("gen_ai.usage.input_tokens", 900L));
    it.tool(root, "search_kb", 100, "{}", null, "index is being rebuilt");

    StepRows rows = rows(true);

    assertThat(rows.length()).isEqualTo(500_000);
    assertThat(rows.running()).isFalse();
    assertThat(rows.ids()).isEqualTo(root + it.id(2) + it.id(3));
    assertThat(rows.depths()).containsExactly(0, 1, 1);
    assertThat(rows.kinds()).containsExactly(0, 1, 2);
    assertThat(rows.starts()).containsExactly(0, 0, 400_000);
    assertThat(rows.takes()).containsExactly(500_000, 400_000, 100_000);
    assertThat(rows.in()).containsExactly(-1, 900, -1);
    assertThat(rows.usd()[0]).isEqualTo(-1);
    assertThat(rows.usd()[1]).isEqualTo(-2);
    assertThat(rows.reasons()).hasSize(1);
    assertThat(rows.faults()).containsOnlyKeys(2);
  }

  @Test
  void rows_filteredLieOnOneLevel() {
    it.tool(root, "search_kb", 100, "{}", "{}", null);

    assertThat(rows(false).depths()).containsExactly(0, 0);
  }

  @Test
  void gap_standsBeforeWhatFollowsIt() {
    it.tool(root, "search_kb", 900, "{}", "{}", null);
    it.pause(200);
    it.tool(root, "search_kb", 800, "{}", "{}", null);
    it.pause(80);
    it.tool(root, "search_kb", 20, "{}", "{}", null);

    assertThat(rows(true).gaps()).containsExactly(new long[] {2, 900_000, 1_100_000});
  }

  private StepRows rows(boolean tree) {
    long start = START.getEpochSecond() * 1_000_000_000L;
    Map<String, String> agent = Map.of("gen_ai.operation.type", "agent");
    it.span(root, null, "gen_ai.invoke_agent", "invoke_agent A", start, null, agent);
    List<SpanData> spans =
        it.items().stream()
            .filter(SpanData.class::isInstance)
            .map(SpanData.class::cast)
            .sorted(java.util.Comparator.comparingLong(SpanData::startNanos))
            .toList();
    List<Step> steps = Steps.ofRun(spans, root);
    return StepRows.of(steps, new Window(start, it.nanos()), tree);
  }
}
