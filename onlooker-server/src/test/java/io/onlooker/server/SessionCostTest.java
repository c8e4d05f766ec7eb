package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What sessions cost: OpenTelemetry's bytes in over HTTP, figures out over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionCostTest {

  private static final String TOKEN = "an-admin-token-of-the-test";
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private static final String DAY = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN));
    send(run("1", call("11", "gpt-4o", 1000, 100), call("12", "gpt-4o-mini", 1000, 1000)));
    send(run("2", call("21", "gpt-4o", 2000, 0), call("22", "made-up-model", 10, 10)));
    send(run("3", call("31", "made-up-model", 10, 10)));
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void session_costsWhatItsCallsCost() throws Exception {
    JsonNode session = read("/api/v1/sessions/0000000000000001");

    assertThat(session.get("cost_usd").decimalValue()).isEqualByComparingTo("0.00425");
    assertThat(session.get("cost_is_lower_bound").booleanValue()).isFalse();
    assertThat(
            session.get("events").valueStream().map(event -> event.get("cost_usd").doubleValue()))
        .containsExactly(0.0035, 0.00075);
  }

  @Test
  void session_withAnUnknownModel_isALowerBound() throws Exception {
    JsonNode partly = read("/api/v1/sessions/0000000000000002");
    JsonNode nothing = read("/api/v1/sessions/0000000000000003");

    assertThat(partly.get("cost_usd").decimalValue()).isEqualByComparingTo("0.005");
    assertThat(partly.get("cost_is_lower_bound").booleanValue()).isTrue();
    assertThat(nothing.get("cost_usd").isNull()).isTrue();
    assertThat(nothing.get("cost_is_lower_bound").booleanValue()).isTrue();
  }

  @Test
  void list_isSortedByCost() throws Exception {
    JsonNode list = read("/api/v1/sessions?sort=-cost&" + DAY);

    assertThat(list.get("sessions").valueStream().map(one -> one.get("id").asString()))
        .containsExactly("0000000000000002", "0000000000000001", "0000000000000003");
  }

  @Test
  void list_isFilteredByCost() throws Exception {
    JsonNode list = read("/api/v1/sessions?q=cost:%3E0.0045&" + DAY);

    assertThat(list.get("sessions").valueStream().map(one -> one.get("id").asString()))
        .containsExactly("0000000000000002");
  }

  @Test
  void cost_explainsItself() throws Exception {
    JsonNode cost = read("/api/v1/sessions/0000000000000002/cost");

    JsonNode known = cost.get("calls").get(0);
    JsonNode unknown = cost.get("calls").get(1);
    assertThat(cost.get("cost_usd").asString()).isEqualTo("0.005");
    assertThat(cost.get("calls_without_price").intValue()).isEqualTo(1);
    assertThat(known.get("row").get("model").asString()).isEqualTo("gpt-4o");
    assertThat(known.get("arithmetic").asString()).isEqualTo("(2000*2.5) / 1000000 = 0.005");
    assertThat(known.get("source").asString()).isEqualTo("table");
    assertThat(unknown.get("cost_usd").isNull()).isTrue();
    assertThat(unknown.get("reason").asString()).isEqualTo("no row");
  }

  @Test
  void cost_ofAnUnknownSession() throws Exception {
    assertThat(get("/api/v1/sessions/none/cost").statusCode()).isEqualTo(404);
  }

  @Test
  void query_sumsTheCost() throws Exception {
    String body =
        "{\"q\":\"op:gen_ai.chat\",\"aggregates\":[\"sum(onlooker.cost_usd)\"],"
            + "\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-11-21T00:00:00Z\"}";
    HttpRequest request =
        request("/api/v1/query")
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();

    JsonNode answer = tree(client.send(request, BodyHandlers.ofString()).body());

    assertThat(answer.get("rows").get(0).get(0).doubleValue()).isCloseTo(0.00925, within(1e-12));
  }

  private void send(String spans) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/traces"))
            .header("authorization", "Bearer " + KEY)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(spans))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return tree(answer.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path))
        .header("authorization", "Bearer " + TOKEN);
  }

  private static JsonNode tree(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static String run(String id, String... calls) {
    String agent = span(id, id, null, "invoke_agent", text("gen_ai.agent.name", "desk"));
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
        + Stream.concat(Stream.of(agent), Stream.of(calls)).collect(Collectors.joining(","))
        + "]}]}]}";
  }

  /** A model call of the run whose id it begins with. */
  private static String call(String id, String model, int input, int output) {
    String run = id.substring(0, 1);
    return span(
        run,
        id,
        run,
        "chat",
        text("gen_ai.provider.name", "openai"),
        text("gen_ai.request.model", model),
        count("gen_ai.usage.input_tokens", input),
        count("gen_ai.usage.output_tokens", output));
  }

  private static String span(
      String trace, String id, @Nullable String parent, String operation, String... attributes) {
    return """
    {"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s",
     "startTimeUnixNano":"17952000%s000000000","endTimeUnixNano":"1795200099000000000",
     "attributes":[%s,%s]}
    """
        .formatted(
            padded(32, trace),
            padded(16, id),
            parent == null ? "" : padded(16, parent),
            operation,
            padded(2, id),
            text("gen_ai.operation.name", operation),
            String.join(",", attributes));
  }

  private static String padded(int length, String digits) {
    return "0".repeat(length - digits.length()) + digits;
  }

  private static String text(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  private static String count(String key, int value) {
    return "{\"key\":\"%s\",\"value\":{\"intValue\":\"%d\"}}".formatted(key, value);
  }
}
