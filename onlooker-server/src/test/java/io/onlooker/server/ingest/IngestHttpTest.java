package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.onlooker.SpanData;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.StoreException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real requests over real HTTP: what is answered, and what reaches the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestHttpTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "an-admin-token-of-the-test";
  private static final String ENVELOPE = "/api/1/envelope/?sentry_key=" + KEY;
  private static final int MAX_INFLATED = 1024 * 1024;

  private final HttpClient client = HttpClient.newHttpClient();
  private final RememberingStore store = new RememberingStore();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withLimits(300_000, MAX_INFLATED)
            .withKeys(KEY, TOKEN);
    server = OnlookerServer.open(config, store);
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    store.forget();
  }

  static Stream<Captures.Capture> sentry() {
    return Captures.sentry().stream()
        .filter(capture -> capture.index().path("bytes").asInt() < 300_000);
  }

  static Stream<Captures.Capture> mastra() {
    return Captures.mastra().stream();
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void capture_ofSentry(Captures.Capture capture) throws Exception {
    String query = own(capture.index().path("query").asString(""));
    String path = own(capture.path()) + (query.isEmpty() ? "" : "?" + query);
    HttpRequest.Builder request = request(path);
    capture
        .index()
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), own(header.getValue().asString())));
    int expected = capture.index().path("expect_status").asInt(200);
    String encoding = capture.index().path("encoding").asString("");
    byte[] body = ownDsn(capture.body());
    byte[] sent = expected == 200 ? compress(encoding, body) : body;

    HttpResponse<String> answer =
        send(
            request.method(
                capture.index().path("method").asString(), BodyPublishers.ofByteArray(sent)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(store.spans()).hasSize(capture.facts().path("spans").size());
    assertThat(store.errors()).hasSize(capture.facts().path("errors").size());
    assertThat(store.logs()).hasSize(capture.facts().path("logs").size());
    if (capture.facts().has("event_id")) {
      String id = capture.facts().path("event_id").asString().replace("-", "");
      assertThat(answer.body()).isEqualTo("{\"id\":\"" + id + "\"}");
    }
  }

  @ParameterizedTest
  @MethodSource("mastra")
  void capture_ofMastra(Captures.Capture capture) throws Exception {
    HttpRequest.Builder request =
        capture.otlp()
            ? request(capture.logs() ? "/v1/logs" : "/v1/traces")
                .header("content-type", capture.encoding().contentType())
                .header("authorization", "Bearer " + TOKEN)
            : request(ENVELOPE);

    HttpResponse<String> answer = send(request.POST(BodyPublishers.ofByteArray(capture.body())));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(store.spans()).hasSize(capture.facts().path("spans").size());
    assertThat(store.errors()).hasSize(capture.facts().path("error_events").size());
    assertThat(store.logs()).hasSize(capture.facts().path("log_records").size());
  }

  @Test
  void envelope_oneBadItemOfThree() throws Exception {
    String body =
        "{}\n"
            + item("transaction", transaction("1"))
            + item("transaction", "{\"type\":\"transaction\",")
            + item("transaction", transaction("3"));

    HttpResponse<String> answer = post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":2", "\"dropped\":1", "item 2 (transaction): not JSON");
    assertThat(answer.headers().firstValue("x-onlooker-accepted")).contains("2");
    assertThat(answer.headers().firstValue("x-onlooker-dropped")).contains("1");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("1"), span("3"));
    assertThat(get("/metrics").body())
        .containsPattern(
            "onlooker_ingest_dropped_total\\{protocol=\"sentry\",reason=\"invalid\",category=\"transaction\"} [1-9]");
  }

  @Test
  void envelope_truncatedSecondItem() throws Exception {
    String body =
        "{}\n" + item("transaction", transaction("1")) + "{\"type\":\"event\",\"length\":9}\n{}\n";

    HttpResponse<String> answer = post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("item 2: length 9 (expected: 0 to 3, what follows)");
    assertThat(store.spans()).hasSize(1);
  }

  @Test
  void envelope_oneBadSpanOfThree() throws Exception {
    String body =
        "{}\n{\"type\":\"span\",\"item_count\":3}\n{\"items\":["
            + streamed(span("1"))
            + ","
            + streamed("0000000000000000")
            + ","
            + streamed(span("3"))
            + "]}\n";

    HttpResponse<String> answer = post(ENVELOPE, body);

    assertThat(answer.body())
        .contains(
            "item 1 (span), span 2: span_id: 0000000000000000 (expected: 16 hex digits, not all"
                + " zero)");
    assertThat(store.spans()).hasSize(2);
  }

  @Test
  void envelope_sampled() throws Exception {
    String rated =
        streamed(span("2"))
            .replace(
                "}",
                ",\"attributes\":{\"sentry.sample_rate\":{\"type\":\"double\",\"value\":0.5}}}");
    String body =
        "{\"trace\":{\"trace_id\":\""
            + "a".repeat(32)
            + "\",\"sample_rate\":\"0.25\"}}\n"
            + item("transaction", transaction("1"))
            + "{\"type\":\"span\",\"item_count\":1}\n{\"items\":["
            + rated
            + "]}\n";

    post(ENVELOPE, body);
    post(ENVELOPE, body.replace("0.25", "1.0").replace("0.5", "-3"));

    assertThat(store.spans())
        .extracting(span -> span.attributes().number("onlooker.sample_weight"))
        .containsExactly(4.0, 2.0, null, null);
  }

  @Test
  void envelope_missingIds() throws Exception {
    HttpResponse<String> answer =
        post(ENVELOPE, "{}\n" + item("transaction", "{\"contexts\":{\"trace\":{}}}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("contexts.trace.trace_id: missing (expected: 32 hex digits");
    assertThat(answer.headers().firstValue("x-sentry-error")).isPresent();
  }

  @Test
  void envelope_notANumber() throws Exception {
    String bad = transaction("1").replace("1794000001.5", "NaN");

    HttpResponse<String> answer = post(ENVELOPE, "{}\n" + item("transaction", bad));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not JSON");
  }

  @Test
  void envelope_timeOutOfRange() throws Exception {
    String bad = transaction("1").replace("1794000001.5", "1e999999999");

    HttpResponse<String> answer = post(ENVELOPE, "{}\n" + item("transaction", bad));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("start_timestamp: Infinity");
  }

  @Test
  void envelope_deepJson() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String bad = transaction("1").replace("\"spans\":[]", "\"spans\":" + deep);

    HttpResponse<String> answer =
        post(ENVELOPE, "{}\n" + item("transaction", bad) + item("transaction", transaction("2")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("deeper than 200 levels");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("2"));
  }

  @Test
  void body_overTheLimit() throws Exception {
    HttpResponse<String> answer = refused("x".repeat(400_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most 300000");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
  }

  @Test
  void body_bomb() throws Exception {
    for (String encoding : List.of("gzip", "deflate", "br", "zstd")) {
      byte[] bomb = compress(encoding, new byte[50 * 1024 * 1024]);

      HttpResponse<String> answer =
          send(
              request(ENVELOPE)
                  .header("content-encoding", encoding)
                  .POST(BodyPublishers.ofByteArray(bomb)));

      assertThat(answer.statusCode()).as(encoding).isEqualTo(413);
      assertThat(answer.body()).contains("at most " + MAX_INFLATED);
    }
  }

  @Test
  void body_unknownEncoding() throws Exception {
    HttpResponse<String> answer =
        send(
            request(ENVELOPE)
                .header("content-encoding", "lzma")
                .POST(BodyPublishers.ofString("x")));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains("content-encoding: lzma (expected: gzip, deflate, br or zstd)");
  }

  @Test
  void key_wrong() throws Exception {
    HttpResponse<String> answer =
        post("/api/1/envelope/?sentry_key=ffffffffffffffffffffffffffffffff", "{}\n");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("sentry_key: not a key of this server")
        .doesNotContain("ffff");
  }

  @Test
  void key_twoThatDiffer() throws Exception {
    HttpResponse<String> answer =
        send(
            request(ENVELOPE)
                .header("x-sentry-auth", "Sentry sentry_key=ffffffffffffffffffffffffffffffff")
                .POST(BodyPublishers.ofString("{}\n")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("two different ones");
  }

  @Test
  void project_unknown() throws Exception {
    HttpResponse<String> answer = post("/api/77/envelope/?sentry_key=" + KEY, "{}\n");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("project: 77 (expected: 1, the key's own)");
  }

  @Test
  void tunnel_atAnyPath() throws Exception {
    String body =
        "{\"dsn\":\"https://"
            + KEY
            + "@o1.ingest.example/1\"}\n"
            + item("transaction", transaction("1"));

    assertThat(post("/monitoring", body).statusCode()).isEqualTo(200);
    assertThat(post("/monitoring", body.replace("0123", "ffff")).statusCode()).isEqualTo(403);
    assertThat(post("/monitoring", "{}\n").statusCode()).isEqualTo(404);
    assertThat(post("/prefix/api/1/envelope/?sentry_key=" + KEY, body).statusCode()).isEqualTo(200);
    assertThat(store.spans()).hasSize(2);
  }

  @Test
  void store_full() throws Exception {
    store.failWith(StoreException.Reason.FULL);

    HttpResponse<String> answer = post(ENVELOPE, "{}\n" + item("transaction", transaction("1")));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).contains("30");
    assertThat(answer.headers().firstValue("x-sentry-rate-limits")).contains("30::organization");
  }

  @Test
  void store_broken() throws Exception {
    store.failWith(StoreException.Reason.BROKEN);

    assertThat(post(ENVELOPE, "{}\n" + item("transaction", transaction("1"))).statusCode())
        .isEqualTo(503);
  }

  @Test
  void otlp_wrongContentType() throws Exception {
    HttpResponse<String> answer = otlp("/v1/traces", "text/plain", "x".getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains(
            "content-type: text/plain (expected: application/x-protobuf or application/json)");
  }

  @Test
  void otlp_withoutToken() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/v1/traces")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
  }

  @Test
  void otlp_oneBadSpanOfThree() throws Exception {
    String json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + otlpSpan("00000000000000a1", "\"1794000001000000000\"")
            + ","
            + otlpSpan("xyz", "\"1794000001000000000\"")
            + ","
            + otlpSpan("00000000000000a3", "1794000001000000000")
            + "]}]}]}";

    HttpResponse<String> answer =
        otlp("/v1/traces", "application/json; charset=utf-8", json.getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"spans[2]: spanId:"
                + " \\\"xyz\\\" (expected: hex digits)\"}}");
    assertThat(store.spans())
        .extracting(SpanData::spanId)
        .containsExactly("00000000000000a1", "00000000000000a3");
    assertThat(store.spans().get(0).attributes().number("n")).isEqualTo(7);
  }

  @Test
  void otlp_zeroIds() throws Exception {
    String json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + otlpSpan("0000000000000000", "\"1794000001000000000\"")
            + "]}]}]}";

    assertThat(otlp("/v1/traces", "application/json", json.getBytes(UTF_8)).body())
        .contains("spanId: 0000000000000000 (expected: 16 hex digits, not all zero)");
  }

  @Test
  void otlp_answersInTheRequestsEncoding() throws Exception {
    byte[] empty = new byte[0];

    HttpResponse<byte[]> answer =
        client.send(
            request("/v1/traces")
                .header("content-type", "application/x-protobuf")
                .header("authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofByteArray(empty))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("content-type")).contains("application/x-protobuf");
    assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess()).isFalse();
  }

  @Test
  void otlp_garbage() throws Exception {
    assertThat(otlp("/v1/traces", "application/x-protobuf", "garbage".getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(
            otlp("/v1/traces", "application/json", "{\"resourceSpans\":7}".getBytes(UTF_8)).body())
        .contains("resourceSpans: 7 (expected: a list)");
  }

  @Test
  void otlp_metricsAreCountedAndNotKept() throws Exception {
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .addMetrics(
                                Metric.newBuilder()
                                    .setGauge(
                                        Gauge.newBuilder()
                                            .addDataPoints(NumberDataPoint.newBuilder().setAsInt(1))
                                            .addDataPoints(
                                                NumberDataPoint.newBuilder().setAsInt(2))))))
            .build();

    HttpResponse<String> answer =
        otlp("/v1/metrics", "application/x-protobuf", request.toByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-onlooker-dropped")).contains("2");
    assertThat(store.batches()).isEmpty();
  }

  @Test
  void otlp_atSentrysPath() throws Exception {
    String json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + otlpSpan("00000000000000a1", "\"1794000001000000000\"")
            + "]}]}]}";

    HttpResponse<String> answer =
        send(
            request("/api/1/integration/otlp/v1/traces/")
                .header("content-type", "application/json")
                .header("content-encoding", "gzip")
                .header("x-sentry-auth", "sentry sentry_key=" + KEY)
                .POST(BodyPublishers.ofByteArray(compress("gzip", json.getBytes(UTF_8)))));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(store.spans()).hasSize(1);
  }

  @Test
  void preflight_echoesWhatIsAskedFor() throws Exception {
    HttpResponse<String> answer =
        send(
            request(ENVELOPE)
                .header("origin", "https://shop.example.org")
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "x-sentry-auth,x-team")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.headers().firstValue("access-control-allow-headers"))
        .contains("x-sentry-auth,x-team");
    assertThat(answer.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("x-sentry-error", "retry-after", "x-sentry-rate-limits");
  }

  private static String own(String text) {
    return text.replaceAll("(sentry_key\\s*=\\s*)[0-9a-f]{32}", "$1" + KEY)
        .replaceAll("/api/\\d+/", "/api/1/");
  }

  private static byte[] ownDsn(byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
    int end = Math.max(0, text.indexOf('\n'));
    String header =
        text.substring(0, end)
            .replaceFirst(
                "(\"dsn\":\\s*\")https?://[0-9a-f]{32}@([^\"/]+)/\\d+",
                "$1http://" + KEY + "@$2/1");
    return (header + text.substring(end)).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String span(String number) {
    return "b".repeat(15) + number;
  }

  private static String item(String type, String payload) {
    return "{\"type\":\"" + type + "\"}\n" + payload + "\n";
  }

  private static String transaction(String number) {
    return "{\"type\":\"transaction\",\"transaction\":\"t\",\"start_timestamp\":1794000001.5,"
        + "\"timestamp\":1794000002,\"contexts\":{\"trace\":{\"trace_id\":\""
        + "a".repeat(32)
        + "\",\"span_id\":\""
        + span(number)
        + "\"}},\"spans\":[]}";
  }

  private static String streamed(String spanId) {
    return "{\"trace_id\":\""
        + "a".repeat(32)
        + "\",\"span_id\":\""
        + spanId
        + "\",\"name\":\"s\",\"start_timestamp\":1794000001.5,\"end_timestamp\":1794000002}";
  }

  private static String otlpSpan(String spanId, String start) {
    return "{\"traceId\":\""
        + "A".repeat(32)
        + "\",\"spanId\":\""
        + spanId
        + "\",\"name\":\"s\",\"startTimeUnixNano\":"
        + start
        + ",\"endTimeUnixNano\":\"1794000002000000000\",\"attributes\":[{\"key\":\"n\",\"value\":"
        + "{\"intValue\":\"7\"}}],\"somethingNew\":{\"x\":1}}";
  }

  static byte[] compress(String encoding, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (encoding) {
      case "gzip" -> write(new GZIPOutputStream(out), body);
      case "deflate" -> write(new DeflaterOutputStream(out), body);
      case "br" -> {
        Brotli4jLoader.ensureAvailability();
        out.write(Encoder.compress(body));
      }
      case "zstd" -> out.write(Zstd.compress(body));
      default -> out.write(body);
    }
    return out.toByteArray();
  }

  private static void write(OutputStream out, byte[] body) throws IOException {
    try (out) {
      out.write(body);
    }
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  /** A client that still sends when it is refused may see its stream end before the answer. */
  private HttpResponse<String> refused(String body) throws Exception {
    for (int attempt = 1; attempt < 20; attempt++) {
      try {
        return post(ENVELOPE, body);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("RST_STREAM");
      }
    }
    return post(ENVELOPE, body);
  }

  private HttpResponse<String> otlp(String path, String type, byte[] body) throws Exception {
    return send(
        request(path)
            .header("content-type", type)
            .header("authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofByteArray(body)));
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
}
