package io.onlooker.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.StoreException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys and their limits over real HTTP and gRPC, set and read through the API. */
class LimitsHttpTest {

  private static final String TOKEN = "an-admin-token-of-the-test";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final HttpClient client = HttpClient.newHttpClient();
  private final RememberingStore store = new RememberingStore();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeEach
  void start() throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(null, TOKEN);
    server = OnlookerServer.open(config, store);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void key_madeRotatedDisabledAndRevoked() throws Exception {
    JsonNode made =
        json(api("POST", "/api/v1/keys", "{\"label\":\"shop\",\"limits\":\"span=9/s\"}"));
    String old = made.path("key").asString();
    String one = "/api/v1/keys/" + made.path("id").asInt();
    JsonNode rotated = json(api("POST", one + "/rotate", ""));
    String fresh = rotated.path("key").asString();

    assertThat(rotated.path("limits").asString()).isEqualTo("span=9/s");
    assertThat(List.of(envelope(old, 1).statusCode(), envelope(fresh, 1).statusCode()))
        .containsExactly(200, 200);
    JsonNode shown = json(api("GET", one, ""));
    assertThat(shown.path("last_accepted").asString()).endsWith("Z");
    assertThat(shown.has("key")).isFalse();
    assertThat(shown.path("use").path(0).path("category").asString()).isEqualTo("span");
    assertThat(shown.path("use").path(0).path("quantity").asInt()).isEqualTo(1);

    assertThat(api("PATCH", one, "{\"disabled\":true}").statusCode()).isEqualTo(200);
    assertThat(envelope(old, 1).statusCode()).isEqualTo(403);
    assertThat(api("PATCH", one, "{\"disabled\":false}").statusCode()).isEqualTo(200);
    assertThat(envelope(old, 1).statusCode()).isEqualTo(200);
    assertThat(api("DELETE", one, "").statusCode()).isEqualTo(204);
    assertThat(envelope(old, 1).statusCode()).isEqualTo(403);
    assertThat(envelope(fresh, 1).statusCode()).isEqualTo(200);
    assertThat(api("GET", one, "").statusCode()).isEqualTo(404);
  }

  @Test
  void key_wrongInManyWays() throws Exception {
    String good = key("");
    String disabled = key("");
    int last = json(api("GET", "/api/v1/keys", "")).path("keys").size();
    api("PATCH", "/api/v1/keys/" + last, "{\"disabled\":true}");
    HttpResponse<String> expected = envelope("f".repeat(32), 1);

    assertThat(expected.statusCode()).isEqualTo(403);
    for (int i = 0; i < 200; i++) {
      char[] guess = good.toCharArray();
      guess[i % 32] = guess[i % 32] == 'a' ? 'b' : 'a';
      HttpResponse<String> answer = envelope(new String(guess), 1);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).isEqualTo(expected.body());
    }
    assertThat(envelope(disabled, 1).body()).isEqualTo(expected.body());
    assertThat(envelope(TOKEN.substring(1), 1).body()).isEqualTo(expected.body());
    assertThat(envelope(good, 1).statusCode()).isEqualTo(200);
  }

  @Test
  void api_wrongBodies() throws Exception {
    assertThat(api("POST", "/api/v1/keys", "{\"limits\":\"span=many\"}").body())
        .contains("limit: span=many (expected: CATEGORY=AMOUNT/s");
    assertThat(api("POST", "/api/v1/keys", "{\"scope\":\"root\"}").body())
        .contains("scope: root (expected: ingest, read or admin)");
    assertThat(api("POST", "/api/v1/keys", "{\"project\":7}").statusCode()).isEqualTo(400);
    assertThat(api("POST", "/api/v1/keys", "[]").statusCode()).isEqualTo(400);
    assertThat(api("GET", "/api/v1/keys/x", "").statusCode()).isEqualTo(404);
  }

  @Test
  void limit_ofSpans() throws Exception {
    String key = key("span=5/day");

    HttpResponse<String> first = envelope(key, 3);
    HttpResponse<String> second = envelope(key, 3);
    HttpResponse<String> third = envelope(key, 1);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("x-sentry-rate-limits")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.headers().firstValue("x-sentry-rate-limits").orElse(""))
        .matches("\\d+:span;transaction:key:quota");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("retry-after").orElse("")).matches("[1-9]\\d{0,3}");
    assertThat(third.headers().firstValue("x-sentry-rate-limits").orElse(""))
        .matches("\\d+:span;transaction:key:quota");
    assertThat(third.headers().firstValue("x-onlooker-dropped")).contains("1");
    assertThat(third.body()).contains("limit: span=5/day is used up");
    assertThat(store.spans()).hasSize(6);
    assertThat(get("/metrics").body())
        .contains(
            "onlooker_ingest_dropped_total{protocol=\"sentry\",reason=\"rate_limited\",category=\"span\"}"
                + " 1");
  }

  @Test
  void limit_ofOneCategoryLeavesOthers() throws Exception {
    String key = key("span=off, session=off");
    String body =
        "{}\n"
            + spans(2)
            + "{\"type\":\"event\"}\n{\"event_id\":\""
            + TRACE
            + "\",\"message\":\"boom\"}\n"
            + "{\"type\":\"session\"}\n{}\n{\"type\":\"client_report\"}\n{}\n";

    HttpResponse<String> answer = post("/api/1/envelope/?sentry_key=" + key, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-onlooker-accepted")).contains("1");
    assertThat(answer.headers().firstValue("x-sentry-rate-limits").orElse(""))
        .contains(":span;transaction:key:disabled")
        .contains(":session:key:disabled");
    assertThat(store.spans()).isEmpty();
    assertThat(store.errors()).hasSize(1);
  }

  @Test
  void limit_ofTransactionsTakesTheirSpansAlong() throws Exception {
    String key = key("transaction=off");
    String transaction =
        "{}\n{\"type\":\"transaction\"}\n{\"type\":\"transaction\",\"transaction\":\"t\","
            + "\"start_timestamp\":1794000001,\"timestamp\":1794000002,\"contexts\":{\"trace\":"
            + "{\"trace_id\":\""
            + TRACE
            + "\",\"span_id\":\"00f067aa0ba902b7\"}},\"spans\":["
            + "{\"trace_id\":\""
            + TRACE
            + "\",\"span_id\":\"00f067aa0ba902b8\","
            + "\"start_timestamp\":1794000001,\"timestamp\":1794000002}]}\n";

    assertThat(post("/api/1/envelope/?sentry_key=" + key, transaction).statusCode()).isEqualTo(429);
    assertThat(post("/api/1/envelope/?sentry_key=" + key, transaction + spans(1)).statusCode())
        .isEqualTo(200);
    assertThat(store.spans()).hasSize(1);
  }

  @Test
  void limit_ofAll() throws Exception {
    String key = key("all=1/day");

    assertThat(envelope(key, 1).headers().firstValue("x-sentry-rate-limits").orElse(""))
        .matches("\\d+::key:quota");
    assertThat(envelope(key, 1).statusCode()).isEqualTo(429);
  }

  @Test
  void limit_raised() throws Exception {
    String key = key("span=1/day");
    envelope(key, 1);
    assertThat(envelope(key, 1).statusCode()).isEqualTo(429);

    int id = json(api("GET", "/api/v1/keys", "")).path("keys").size();
    api("PATCH", "/api/v1/keys/" + id, "{\"limits\":\"\"}");

    assertThat(envelope(key, 1).statusCode()).isEqualTo(200);
  }

  @Test
  void limit_ofOtlpAndSessions() throws Exception {
    String key = key("span=off");
    String span =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
            + TRACE
            + "\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"s\",\"startTimeUnixNano\":\"1794000001000000000\","
            + "\"endTimeUnixNano\":\"1794000002000000000\"}]}]}]}";

    HttpResponse<String> otlp = bearing(key, "/v1/traces", span);
    HttpResponse<String> session =
        bearing(
            key,
            "/api/sdk/sessions",
            "{\"id\":\"a\",\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"u\"}");

    assertThat(otlp.statusCode()).isEqualTo(429);
    assertThat(otlp.headers().firstValue("retry-after")).isPresent();
    assertThat(session.statusCode()).as(session.body()).isEqualTo(429);
    assertThat(store.spans()).isEmpty();
  }

  @Test
  void limit_overGrpc() throws Exception {
    String key = key("span=off");
    var stub =
        GrpcClients.builder("gproto+http://127.0.0.1:" + server.port())
            .addHeader("authorization", "Bearer " + key)
            .build(TraceServiceGrpc.TraceServiceBlockingStub.class);
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(
            Span.newBuilder()
                .setTraceId(com.google.protobuf.ByteString.fromHex(TRACE))
                .setSpanId(com.google.protobuf.ByteString.fromHex("00f067aa0ba902b7"))
                .setStartTimeUnixNano(1_795_200_000_000_000_000L)
                .setEndTimeUnixNano(1_795_200_001_000_000_000L));

    StatusRuntimeException refused =
        Assertions.catchThrowableOfType(
            StatusRuntimeException.class, () -> stub.export(request.build()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    var details = Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetailsList();
    assertThat(details.getFirst().unpack(RetryInfo.class).getRetryDelay().getSeconds())
        .isPositive();
  }

  @Test
  void limit_givenBackWhenTheStoreCannotKeep() throws Exception {
    String key = key("span=2/day, all=2/min");
    store.failWith(StoreException.Reason.FULL);
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> refused = envelope(key, 1);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("store: told to fail");
    }
    store.forget();

    assertThat(envelope(key, 2).statusCode()).isEqualTo(200);
    assertThat(envelope(key, 1).statusCode()).isEqualTo(429);
  }

  private String key(String limits) throws Exception {
    return json(api("POST", "/api/v1/keys", "{\"limits\":\"" + limits + "\"}"))
        .path("key")
        .asString();
  }

  private HttpResponse<String> envelope(String key, int spans) throws Exception {
    return post("/api/1/envelope/?sentry_key=" + key, "{}\n" + spans(spans));
  }

  private static String spans(int count) {
    StringBuilder items = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      items.append(i == 1 ? "" : ",");
      items.append("{\"trace_id\":\"").append(TRACE).append("\",\"span_id\":\"");
      items.append("%016x".formatted(i)).append("\",\"name\":\"s\",");
      items.append("\"start_timestamp\":1794000001,\"end_timestamp\":1794000002}");
    }
    return "{\"type\":\"span\",\"item_count\":" + count + "}\n{\"items\":[" + items + "]}\n";
  }

  private HttpResponse<String> api(String method, String path, String body) throws Exception {
    return send(
        request(path)
            .header("authorization", "Bearer " + TOKEN)
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> bearing(String key, String path, String body) throws Exception {
    return send(
        request(path)
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body());
  }
}
