package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Figures of agents, models, tools, queues and MCP: what clients send in, tables out. */
@SuppressWarnings("TimeInStaticInitializer")
class RollupsTest {

  private final Instant began = Instant.now().minusSeconds(600);

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

  /** Runs with a model call and a tool call, the tool of every other failing. */
  private void runs(int from, int count, Instant at) throws Exception {
    for (int run = from; run < from + count; run++) {
      Span tool =
          Span.tool(run, 1, "check_order", at)
              .lasting(100L * (run - from + 1))
              .with("gen_ai.agent.name", "Support");
      live.spans(
          Span.agent(run, "Support", at).with("user.id", "u-" + run),
          run % 2 == 0 ? tool.failed("Timeout", "slow") : tool,
          Span.chat(run, 2, "gpt-4o", 1000, 100, at)
              .with("gen_ai.response.time_to_first_chunk", 0.25));
    }
  }

  @Test
  void tools_haveCallsFailuresAndPercentiles() throws Exception {
    runs(1, 4, began);

    JsonNode tool = live.get("/api/v1/tools").get("tools").get(0);

    assertThat(tool.get("name").asString()).isEqualTo("check_order");
    assertThat(tool.get("calls").intValue()).isEqualTo(4);
    assertThat(tool.get("failed").intValue()).isEqualTo(2);
    assertThat(tool.get("failure_rate").doubleValue()).isEqualTo(0.5);
    assertThat(tool.get("p50_ms").doubleValue()).isEqualTo(250);
    assertThat(tool.get("p95_ms").doubleValue()).isCloseTo(385, within(1e-6));
    assertThat(tool.get("max_ms").doubleValue()).isEqualTo(400);
    assertThat(tool.get("agents").get(0).asString()).isEqualTo("Support");
    assertThat(tool.get("previous").isNull()).isTrue();
  }

  @Test
  void models_haveTokensCostAndFirstToken() throws Exception {
    runs(1, 2, began);
    live.spans(Span.chat(9, 1, "made-up", 10, 10, began).top());

    JsonNode models = live.get("/api/v1/models").get("models");

    JsonNode known = models.get(0);
    assertThat(known.get("name").asString()).isEqualTo("gpt-4o");
    assertThat(known.get("input_tokens").intValue()).isEqualTo(2000);
    assertThat(known.get("output_tokens").intValue()).isEqualTo(200);
    assertThat(known.get("cost_usd").doubleValue()).isCloseTo(0.007, within(1e-9));
    assertThat(known.get("first_token_p50_s").doubleValue()).isEqualTo(0.25);
    assertThat(known.get("providers").get(0).asString()).isEqualTo("openai");
    JsonNode unknown = models.get(1);
    assertThat(unknown.get("cost_usd").isNull()).isTrue();
    assertThat(unknown.get("unpriced_calls").intValue()).isEqualTo(1);
  }

  @Test
  void models_inputIsWholeWhetherTheCacheIsInsideOrBeside() throws Exception {
    live.spans(
        Span.chat(1, 1, "claude-sonnet-4-5", 5, 100, began)
            .with("gen_ai.provider.name", "anthropic")
            .with("gen_ai.usage.cache_read.input_tokens", 128_955)
            .with("gen_ai.usage.cache_creation.input_tokens", 1_253)
            .top(),
        Span.chat(2, 1, "claude-sonnet-4-5", 1_000, 100, began)
            .with("gen_ai.provider.name", "anthropic")
            .with("gen_ai.usage.reasoning.output_tokens", 40)
            .top());

    JsonNode model = live.get("/api/v1/models").get("models").get(0);

    assertThat(model.get("input_tokens").intValue()).isEqualTo(131_213);
    assertThat(model.get("cached_tokens").intValue()).isEqualTo(128_955);
    assertThat(model.get("cache_write_tokens").intValue()).isEqualTo(1_253);
    assertThat(model.get("reasoning_tokens").intValue()).isEqualTo(40);
    assertThat(model.get("avg_ms").doubleValue()).isEqualTo(1000);
    assertThat(
            live.get("/api/v1/models/claude-sonnet-4-5")
                .get("series")
                .valueStream()
                .mapToInt(step -> step.get("input_tokens").intValue())
                .sum())
        .isEqualTo(131_213);
  }

  @Test
  void agents_haveRunsTokensAndCost() throws Exception {
    runs(1, 4, began);
    live.spans(Span.agent(9, "Triage", began).failed("E", "no"));

    JsonNode agents = live.get("/api/v1/agents").get("agents");

    JsonNode support = agents.get(0);
    assertThat(support.get("name").asString()).isEqualTo("Support");
    assertThat(support.get("runs").intValue()).isEqualTo(4);
    assertThat(support.get("failed").intValue()).isZero();
    assertThat(support.get("recovered").intValue()).isEqualTo(2);
    assertThat(support.get("p50_ms").doubleValue()).isEqualTo(2000);
    assertThat(support.get("avg_ms").doubleValue()).isEqualTo(2000);
    assertThat(support.get("tokens_per_run").doubleValue()).isEqualTo(1100);
    assertThat(support.get("cost_usd").doubleValue()).isCloseTo(0.014, within(1e-9));
    assertThat(support.get("users").intValue()).isEqualTo(4);
    assertThat(agents.get(1).get("failure_rate").intValue()).isEqualTo(1);
  }

  @Test
  void rows_areComparedWithThePeriodBefore() throws Exception {
    runs(1, 2, began.minus(Duration.ofDays(1)));
    runs(11, 3, began);

    JsonNode tool = live.get("/api/v1/tools?range=1d&cmp=prev").get("tools").get(0);
    JsonNode agent = live.get("/api/v1/agents?range=1d&cmp=prev").get("agents").get(0);

    assertThat(tool.get("calls").intValue()).isEqualTo(3);
    assertThat(tool.get("previous").get("calls").intValue()).isEqualTo(2);
    assertThat(agent.get("previous").get("runs").intValue()).isEqualTo(2);
    assertThat(live.refused(400, "GET", "/api/v1/tools?cmp=week", "")).contains("cmp: week");
    assertThat(live.refused(400, "GET", "/api/v1/tools?q=op:>5", "")).contains("op");
  }

  @Test
  void oneTool_showsItsSlowestCallsAndFailures() throws Exception {
    runs(1, 4, began);

    JsonNode tool = live.get("/api/v1/tools/check_order");

    assertThat(tool.get("slowest").get(0).get("duration_ms").doubleValue()).isEqualTo(400);
    assertThat(tool.get("slowest").get(0).get("span_id").asString()).isEqualTo(Span.hex(16, 401));
    assertThat(tool.get("failures").get(0).get("type").asString()).isEqualTo("Timeout");
    assertThat(tool.get("series").get(0).get("calls").intValue()).isEqualTo(4);
    assertThat(live.refused(404, "GET", "/api/v1/tools/none", "")).contains("none");
    assertThat(live.get("/api/v1/agents/Support").get("slowest").size()).isEqualTo(4);
  }

  @Test
  void queues_haveLatencyAndProcessing() throws Exception {
    live.spans(
        Span.below(1, 1, "publish", began)
            .with("sentry.op", "queue.publish")
            .with("messaging.destination.name", "mails"),
        Span.below(1, 2, "process", began)
            .lasting(300)
            .with("sentry.op", "queue.process")
            .with("messaging.destination.name", "mails")
            .with("messaging.message.receive.latency", 40));

    JsonNode queue = live.get("/api/v1/queues").get("queues").get(0);

    assertThat(queue.get("name").asString()).isEqualTo("mails");
    assertThat(queue.get("published").intValue()).isEqualTo(1);
    assertThat(queue.get("processed").intValue()).isEqualTo(1);
    assertThat(queue.get("latency_avg_ms").doubleValue()).isEqualTo(40);
    assertThat(queue.get("processing_avg_ms").doubleValue()).isEqualTo(300);
  }

  @Test
  void mcp_isToldByMethodAndByTool() throws Exception {
    live.spans(
        Span.below(1, 1, "tools/call add", began)
            .with("mcp.method.name", "tools/call")
            .with("mcp.tool.name", "add")
            .with("mcp.client.name", "ide"),
        Span.below(1, 2, "initialize", began).with("mcp.method.name", "initialize"));

    JsonNode methods = live.get("/api/v1/mcp").get("mcp");
    JsonNode tools = live.get("/api/v1/mcp?by=tool").get("mcp");

    assertThat(methods.size()).isEqualTo(2);
    assertThat(tools.size()).isEqualTo(1);
    assertThat(tools.get(0).get("name").asString()).isEqualTo("add");
    assertThat(tools.get(0).get("clients").get(0).asString()).isEqualTo("ide");
    assertThat(live.refused(400, "GET", "/api/v1/mcp?by=colour", "")).contains("by: colour");
  }

  @Test
  void overview_saysWhatIsWorseAndWhy() throws Exception {
    for (int day = 1; day <= 7; day++) {
      runs(day * 10, 2, began.minus(Duration.ofDays(day)));
    }
    for (int run = 1; run <= 3; run++) {
      String message = "order " + run + " timed out";
      live.spans(
          Span.agent(run, "Support", began)
              .with("user.id", "u-" + run % 2)
              .lasting(9000)
              .failed("ToolTimeout", message),
          Span.tool(run, 1, "check_order", began).lasting(8000).failed("ToolTimeout", message));
    }

    JsonNode overview = live.get("/api/v1/overview?range=1d");

    assertThat(overview.get("readings").valueStream().map(one -> one.get("name").asString()))
        .containsExactly("sessions", "failed", "p95_ms", "tokens", "cost_usd", "tool_errors");
    JsonNode failed = overview.get("readings").get(1);
    assertThat(failed.get("value").intValue()).isEqualTo(3);
    assertThat(failed.get("before").intValue()).isZero();
    assertThat(failed.get("verdict").asString()).isEqualTo("worse");
    assertThat(overview.get("readings").get(0).get("verdict").asString()).isEqualTo("unjudged");
    assertThat(overview.get("readings").get(2).get("verdict").asString()).isEqualTo("worse");
    assertThat(overview.get("people_hit").intValue()).isEqualTo(2);
    assertThat(overview.get("tool_calls").intValue()).isEqualTo(3);
    assertThat(overview.get("model_calls").intValue()).isZero();
    JsonNode why = overview.get("why").get(0);
    assertThat(why.get("sessions").intValue()).isEqualTo(3);
    assertThat(why.get("type").asString()).isEqualTo("ToolTimeout");
    assertThat(live.get("/api/v1/sessions?q=" + why.get("q").asString()).get("sessions").size())
        .isEqualTo(3);
    assertThat(overview.get("tools").get(0).get("name").asString()).isEqualTo("check_order");
  }

  @Test
  void overview_ofAnEmptyServer_isJudgedNeitherWay() throws Exception {
    JsonNode overview = live.get("/api/v1/overview");

    assertThat(overview.get("readings").valueStream().map(one -> one.get("verdict").asString()))
        .containsOnly("unjudged");
    assertThat(overview.get("why").isEmpty()).isTrue();
  }
}
