package io.onlooker.server.api;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A support agent's run of four spans, requests, and answers as trees. */
final class ApiFixture {

  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final ToIntFunction<Request> PROJECT = _ -> 1;

  private static final long START = 1_795_000_000_123_456_789L;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ApiFixture() {}

  static List<SpanData> run() {
    return List.of(
        span(1, 0, "invoke_agent Support", 0, 2_000_000, SpanStatus.OK)
            .withAttributes(
                Attributes.of(
                    Map.of(
                        GenAi.OPERATION_TYPE,
                        "agent",
                        GenAi.AGENT_NAME,
                        "Support",
                        "input",
                        "Where is ORD-6?",
                        GenAi.RESPONSE_TEXT,
                        "On its way."))),
        span(2, 1, "chat gpt-4o-mini", 1_000, 500_000, SpanStatus.OK)
            .withAttributes(
                Attributes.builder()
                    .put(GenAi.OPERATION_TYPE, "ai_client")
                    .put(GenAi.OPERATION_NAME, "chat")
                    .put(GenAi.PROVIDER_NAME, "openai.chat")
                    .put(GenAi.REQUEST_MODEL, "gpt-4o-mini")
                    .put(GenAi.RESPONSE_MODEL, "gpt-4o-mini-2024-07-18")
                    .put(
                        GenAi.INPUT_MESSAGES,
                        "[{\"role\":\"user\",\"content\":\"Where is ORD-6?\"}]")
                    .put(GenAi.RESPONSE_TEXT, "On its way.")
                    .put(GenAi.USAGE_INPUT_TOKENS, 120)
                    .put(GenAi.USAGE_OUTPUT_TOKENS, 8)
                    .put("list", List.of("a", 1, true))
                    .build()),
        span(3, 2, "model_inference Support", 2_000, 400_000, SpanStatus.OK)
            .withAttributes(
                Attributes.of(
                    Map.of(
                        GenAi.OPERATION_TYPE, "ai_client",
                        GenAi.OPERATION_NAME, "model_inference"))),
        span(4, 2, "execute_tool check_order", 410_000, 450_000, SpanStatus.error("timed out"))
            .withAttributes(
                Attributes.of(
                    Map.of(
                        GenAi.OPERATION_TYPE, "tool",
                        GenAi.TOOL_NAME, "check_order",
                        GenAi.ERROR_TYPE, "ToolTimeout",
                        GenAi.TOOL_CALL_ARGUMENTS, "{\"id\":\"ORD-6\"}"))));
  }

  /** Micros from the run's start; parent 0 is none. */
  private static SpanData span(
      int id, int parent, String name, long fromMicros, long toMicros, SpanStatus status) {
    return new SpanData(
        TRACE,
        spanId(id),
        parent == 0 ? null : spanId(parent),
        name,
        null,
        START + fromMicros * 1000,
        START + toMicros * 1000,
        status,
        parent == 0,
        Attributes.EMPTY,
        List.of(new SpanEvent(START, "seen", Attributes.EMPTY)));
  }

  static String spanId(int id) {
    return String.format("%016x", id);
  }

  /** {@code get("id", "7")} has the route part; later pairs are query parameters. */
  static Request get(Map<String, String> route, String... parameters) {
    Map<String, List<String>> query = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], List.of(parameters[i + 1]));
    }
    return new Request("GET", "/", route, query, Map.of(), new byte[0]);
  }

  static Request post(@Nullable String encoding, String body) {
    return new Request(
        "POST",
        "/",
        Map.of(),
        Map.of(),
        encoding == null ? Map.of() : Map.of("content-encoding", List.of(encoding)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode json(Response response) {
    return JSON.readTree(response.body());
  }
}
