package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients in the field do that their protocols do not say, or say in passing. */
class ClientHabitsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ENVELOPE = "/api/1/envelope/?sentry_key=" + KEY;

  private final HttpClient http = HttpClient.newHttpClient();
  private final RememberingStore store = new RememberingStore();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, "token-0123456789abcdef");
    server = OnlookerServer.open(config, store);
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  /** What a continued trace sends: the header tells the release of the service that began it. */
  @Test
  void streamedSpan_inTheTraceOfAnotherService() throws Exception {
    String envelope =
        """
        {"trace":{"trace_id":"771a43a4192642f0b136d5159a501700","public_key":"k","release":"front@1","environment":"qa"}}
        {"type":"span","item_count":1,"content_type":"application/vnd.sentry.items.span.v2+json"}
        {"version":2,"items":[{"trace_id":"771a43a4192642f0b136d5159a501700","span_id":"b94c6f3a51d5ca61","parent_span_id":"1234567890abcdef","name":"POST /continue","start_timestamp":1795217000.5,"end_timestamp":1795217001,"status":"ok","is_segment":true,"attributes":{"sentry.release":{"value":"shop@11","type":"string"},"sentry.op":{"value":"http.server","type":"string"}}}]}
        {"type":"log","item_count":1,"content_type":"application/vnd.sentry.items.log+json"}
        {"items":[{"timestamp":1795217000.6,"level":"info","body":"taken","trace_id":"771a43a4192642f0b136d5159a501700","attributes":{"sentry.release":{"value":"shop@11","type":"string"}}}]}
        """;

    HttpResponse<String> answer = post(ENVELOPE, "text/plain", envelope);

    assertThat(answer.statusCode()).isEqualTo(200);
    SpanData span = store.spans().getFirst();
    assertThat(span.attributes().string("release")).isEqualTo("shop@11");
    assertThat(span.attributes().string("environment")).isEqualTo("qa");
    assertThat(store.logs().getFirst().attributes().string("release")).isNotEqualTo("front@1");
  }

  @Test
  void otlpJson_idsInBase64() throws Exception {
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"W47/95gDgQPSaYhgMYAiPw==","spanId":"7uGbfsPB0go=",
          "parentSpanId":"AAAAAAAAAAA=","name":"one","startTimeUnixNano":"1795217000000000000","endTimeUnixNano":"1795217001000000000"}]}]}]}
        """;

    HttpResponse<String> answer = post("/v1/traces", "application/json", body);

    assertThat(answer.body()).isEqualTo("{}");
    SpanData span = store.spans().getFirst();
    assertThat(span.traceId()).isEqualTo("5b8efff798038103d26988603180223f");
    assertThat(span.spanId()).isEqualTo("eee19b7ec3c1d20a");
    assertThat(span.parentSpanId()).isNull();
  }

  @Test
  void otlpEvent_withoutTime() throws Exception {
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d26988603180223f","spanId":"eee19b7ec3c1d20a","name":"one",
          "startTimeUnixNano":"1795217000000000000","endTimeUnixNano":"1795217001000000000","events":[{"name":"noticed"}]}]}]}]}
        """;

    post("/v1/traces", "application/json", body);

    SpanData span = store.spans().getFirst();
    assertThat(span.events().getFirst().timeNanos()).isEqualTo(span.startNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "Information,INFO",
    "WARNING,WARN",
    "warn,WARN",
    "ERR,ERROR",
    "SEVERE,ERROR",
    "Critical,FATAL",
    "Verbose,TRACE",
    "DEBUG,DEBUG",
    "NOTICE,INFO"
  })
  void otlpLog_levelAsAWordAlone(String word, LogData.Level level) throws Exception {
    String log = "{\"timeUnixNano\":\"1795217000000000000\",\"severityText\":\"" + word + "\"}";

    post(
        "/v1/logs",
        "application/json",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + log + "]}]}]}");

    assertThat(store.logs().getFirst().level()).isEqualTo(level);
  }

  @Test
  void otlpLog_eventWithoutABody() throws Exception {
    String body =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795217000000000000","eventName":"gen_ai.client.inference.operation.details"}]}]}]}
        """;

    post("/v1/logs", "application/json", body);

    assertThat(store.logs().getFirst().body())
        .isEqualTo("gen_ai.client.inference.operation.details");
  }

  @Test
  void preflight_ofATunnel() throws Exception {
    HttpRequest request =
        request("/any/tunnel")
            .header("Origin", "https://shop.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-team")
            .method("OPTIONS", BodyPublishers.noBody())
            .build();

    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-headers")).contains("x-team");
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    HttpRequest request =
        request(path)
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + KEY)
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
