package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people think of sessions and spans: scores in, filters and averages out. */
@SuppressWarnings("TimeInStaticInitializer")
class ScoresTest {

  private final Instant began = Instant.now().minusSeconds(600);
  private static final String SESSION = Span.hex(16, 100);
  private static final String SCORES = "/api/v1/scores";

  @SuppressWarnings("NullAway.Init")
  private Live live;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    live = new Live(folder);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void run(int number) throws Exception {
    live.spans(Span.agent(number, "Support", began), Span.tool(number, 1, "check_order", began));
  }

  private JsonNode score(int run, String id, double value) throws Exception {
    return live.tell(
        "POST",
        SCORES,
        "{\"id\":\"%s\",\"session_id\":\"%s\",\"name\":\"satisfaction\",\"value\":%s}"
            .formatted(id, Span.hex(16, run * 100L), value));
  }

  private int sessions(String q) throws Exception {
    return live.get("/api/v1/sessions?q=" + q).get("sessions").size();
  }

  @Test
  void score_ofASession_isShownFilteredAndAveraged() throws Exception {
    run(1);
    run(2);
    score(1, "a", 5);
    score(2, "b", 2);

    JsonNode shown = live.get("/api/v1/sessions/" + SESSION).get("scores").get(0);

    assertThat(shown.get("name").asString()).isEqualTo("satisfaction");
    assertThat(shown.get("value").doubleValue()).isEqualTo(5);
    assertThat(sessions("score.satisfaction:>3")).isEqualTo(1);
    assertThat(sessions("has:score.satisfaction")).isEqualTo(2);
    assertThat(live.query("score.satisfaction:>3", "count()").intValue()).isEqualTo(1);
    assertThat(live.query("", "avg(score.satisfaction)").doubleValue()).isEqualTo(3.5);
  }

  @Test
  void score_withTheSameId_replacesTheOneBefore() throws Exception {
    run(1);
    score(1, "a", 5);
    score(1, "a", 1);
    score(1, "a", 1);

    assertThat(live.get("/api/v1/sessions/" + SESSION).get("scores").size()).isEqualTo(1);
    assertThat(live.query("", "avg(score.satisfaction)").doubleValue()).isEqualTo(1);
    assertThat(live.query("has:score.satisfaction", "count()").intValue()).isEqualTo(1);
  }

  @Test
  void score_staysWhenItCameBeforeItsSpanOrTheSpanComesAgain() throws Exception {
    JsonNode early = score(1, "a", 4);
    run(1);
    live.restart();
    live.spans(Span.agent(1, "Support", began).lasting(2500));

    assertThat(early.get("found").booleanValue()).isFalse();
    assertThat(sessions("score.satisfaction:4")).isEqualTo(1);
    assertThat(live.query("score.satisfaction:4 span.duration:2500ms", "count()").intValue())
        .isEqualTo(1);
  }

  @Test
  void score_ofASpanOrATrace() throws Exception {
    run(1);
    live.tell(
        "POST",
        SCORES,
        "{\"trace_id\":\"%s\",\"span_id\":\"%s\",\"name\":\"correct\",\"value\":true,\"comment\":\"ok\"}"
            .formatted(Span.hex(32, 1), Span.hex(16, 101)));
    live.tell(
        "POST",
        SCORES,
        "{\"trace_id\":\"%s\",\"name\":\"tone\",\"value\":\"kind\"}".formatted(Span.hex(32, 1)));

    JsonNode trace = live.get("/api/v1/traces/" + Span.hex(32, 1));

    assertThat(trace.get("scores").size()).isEqualTo(2);
    assertThat(live.query("op:nothing OR score.correct:true", "count()").intValue()).isEqualTo(1);
    assertThat(sessions("score.tone:kind")).isEqualTo(1);
    assertThat(sessions("score.tone:>3")).isZero();
  }

  @Test
  void metadataOfASession_isFilteredToo() throws Exception {
    live.tell(
        "POST",
        "/api/sdk/sessions",
        "{\"id\":\"s1\",\"name\":\"talk\",\"agentName\":\"a\",\"userId\":\"u\"}");
    live.tell(
        "PATCH",
        "/api/sdk/sessions/s1",
        "{\"status\":\"completed\",\"metadata\":{\"satisfaction\":5,\"source\":\"web-chat\"}}");

    assertThat(sessions("metadata.satisfaction:>=5")).isEqualTo(1);
    assertThat(sessions("metadata.satisfaction:>5")).isZero();
    assertThat(sessions("metadata.source:web-chat")).isEqualTo(1);
    assertThat(live.query("", "avg(metadata.satisfaction)").intValue()).isEqualTo(5);
  }

  @Test
  void wrongScores_areRefused() throws Exception {
    assertThat(refused("{\"name\":\"n\",\"value\":1}")).contains("session_id, trace_id: neither");
    assertThat(refused("{\"session_id\":\"s\",\"value\":1}")).contains("name");
    assertThat(refused("{\"session_id\":\"s\",\"name\":\"a b\",\"value\":1}")).contains("a b");
    assertThat(refused("{\"session_id\":\"s\",\"name\":\"n\",\"value\":[1]}")).contains("value");
    assertThat(refused("{\"session_id\":\"s\",\"name\":\"n\",\"value\":1e999}")).contains("value");
    assertThat(refused("{\"trace_id\":\"xyz\",\"name\":\"n\",\"value\":1}")).contains("trace_id");
    assertThat(refused("[]")).isNotEmpty();
    assertThat(live.status("no-such-token-anywhere", "POST", SCORES, "{}")).isEqualTo(401);
  }

  private String refused(String body) throws Exception {
    return live.refused(400, "POST", SCORES, body);
  }
}
