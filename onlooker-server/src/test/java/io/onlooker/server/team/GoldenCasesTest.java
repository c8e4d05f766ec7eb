package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The eighteen ways in which tokens and cost went wrong elsewhere, as public issue threads tell
 * them: each from the bytes of a client to what the API answers.
 */
@SuppressWarnings("TimeInStaticInitializer")
class GoldenCasesTest {

  private static final String INPUT = "gen_ai.usage.input_tokens";
  private static final String OUTPUT = "gen_ai.usage.output_tokens";
  private static final String CACHED = "gen_ai.usage.cache_read.input_tokens";
  private static final String WRITTEN = "gen_ai.usage.cache_creation.input_tokens";
  private static final String TOTAL = "gen_ai.usage.total_tokens";

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

  @Test
  @DisplayName("1: Anthropic's own usage counts the cache beside the input")
  void case01_anthropicRaw() throws Exception {
    call(1, "anthropic", "claude-sonnet-4-5", Map.of(INPUT, 5, CACHED, 128_955, WRITTEN, 1_253));

    assertThat(session(1).get("input_tokens").intValue()).isEqualTo(130_213);
    assertThat(arithmetic(1)).startsWith("(5*3 + 128955*0.3 + 1253*3.75");
  }

  @Test
  @DisplayName("2: the same call with the cache inside the input is the same call")
  void case02_anthropicInclusive() throws Exception {
    Map<String, Object> cache = Map.of(CACHED, 128_955, WRITTEN, 1_253);
    call(1, "anthropic", "claude-sonnet-4-5", with(cache, INPUT, 5));
    call(2, "anthropic", "claude-sonnet-4-5", with(cache, INPUT, 130_213));

    assertThat(session(2).get("input_tokens").intValue()).isEqualTo(130_213);
    assertThat(arithmetic(2)).isEqualTo(arithmetic(1));
  }

  @Test
  @DisplayName("3: OpenAI's cached tokens are part of its input")
  void case03_openAiCached() throws Exception {
    call(
        1, "openai", "gpt-5", Map.of(INPUT, 117_231, CACHED, 115_584, OUTPUT, 225, TOTAL, 117_456));

    assertThat(session(1).get("input_tokens").intValue()).isEqualTo(117_231);
    assertThat(session(1).get("total_tokens").intValue()).isEqualTo(117_456);
    assertThat(arithmetic(1)).startsWith("(1647*1.25 + 115584*0.125 + 225*10)");
  }

  @Test
  @DisplayName("4: other names of the cached tokens mean the same")
  void case04_cachedAliases() throws Exception {
    List<String> names =
        List.of(
            CACHED,
            "gen_ai.usage.input_tokens.cached",
            "gen_ai.usage.cached_input_tokens",
            "gen_ai.usage.input_cached_tokens");
    for (int i = 0; i < names.size(); i++) {
      call(i + 1, "openai", "gpt-4.1", Map.of(INPUT, 13_675, names.get(i), 9_216));

      assertThat(arithmetic(i + 1)).as(names.get(i)).startsWith("(4459*2 + 9216*0.5");
    }
  }

  @Test
  @DisplayName("5: more cached than input means that the input is counted without it")
  void case05_moreCachedThanInput() throws Exception {
    call(1, "openai", "gpt-4o", Map.of(INPUT, 100, CACHED, 900, OUTPUT, 10));

    assertThat(session(1).get("input_tokens").intValue()).isEqualTo(1_000);
    assertThat(arithmetic(1)).startsWith("(100*2.5 + 900*1.25 + 10*10)");
  }

  @Test
  @DisplayName("6: the total proves that the input is counted without the cache")
  void case06_totalProvesExclusive() throws Exception {
    call(1, "openai", "gpt-4o", Map.of(INPUT, 5_000, CACHED, 1_000, OUTPUT, 100, TOTAL, 6_100));

    assertThat(session(1).get("input_tokens").intValue()).isEqualTo(6_000);
    assertThat(arithmetic(1)).startsWith("(5000*2.5 + 1000*1.25 + 100*10)");
  }

  @Test
  @DisplayName("7: a gateway's own bill counts, and ours is shown beside it")
  void case07_gatewayBill() throws Exception {
    call(
        1,
        "openrouter",
        "openai/gpt-4o",
        Map.of(INPUT, 1_000, OUTPUT, 100, "gen_ai.usage.total_cost", 0.0042));

    JsonNode explained = explained(1);
    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.0042, within(1e-12));
    assertThat(explained.get("source").asString()).isEqualTo("reported");
    assertThat(explained.get("reported_cost_usd").asString()).isEqualTo("0.0042");
    assertThat(explained.get("table_cost_usd").asString()).isEqualTo("0.0035");
  }

  @Test
  @DisplayName("8: a small model has its own row, not that of the prefix")
  void case08_ownRowOfSmallModels() throws Exception {
    List<String> models =
        List.of("gpt-4o-mini", "gpt-4.1-nano", "o3-mini", "gemini-2.0-flash-lite");
    for (int i = 0; i < models.size(); i++) {
      String provider = i == 3 ? "gcp.gemini" : "openai";
      call(i + 1, provider, models.get(i), Map.of(INPUT, 1_000, OUTPUT, 100));

      assertThat(explained(i + 1).get("row").get("model").asString()).isEqualTo(models.get(i));
    }
  }

  @Test
  @DisplayName("9: an unknown model costs nothing that we know, and says so")
  void case09_unknownModel() throws Exception {
    call(1, "openai", "gpt-unheard-of", Map.of(INPUT, 1_000, OUTPUT, 100));

    assertThat(session(1).get("cost_usd").isNull()).isTrue();
    assertThat(session(1).get("cost_is_lower_bound").booleanValue()).isTrue();
    JsonNode missing = live.get("/api/v1/prices/missing").get("missing").get(0);
    assertThat(missing.get("model").asString()).isEqualTo("gpt-unheard-of");
  }

  @Test
  @DisplayName("10: reasoning is part of the output")
  void case10_reasoning() throws Exception {
    call(
        1,
        "openai",
        "gpt-5",
        Map.of(INPUT, 1_000, OUTPUT, 500, "gen_ai.usage.reasoning.output_tokens", 400));

    assertThat(session(1).get("output_tokens").intValue()).isEqualTo(500);
    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.00625, within(1e-12));
  }

  @Test
  @DisplayName("11: writing to the cache for an hour costs more than for five minutes")
  void case11_cacheWrites() throws Exception {
    String lifetime = "gen_ai.usage.cache_creation.ephemeral_%s_input_tokens";
    Map<String, Object> usage = Map.of(INPUT, 1_000, WRITTEN, 1_000);
    call(1, "anthropic", "claude-sonnet-4-5", with(usage, lifetime.formatted("5m"), 1_000));
    call(2, "anthropic", "claude-sonnet-4-5", with(usage, lifetime.formatted("1h"), 1_000));

    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.00375, within(1e-12));
    assertThat(session(2).get("cost_usd").doubleValue()).isCloseTo(0.006, within(1e-12));
  }

  @Test
  @DisplayName("12: service tiers and long contexts have their own prices")
  void case12_tiers() throws Exception {
    call(
        1,
        "openai",
        "gpt-4o",
        Map.of(INPUT, 1_000_000, OUTPUT, 0, "gen_ai.openai.response.service_tier", "batch"));
    call(2, "gcp.gemini", "gemini-2.5-pro", Map.of(INPUT, 200_001, OUTPUT, 1_000));

    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(1.25, within(1e-12));
    assertThat(explained(1).get("service_tier").asString()).isEqualTo("batch");
    assertThat(session(2).get("cost_usd").doubleValue()).isCloseTo(0.5150025, within(1e-12));
    assertThat(explained(2).get("row").get("tier").asString()).isEqualTo("input_tokens>200000");
  }

  @Test
  @DisplayName("13: names of Bedrock and Vertex find their row")
  void case13_hostedNames() throws Exception {
    Map<String, Object> usage = Map.of(INPUT, 1_000, OUTPUT, 100);
    call(1, "aws.bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0", usage);
    call(2, "gcp.vertex_ai", "claude-sonnet-4-5@20250929", usage);
    call(3, "google.vertex.chat", "publishers/google/models/gemini-2.5-flash", usage);

    assertThat(explained(1).get("row").get("model").asString())
        .isEqualTo("anthropic.claude-haiku-4-5-20251001-v1:0");
    assertThat(explained(2).get("row").get("provider").asString()).isEqualTo("vertex");
    assertThat(explained(3).get("row").get("model").asString()).isEqualTo("gemini-2.5-flash");
  }

  @Test
  @DisplayName("14: a stream without usage has unknown tokens, not none")
  void case14_streamWithoutUsage() throws Exception {
    call(1, "openai", "gpt-4o", Map.of("gen_ai.request.stream", true));

    assertThat(session(1).get("input_tokens").isNull()).isTrue();
    assertThat(session(1).get("cost_usd").isNull()).isTrue();
    assertThat(explained(1).get("reason").asString()).isEqualTo("usage unknown");
  }

  @Test
  @DisplayName("15: tokens on the agent and on its call count once")
  void case15_tokensOnTwoLevels() throws Exception {
    live.spans(
        Span.agent(1, "Support", began).with(INPUT, 1_000).with(OUTPUT, 100),
        Span.chat(1, 1, "gpt-4o", 1_000, 100, began));

    assertThat(session(1).get("input_tokens").intValue()).isEqualTo(1_000);
    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.0035, within(1e-12));
  }

  @Test
  @DisplayName("16: a retry of the same event counts once, as span and as sessions API event")
  void case16_retries() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      live.spans(Span.agent(1, "Support", began), Span.chat(1, 1, "gpt-4o", 1_000, 100, began));
      live.batch(
          """
          {"op":"session.open","id":"retried","name":"run","agentName":"desk","userId":"ann"}
          {"op":"event","id":"once","sessionId":"retried","eventType":"tool_call",\
          "toolName":"llm:openai:gpt-4o","toolOutput":{"text":"Yes.",\
          "usage":{"promptTokens":1000,"completionTokens":100}}}
          """);
    }

    assertThat(session(1).get("steps").intValue()).isEqualTo(1);
    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.0035, within(1e-12));
    JsonNode told = live.get("/api/v1/sessions/retried");
    assertThat(told.get("steps").intValue()).isEqualTo(1);
    assertThat(told.get("input_tokens").intValue()).isEqualTo(1_000);
    assertThat(told.get("cost_usd").doubleValue()).isCloseTo(0.0035, within(1e-12));
  }

  @Test
  @DisplayName("17: a total is a sum over all, not a mean")
  void case17_totalIsASum() throws Exception {
    for (int run = 1; run <= 3; run++) {
      live.spans(
          Span.agent(run, "Support", began), Span.chat(run, 1, "gpt-4o", 1_000L * run, 0, began));
    }

    JsonNode agent = live.get("/api/v1/agents").get("agents").get(0);
    assertThat(agent.get("cost_usd").doubleValue()).isCloseTo(0.015, within(1e-12));
    assertThat(agent.get("tokens").intValue()).isEqualTo(6_000);
    assertThat(live.query("op:gen_ai.chat", "sum(onlooker.cost_usd)").doubleValue())
        .isCloseTo(0.015, within(1e-12));
    JsonNode model = live.get("/api/v1/models").get("models").get(0);
    assertThat(model.get("cost_usd").doubleValue()).isCloseTo(0.015, within(1e-12));
  }

  @Test
  @DisplayName("18: audio tokens have prices of their own")
  void case18_audio() throws Exception {
    call(
        1,
        "openai",
        "gpt-realtime",
        Map.of(
            INPUT,
            1_500,
            OUTPUT,
            700,
            "gen_ai.usage.audio_input_tokens",
            1_000,
            "gen_ai.usage.audio_output_tokens",
            600));

    assertThat(session(1).get("cost_usd").doubleValue()).isCloseTo(0.074, within(1e-12));
    assertThat(arithmetic(1)).startsWith("(500*4 + 1000*32 + 100*16 + 600*64)");
  }

  @Test
  @DisplayName("1 and 3 from a Sentry client: the wire does not matter")
  void sentryEnvelope_givesTheSameCost() throws Exception {
    call(1, "openai", "gpt-5", Map.of(INPUT, 117_231, CACHED, 115_584, OUTPUT, 225));
    double start = began.getEpochSecond();
    String envelope =
        """
        {"event_id":"0123456789abcdef0123456789abcdef"}
        {"type":"transaction"}
        {"type":"transaction","event_id":"0123456789abcdef0123456789abcdef","transaction":"run",\
        "start_timestamp":%1$s,"timestamp":%2$s,"contexts":{"trace":{"trace_id":"%3$s",\
        "span_id":"%4$s","op":"gen_ai.invoke_agent","data":{\
        "gen_ai.operation.name":"invoke_agent","gen_ai.agent.name":"Support"}}},"spans":[{\
        "trace_id":"%3$s","span_id":"00000000000000ff","parent_span_id":"%4$s",\
        "op":"gen_ai.chat","description":"chat gpt-5","start_timestamp":%1$s,"timestamp":%2$s,\
        "data":{"gen_ai.operation.name":"chat","gen_ai.system":"openai",\
        "gen_ai.request.model":"gpt-5","gen_ai.usage.input_tokens":117231,\
        "gen_ai.usage.input_tokens.cached":115584,"gen_ai.usage.output_tokens":225}}]}
        """
            .formatted(start, start + 2, Span.hex(32, 2), Span.hex(16, 200));

    live.envelope(envelope.getBytes(StandardCharsets.UTF_8));

    assertThat(arithmetic(2)).isEqualTo(arithmetic(1));
    assertThat(session(2).get("input_tokens")).isEqualTo(session(1).get("input_tokens"));
    assertThat(session(2).get("cost_usd")).isEqualTo(session(1).get("cost_usd"));
  }

  /** One run with one call. */
  private void call(int run, String provider, String model, Map<String, Object> usage)
      throws Exception {
    Span chat =
        Span.below(run, 1, "chat", began)
            .with("gen_ai.operation.name", "chat")
            .with("gen_ai.provider.name", provider)
            .with("gen_ai.request.model", model);
    for (Map.Entry<String, Object> entry : usage.entrySet()) {
      chat = chat.with(entry.getKey(), entry.getValue());
    }
    live.spans(Span.agent(run, "Support", began), chat);
  }

  private static Map<String, Object> with(Map<String, Object> usage, String key, Object value) {
    Map<String, Object> more = new java.util.HashMap<>(usage);
    more.put(key, value);
    return more;
  }

  private JsonNode session(int run) throws Exception {
    return live.get("/api/v1/sessions/" + Span.hex(16, run * 100L));
  }

  private JsonNode explained(int run) throws Exception {
    return live.get("/api/v1/sessions/" + Span.hex(16, run * 100L) + "/cost").get("calls").get(0);
  }

  private String arithmetic(int run) throws Exception {
    return explained(run).get("arithmetic").asString();
  }
}
