package io.onlooker.server.ingest;

import static io.onlooker.server.ingest.IngestServer.KEY;
import static io.onlooker.server.ingest.IngestServer.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.server.RememberingStore;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OTLP over real HTTP: what is answered, and what reaches the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpHttpTest {

  @SuppressWarnings("NullAway.Init")
  private IngestServer server;

  @SuppressWarnings("NullAway.Init")
  private RememberingStore store;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = new IngestServer(folder);
    store = server.store;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    store.forget();
  }

  @Test
  void otlp_wrongContentType() throws Exception {
    HttpResponse<String> answer = server.otlp("/v1/traces", "text/plain", "x".getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains(
            "content-type: text/plain (expected: application/x-protobuf or application/json)");
  }

  @Test
  void otlp_withoutToken() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/v1/traces")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
  }

  /** As Langfuse's exporters do: the public key is the user's name. */
  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef0123456789abcdef:sk-lf-1,200",
    "pk-lf-1:0123456789abcdef0123456789abcdef,401",
    "0123456789abcdef0123456789abcdef,401",
    ":,401"
  })
  void otlp_basicAuthorization(String userAndPassword, int status) throws Exception {
    String encoded = Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));

    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/public/otel/v1/traces")
                .header("content-type", "application/json")
                .header("authorization", "Basic " + encoded)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(status);
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
        server.otlp("/v1/traces", "application/json; charset=utf-8", json.getBytes(UTF_8));

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

    assertThat(server.otlp("/v1/traces", "application/json", json.getBytes(UTF_8)).body())
        .contains("spanId: 0000000000000000 (expected: 16 hex digits, not all zero)");
  }

  @Test
  void otlp_answersInTheRequestsEncoding() throws Exception {
    byte[] empty = new byte[0];

    HttpResponse<byte[]> answer =
        server.sendForBytes(
            server
                .request("/v1/traces")
                .header("content-type", "application/x-protobuf")
                .header("authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofByteArray(empty)));

    assertThat(answer.headers().firstValue("content-type")).contains("application/x-protobuf");
    assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess()).isFalse();
  }

  @Test
  void otlp_garbage() throws Exception {
    assertThat(
            server
                .otlp("/v1/traces", "application/x-protobuf", "garbage".getBytes(UTF_8))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            server
                .otlp("/v1/traces", "application/json", "{\"resourceSpans\":7}".getBytes(UTF_8))
                .body())
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
        server.otlp("/v1/metrics", "application/x-protobuf", request.toByteArray());

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
        server.send(
            server
                .request("/api/1/integration/otlp/v1/traces/")
                .header("content-type", "application/json")
                .header("content-encoding", "gzip")
                .header("x-sentry-auth", "sentry sentry_key=" + KEY)
                .POST(
                    BodyPublishers.ofByteArray(
                        IngestServer.compress("gzip", json.getBytes(UTF_8)))));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(store.spans()).hasSize(1);
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
}
