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

/** Failures with the same cause: what clients send in, issues out. */
@SuppressWarnings({"TimeInStaticInitializer", "UnnecessaryParentheses"})
class IssuesTest {

  private final Instant began = Instant.now().minusSeconds(600);
  private static final String CAPTURED = "from=2026-11-19&to=2026-11-22";

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

  /** An agent whose tool fails, and which fails with the same words. */
  private void timeout(int run, String user, String order, Instant at) throws Exception {
    String message = "order " + order + " timed out after " + run + " s";
    live.spans(
        Span.agent(run, "Support", at).with("user.id", user).failed("ToolTimeout", message),
        Span.tool(run, 1, "check_order", at.plusMillis(5)).failed("ToolTimeout", message));
  }

  private List<JsonNode> issues(String parameters) throws Exception {
    return live.get("/api/v1/issues?" + parameters).get("issues").valueStream().toList();
  }

  private JsonNode only() throws Exception {
    List<JsonNode> issues = issues("");
    assertThat(issues).hasSize(1);
    return issues.getFirst();
  }

  @Test
  void failures_withTheSameCause_areOneIssue() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    timeout(2, "u-2", "ORD-77", began.plusSeconds(60));
    timeout(3, "u-2", "ORD-8", began.plusSeconds(120));

    JsonNode issue = only();

    assertThat(issue.get("type").asString()).isEqualTo("ToolTimeout");
    assertThat(issue.get("where").asString()).isEqualTo("tool");
    assertThat(issue.get("where_name").asString()).isEqualTo("check_order");
    assertThat(issue.get("failures").intValue()).isEqualTo(3);
    assertThat(issue.get("sessions").intValue()).isEqualTo(3);
    assertThat(issue.get("users").intValue()).isEqualTo(2);
    assertThat(Instant.parse(issue.get("first_seen").asString())).isBefore(began.plusSeconds(10));
    assertThat(Instant.parse(issue.get("last_seen").asString())).isAfter(began.plusSeconds(120));
  }

  @Test
  void failures_ofOtherPlaces_areOtherIssues() throws Exception {
    live.spans(
        Span.agent(1, "Support", began),
        Span.tool(1, 1, "check_order", began).failed("Timeout", "slow"),
        Span.tool(1, 2, "search_kb", began).failed("Timeout", "slow"),
        Span.chat(1, 3, "gpt-4o", 1, 1, began).failed("RateLimitError", "429"));

    assertThat(issues("q=type:Timeout")).hasSize(2);
    assertThat(issues("q=tool:search_kb")).hasSize(1);
    assertThat(issues("q=model:gpt-4o")).hasSize(1);
    assertThat(issues("q=!model:gpt-4o sessions:>0")).hasSize(2);
  }

  @Test
  void failure_sentTwice_countsOnceAlsoAfterARestart() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    timeout(1, "u-1", "ORD-6", began);
    live.restart();
    timeout(1, "u-1", "ORD-6", began);

    assertThat(only().get("failures").intValue()).isEqualTo(1);
  }

  @Test
  void span_thatTurnsOutWell_takesItsFailureBack() throws Exception {
    Span tool = Span.tool(1, 1, "check_order", began);
    live.spans(Span.agent(1, "Support", began), tool.failed("Timeout", "slow"));
    assertThat(issues("")).hasSize(1);

    live.spans(tool.lasting(1500));

    assertThat(issues("")).isEmpty();
  }

  @Test
  void mastraErrorEvent_belongsToTheSpanThatFailed() throws Exception {
    for (int part : new int[] {4, 3, 2, 1}) {
      live.envelope("/demo/agentFails.new.0" + part + ".envelope");
      live.envelope("/demo/toolThrows.new.0" + part + ".envelope");
    }

    List<JsonNode> tools = issues(CAPTURED + "&q=tool:lookup_flight");
    List<JsonNode> agents = issues(CAPTURED + "&q=\"Incorrect API key\"");

    assertThat(tools).hasSize(1);
    assertThat(tools.getFirst().get("failures").intValue()).isEqualTo(1);
    JsonNode hit = hit(tools.getFirst());
    assertThat(hit.get("span_id").asString()).isEqualTo("b39dcd8499f88868");
    assertThat(hit.get("event_id").asString()).isEqualTo("b9cf9de13a2e4dcf9ec577722029b3fc");
    assertThat(agents).hasSize(1);
    assertThat(agents.getFirst().get("failures").intValue()).isEqualTo(1);
    assertThat(hit(agents.getFirst()).get("event_id").asString())
        .isEqualTo("afb73fabaef145d6a1567a8f21c39195");
    assertThat(issues(CAPTURED)).hasSize(2);
  }

  private JsonNode hit(JsonNode issue) throws Exception {
    String path = "/api/v1/issues/" + issue.get("id").asString() + "?" + CAPTURED;
    return live.get(path).get("hits").get(0);
  }

  @Test
  void errorEvent_withoutASpan_isAnIssueByItsFrames() throws Exception {
    live.envelope(event("a", "boom 1", began));
    live.envelope(event("b", "bang 2", began.plusSeconds(1)));
    live.envelope(event("b", "bang 2", began.plusSeconds(1)));

    JsonNode issue = only();

    assertThat(issue.get("failures").intValue()).isEqualTo(2);
    JsonNode all = live.get("/api/v1/issues/" + issue.get("id").asString());
    assertThat(all.get("stack").get(0).get("frames").get(0).get("function").asString())
        .isEqualTo("charge");
    assertThat(all.get("series").valueStream().mapToInt(bar -> bar.get("failures").intValue()))
        .satisfies(bars -> assertThat(bars.stream().mapToInt(n -> n).sum()).isEqualTo(2));
  }

  /** As Sentry's clients send one. */
  private static byte[] event(String id, String message, Instant at) {
    String event =
        """
        {"event_id":"%s","timestamp":"%s","exception":{"values":[{"type":"PayError","value":"%s",
         "stacktrace":{"frames":[{"function":"lib","in_app":false},
         {"module":"shop","function":"charge","lineno":7,"in_app":true}]}}]}}\
        """
            .formatted(id.repeat(32), at, message)
            .replace("\n", "");
    return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n%s\n"
        .formatted(id.repeat(32), event)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void resolvedIssue_thatFailsLater_isOpenAgain() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    String path = "/api/v1/issues/" + only().get("id").asString();

    JsonNode resolved = live.tell("PATCH", path, "{\"state\":\"resolved\"}");
    timeout(2, "u-1", "ORD-7", began.plusSeconds(1));
    JsonNode late = only();
    timeout(3, "u-1", "ORD-8", Instant.now().plusSeconds(60));
    live.restart();
    JsonNode back = only();

    assertThat(resolved.get("state").asString()).isEqualTo("resolved");
    assertThat(late.get("state").asString()).isEqualTo("resolved");
    assertThat(back.get("state").asString()).isEqualTo("open");
    assertThat(back.get("regressed").booleanValue()).isTrue();
    assertThat(issues("q=state:open regressed:true")).hasSize(1);
    assertThat(issues("q=state:resolved")).isEmpty();
  }

  @Test
  void issueResolvedInARelease_comesBackWithThatReleaseOrALaterOne() throws Exception {
    timeout(1, "u-1", "ORD-6", began, "shop@1");
    live.spans(Span.agent(9, "Support", began.plusSeconds(5)).with("release", "shop@2"));
    String path = "/api/v1/issues/" + only().get("id").asString();
    live.tell("PUT", path, "{\"state\":\"resolved\",\"release\":\"shop@2\"}");

    timeout(2, "u-1", "ORD-7", Instant.now().plusSeconds(30), "shop@1");
    JsonNode still = only();
    timeout(3, "u-1", "ORD-8", Instant.now().plusSeconds(60), "shop@3");
    JsonNode back = only();

    assertThat(still.get("state").asString()).isEqualTo("resolved");
    assertThat(still.get("resolved_in").asString()).isEqualTo("shop@2");
    assertThat(back.get("state").asString()).isEqualTo("open");
  }

  private void timeout(int run, String user, String order, Instant at, String release)
      throws Exception {
    live.spans(
        Span.agent(run, "Support", at).with("user.id", user).with("release", release),
        Span.tool(run, 1, "check_order", at)
            .failed("ToolTimeout", "order " + order + " timed out"));
  }

  @Test
  void ignoredIssue_isOpenWhenItsTimeIsOver() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    String path = "/api/v1/issues/" + only().get("id").asString();

    live.tell("PATCH", path, "{\"state\":\"ignored\",\"until\":\"2100-01-01\"}");
    String forLong = only().get("state").asString();
    live.tell("PATCH", path, "{\"state\":\"ignored\",\"until\":\"2020-01-01\"}");
    String over = only().get("state").asString();

    assertThat(forLong).isEqualTo("ignored");
    assertThat(over).isEqualTo("open");
  }

  @Test
  void change_thatIsWrong_isRefused() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    String path = "/api/v1/issues/" + only().get("id").asString();

    assertThat(live.refused(400, "PATCH", path, "{\"state\":\"done\"}"))
        .isEqualTo("state: done (expected: open, resolved or ignored)");
    assertThat(live.refused(400, "PATCH", path, "{\"state\":\"open\",\"release\":\"1\"}"))
        .contains("release: 1");
    assertThat(live.refused(400, "PATCH", path, "[]")).contains("expected: an object");
    assertThat(live.refused(404, "PATCH", "/api/v1/issues/nope", "{\"state\":\"open\"}"))
        .contains("nope");
    assertThat(live.status(Live.KEY, "PATCH", path, "{\"state\":\"open\"}")).isEqualTo(403);
    assertThat(live.status(Live.KEY, "GET", path, "")).isEqualTo(403);
  }

  @Test
  void list_isSortedAndPaged() throws Exception {
    for (int i = 1; i <= 5; i++) {
      live.spans(
          Span.agent(i, "Support", began.plusSeconds(i)),
          Span.tool(i, 1, "tool" + "abcde".charAt(i - 1), began.plusSeconds(i)).failed("E", "no"));
    }
    live.spans(Span.tool(1, 2, "toolc", began).failed("E", "no"));

    assertThat(issues("sort=-failures&limit=1").getFirst().get("where_name").asString())
        .isEqualTo("toolc");
    JsonNode first = live.get("/api/v1/issues?sort=-last_seen&limit=3");
    JsonNode second =
        live.get("/api/v1/issues?sort=-last_seen&limit=3&cursor=" + first.get("cursor").asString());
    assertThat(names(first)).containsExactly("toole", "toold", "toolc");
    assertThat(names(second)).containsExactly("toolb", "toola");
    assertThat(second.get("cursor").isNull()).isTrue();
    assertThat(live.refused(400, "GET", "/api/v1/issues?sort=age", "")).contains("sort: age");
    assertThat(live.refused(400, "GET", "/api/v1/issues?cursor=x", "")).contains("cursor: x");
    assertThat(live.refused(400, "GET", "/api/v1/issues?q=colour:red", "")).contains("colour");
  }

  private static List<String> names(JsonNode page) {
    return page.get("issues").valueStream().map(one -> one.get("where_name").asString()).toList();
  }

  @Test
  void sessions_areFoundByTheirCause() throws Exception {
    timeout(1, "u-1", "ORD-6", began);
    live.spans(
        Span.agent(2, "Support", began),
        Span.tool(2, 1, "check_order", began).failed("ToolTimeout", "order 7 timed out after 1 s"));
    String id = only().get("id").asString();

    JsonNode sessions = live.get("/api/v1/sessions?q=issue:" + id).get("sessions");
    JsonNode failed = live.get("/api/v1/sessions?q=status:failed issue:" + id).get("sessions");

    assertThat(sessions.size()).isEqualTo(2);
    assertThat(failed.size()).isEqualTo(1);
  }
}
