package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded events through the SDK's exporters, over HTTP, into the store and out of the API. */
class EventReplayTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final String EVENTS = "src/test/resources/events/agentTools3step.new.events.jsonl";
  private static final String ALL_TIME = "?from=2026-01-01T00:00:00Z&to=2030-01-01T00:00:00Z";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeEach
  void open() throws IOException {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN));
  }

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<List<String>> ways() {
    return Stream.of(
        List.of("--exporter", "sentry"),
        List.of("--exporter", "sentry", "--spans", "stream"),
        List.of("--exporter", "sentry", "--names", "seed"),
        List.of("--exporter", "sentry", "--names", "current", "--spans", "stream"),
        List.of("--exporter", "otlp"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void events_becomeTheSameSession(List<String> way) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("replay", EVENTS));
    arguments.addAll(way);
    arguments.addAll(List.of("--dsn", "http://" + KEY + "@127.0.0.1:" + server.port() + "/1"));
    arguments.addAll(List.of("--endpoint", "http://127.0.0.1:" + server.port()));
    arguments.addAll(List.of("--header", "Authorization=Bearer " + TOKEN));

    int code = Main.run(Map.of(), arguments.toArray(String[]::new));

    assertThat(code).isZero();
    JsonNode session = get("/api/v1/sessions" + ALL_TIME).path("sessions").get(0);
    assertThat(session.path("agent_name").asString()).isEqualTo("Weather Agent");
    assertThat(session.path("status").asString()).isEqualTo("completed");
    assertThat(session.path("input_tokens").longValue()).isEqualTo(453);
    assertThat(session.path("output_tokens").longValue()).isEqualTo(50);
    assertThat(tools(session.path("trace_id").asString()))
        .containsExactlyInAnyOrder("execute_tool get_weather", "execute_tool convert_units");
  }

  @Test
  void events_withoutAReceiver_areCountedAndNotZero() {
    int code = Main.run(Map.of(), "replay", EVENTS, "--dsn", "http://" + KEY + "@127.0.0.1:1/1");

    assertThat(code).isEqualTo(1);
  }

  private List<String> tools(String traceId) throws Exception {
    return get("/api/v1/traces/" + traceId)
        .path("spans")
        .valueStream()
        .filter(span -> span.path("op").asString("").equals("gen_ai.execute_tool"))
        .map(span -> span.path("name").asString())
        .toList();
  }

  private JsonNode get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + TOKEN).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }
}
