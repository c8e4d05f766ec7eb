package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Log lines: OpenTelemetry's records in, lists and bars out. */
@SuppressWarnings("TimeInStaticInitializer")
class LogsTest {

  private final Instant began = Instant.now().minusSeconds(600);

  @SuppressWarnings("NullAway.Init")
  private Live live;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    live = new Live(folder);
    live.spans(Span.agent(1, "Support", began), Span.tool(1, 1, "check_order", began));
    live.logs(
        record(1, began, 9, "looking for ORD-6", "shop.id", "eu"),
        record(1, began.plusSeconds(60), 17, "order service said \\\"no\\\"", "shop.id", "eu"),
        record(0, began.plusSeconds(120), 13, "disk is filling", "disk", "sda"));
  }

  @AfterEach
  void stop() {
    live.close();
  }

  /** A line of the run's tool, or of no trace for run 0. */
  private static String record(
      int run, Instant at, int severity, String body, String key, String value) {
    String ids =
        run == 0
            ? ""
            : "\"traceId\":\"%s\",\"spanId\":\"%s\","
                .formatted(Span.hex(32, run), Span.hex(16, run * 100L + 1));
    return """
    {%s"timeUnixNano":"%s","severityNumber":%d,"body":{"stringValue":"%s"},
     "attributes":[{"key":"%s","value":{"stringValue":"%s"}}]}
    """
        .formatted(ids, Span.nanos(at), severity, body, key, value);
  }

  private List<String> bodies(String parameters) throws Exception {
    return live.get("/api/v1/logs?" + parameters)
        .get("logs")
        .valueStream()
        .map(line -> line.get("body").asString())
        .toList();
  }

  @Test
  void lines_comeNewestFirstWithTheirSession() throws Exception {
    JsonNode logs = live.get("/api/v1/logs").get("logs");

    assertThat(bodies(""))
        .containsExactly("disk is filling", "order service said \"no\"", "looking for ORD-6");
    assertThat(logs.get(0).get("session_id").isNull()).isTrue();
    assertThat(logs.get(1).get("session_id").asString()).isEqualTo(Span.hex(16, 100));
  }

  @Test
  void lines_areFoundByLevelTextAttributeAndSession() throws Exception {
    assertThat(bodies("q=level:error")).containsExactly("order service said \"no\"");
    assertThat(bodies("q=severity:>=13")).hasSize(2);
    assertThat(bodies("q=\"ord-6\"")).containsExactly("looking for ORD-6");
    assertThat(bodies("q=disk:sda")).containsExactly("disk is filling");
    assertThat(bodies("q=!has:disk")).hasSize(2);
    assertThat(bodies("q=trace:" + Span.hex(32, 1))).hasSize(2);
    assertThat(bodies("session=" + Span.hex(16, 100))).hasSize(2);
    assertThat(bodies("q=shop.id:\"' OR 1=1 --\"")).isEmpty();
  }

  @Test
  void lines_arePagedAndSurviveARestart() throws Exception {
    JsonNode first = live.get("/api/v1/logs?limit=2");
    live.restart();

    assertThat(bodies("limit=2&cursor=" + first.get("cursor").asString()))
        .containsExactly("looking for ORD-6");
  }

  @Test
  void line_sentTwice_isThereOnce() throws Exception {
    live.logs(record(0, began.plusSeconds(120), 13, "disk is filling", "disk", "sda"));

    assertThat(bodies("q=disk")).hasSize(1);
  }

  @Test
  void bars_countLinesByLevel() throws Exception {
    JsonNode bars = live.get("/api/v1/logs/histogram?range=1h").get("bars");

    assertThat(bars.valueStream().map(bar -> bar.get("level").asString()))
        .containsExactly("info", "error", "warn");
    assertThat(bars.valueStream().mapToInt(bar -> bar.get("lines").intValue()).sum()).isEqualTo(3);
  }

  @Test
  void wrongQuestions_areRefused() throws Exception {
    assertThat(live.refused(400, "GET", "/api/v1/logs?q=level:", "")).isNotEmpty();
    assertThat(live.refused(400, "GET", "/api/v1/logs?cursor=zz", "")).contains("cursor: zz");
    assertThat(live.refused(404, "GET", "/api/v1/logs?session=none", "")).contains("none");
    assertThat(live.status(Live.KEY, "GET", "/api/v1/logs", "")).isEqualTo(403);
  }
}
