package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code onlooker query} against a real server with a real store. */
class QueryCommandTest {

  @TempDir Path folder;
  private CommandFixture commands;

  @BeforeEach
  void open() throws Exception {
    commands =
        new CommandFixture(
            folder, chat(1, "gpt-4o", 100), chat(2, "gpt-4o", 300), chat(3, "o\"1, b", 50));
  }

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void query_table() {
    int code =
        query("op:gen_ai.chat", "--agg", "count()", "--agg", "max(span.duration)", "--by", "model");

    assertThat(code).isZero();
    assertThat(lines())
        .containsExactly(
            "model   count()  max(span.duration)", "gpt-4o  2        300", "o\"1, b  1        50");
  }

  @Test
  void query_csv() {
    int code = query("op:gen_ai.chat", "--by", "model", "--sort", "model", "--limit", "1", "--csv");

    assertThat(code).isZero();
    assertThat(lines()).containsExactly("model,count()", "gpt-4o,2");
    assertThat(query("model:o*", "--by", "model", "--csv")).isZero();
    assertThat(lines()).containsExactly("model,count()", "\"o\"\"1, b\",1");
  }

  @Test
  void query_groupsBehindTheLimit() {
    assertThat(
            query(
                "--by", "model", "--agg", "count()", "--agg", "max(span.duration)", "--limit", "1"))
        .isZero();
    assertThat(lines())
        .containsExactly(
            "model           count()  max(span.duration)",
            "gpt-4o          2        300",
            "(1 more group)  1        50",
            "1 more groups");

    assertThat(query("--by", "model", "--limit", "1", "--no-other")).isZero();
    assertThat(lines()).containsExactly("model   count()", "gpt-4o  2", "1 more groups");
    assertThat(query("--by", "model", "--limit", "1", "--step", "24h", "--json")).isZero();
    assertThat(commands.printed()).contains("\"other\":{\"groups\":1,\"values\":[1],\"points\":[{");
  }

  @Test
  void query_json() {
    assertThat(query("model:gpt-4o", "--json")).isZero();

    assertThat(lines()).singleElement().asString().contains("\"rows\":[[2]]");
  }

  @Test
  void query_compared() {
    commands.store().append(new Batch(1, List.<Item>of(hoursAgo(3, chat(4, "gpt-4o", 100)))));

    assertThat(query("--by", "model", "--agg", "max(span.duration)", "--since", "2h", "--compare"))
        .isZero();

    assertThat(lines())
        .containsExactly(
            "model   max(span.duration)  max(span.duration) change %",
            "gpt-4o  300                 +200.0", "o\"1, b  50");
    assertThat(query("--since", "2h", "--compare", "--json")).isZero();
    assertThat(commands.printed()).contains("\"previous\":[[1]],\"change\":[[200]]");
  }

  @Test
  void query_explained() {
    assertThat(query("model:gpt-4o", "--table", "--explain")).isZero();

    assertThat(lines()).containsExactly("count()", "2");
    assertThat(commands.complained()).contains("q: model:gpt-4o", "hot_spans: 3", "segments: 0");
  }

  @Test
  void query_steps() {
    assertThat(query("--since", "2h", "--step", "24h", "--csv")).isZero();

    assertThat(lines()).first().isEqualTo("start,count()");
    assertThat(lines()).anyMatch(line -> line.matches("20.*Z,\\d"));
  }

  @Test
  void query_wrong() {
    assertThat(query("cuont():>1")).isEqualTo(2);

    assertThat(commands.complained()).contains("did you mean count");
  }

  @Test
  void query_withoutAccess() {
    int code = Main.run(Map.of(), "query", "--url", commands.url(), "--token", "wrong");

    assertThat(code).isEqualTo(2);
    assertThat(commands.complained()).contains("401").doesNotContain("wrong");
  }

  @Test
  void query_noServer() {
    String url = commands.url();
    commands.stopServer();

    assertThat(Main.run(Map.of(), "query", "--url", url)).isEqualTo(1);
    assertThat(commands.complained()).contains("no server");
    assertThat(Main.run(Map.of(), "query", "--url", "8600")).isEqualTo(2);
  }

  private int query(String... arguments) {
    List<String> all = new ArrayList<>(List.of("query"));
    all.addAll(List.of(arguments));
    return commands.run(all.toArray(String[]::new));
  }

  private List<String> lines() {
    return commands.lines();
  }

  private static SpanData hoursAgo(int hours, SpanData span) {
    return new SpanData(
        span.traceId(),
        span.spanId(),
        null,
        span.name(),
        span.op(),
        span.startNanos() - hours * 3_600_000_000_000L,
        span.endNanos() - hours * 3_600_000_000_000L,
        span.status(),
        true,
        span.attributes(),
        List.of());
  }

  private static SpanData chat(int number, String model, int millis) {
    return CommandFixture.span(
        number, "gen_ai.chat", millis, SpanStatus.OK, Map.of("model", model));
  }
}
