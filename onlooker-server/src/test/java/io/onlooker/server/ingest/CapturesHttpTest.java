package io.onlooker.server.ingest;

import static io.onlooker.server.ingest.IngestServer.ENVELOPE;
import static io.onlooker.server.ingest.IngestServer.KEY;
import static io.onlooker.server.ingest.IngestServer.TOKEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.RememberingStore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients sent, over real HTTP: what is answered, and what reaches the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapturesHttpTest {

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

  static Stream<Captures.Capture> sentry() {
    return Captures.sentry().stream()
        .filter(capture -> capture.index().path("bytes").asInt() < IngestServer.MAX_BODY);
  }

  static Stream<Captures.Capture> mastra() {
    return Captures.mastra().stream();
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void capture_ofSentry(Captures.Capture capture) throws Exception {
    String query = own(capture.index().path("query").asString(""));
    String path = own(capture.path()) + (query.isEmpty() ? "" : "?" + query);
    HttpRequest.Builder request = server.request(path);
    capture
        .index()
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), own(header.getValue().asString())));
    int expected = capture.index().path("expect_status").asInt(200);
    String encoding = capture.index().path("encoding").asString("");
    byte[] body = ownDsn(capture.body());
    byte[] sent = expected == 200 ? IngestServer.compress(encoding, body) : body;

    HttpResponse<String> answer =
        server.send(
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
            ? server
                .request(capture.logs() ? "/v1/logs" : "/v1/traces")
                .header("content-type", capture.encoding().contentType())
                .header("authorization", "Bearer " + TOKEN)
            : server.request(ENVELOPE);

    HttpResponse<String> answer =
        server.send(request.POST(BodyPublishers.ofByteArray(capture.body())));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(store.spans()).hasSize(capture.facts().path("spans").size());
    assertThat(store.errors()).hasSize(capture.facts().path("error_events").size());
    assertThat(store.logs()).hasSize(capture.facts().path("log_records").size());
  }

  private static String own(String text) {
    return text.replaceAll("(sentry_key\\s*=\\s*)[0-9a-f]{32}", "$1" + KEY)
        .replaceAll("/api/\\d+/", "/api/1/");
  }

  private static byte[] ownDsn(byte[] body) {
    String text = new String(body, ISO_8859_1);
    int end = Math.max(0, text.indexOf('\n'));
    String header =
        text.substring(0, end)
            .replaceFirst(
                "(\"dsn\":\\s*\")https?://[0-9a-f]{32}@([^\"/]+)/\\d+",
                "$1http://" + KEY + "@$2/1");
    return (header + text.substring(end)).getBytes(ISO_8859_1);
  }
}
