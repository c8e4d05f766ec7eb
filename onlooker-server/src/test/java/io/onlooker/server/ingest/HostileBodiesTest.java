package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies made to hurt, sent to a real server over a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "an-admin-token-of-the-test";
  private static final String ENVELOPE = "/api/1/envelope/?sentry_key=" + KEY;
  private static final int GIBI = 1 << 30;

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN));
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "br"})
  void bomb(String encoding) throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = compressing(encoding, bomb)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < GIBI / block.length; i++) {
        out.write(block);
      }
    }

    HttpResponse<String> answer =
        send(
            request(ENVELOPE)
                .header("content-encoding", encoding)
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertAlive();
  }

  @Test
  void json_hundredThousandDeep() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    HttpResponse<String> envelope =
        post(
            ENVELOPE,
            "{}\n{\"type\":\"event\"}\n{\"extra\":" + deep + "}\n" + transactionItem("d1", ""));

    assertThat(envelope.statusCode()).isEqualTo(200);
    assertThat(envelope.headers().firstValue("x-onlooker-accepted")).contains("1");
    assertThat(post(ENVELOPE, deep).statusCode()).isEqualTo(400);
    assertThat(bearing("/v1/traces", "{\"resourceSpans\":" + deep + "}").statusCode())
        .isEqualTo(400);
    assertThat(bearing("/api/sdk/sessions", deep).statusCode()).isEqualTo(400);
  }

  @Test
  void attributes_millions() throws Exception {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < 2_000_000; i++) {
      data.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":1");
    }

    HttpResponse<String> many = post(ENVELOPE, "{}\n" + transactionItem("e1", data.toString()));
    StringBuilder more = new StringBuilder("{\"resourceSpans\":[");
    more.append("1,".repeat(10_000_000)).append("1]}");

    assertThat(many.statusCode()).isEqualTo(200);
    assertThat(trace("e1").path("spans").path(0).path("attributes").size()).isLessThan(1_100);
    assertThat(bearing("/v1/traces", more.toString()).statusCode()).isEqualTo(400);
    assertAlive();
  }

  @Test
  void keys_doubled() throws Exception {
    String doubled = "\"k\":1,\"k\":2,\"k\":\"three\"";

    HttpResponse<String> answer = post(ENVELOPE, "{}\n" + transactionItem("f1", doubled));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(trace("f1").path("spans").size()).isEqualTo(1);
  }

  @Test
  void surrogates_alone() throws Exception {
    String lone = "\"k\":\"\\ud800 \\udfff\"";
    String loneKey = "\"\\ud800\":\"v\"";

    HttpResponse<String> answer =
        post(ENVELOPE, "{}\n" + transactionItem("a8", loneKey) + transactionItem("a9", lone));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-onlooker-dropped")).contains("1");
    assertThat(trace("a9").path("spans").path(0).path("attributes").path("k").asString())
        .isEqualTo("? ?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "NaN",
        "\"NaN\"",
        "1e999",
        "-1",
        "0",
        "1e400000000",
        "99999999999999999999999999",
        "\"Infinity\""
      })
  void time_impossible(String time) throws Exception {
    String bad = transaction("b1", "").replace("1794000001.5", time);

    HttpResponse<String> answer =
        post(ENVELOPE, "{}\n{\"type\":\"transaction\"}\n" + bad + "\n" + transactionItem("b2", ""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-onlooker-accepted")).contains("1");
    assertThat(answer.headers().firstValue("x-onlooker-dropped")).contains("1");
    assertThat(trace("b2").path("spans").size()).isEqualTo(1);
  }

  @Test
  void duration_negative() throws Exception {
    String backwards = transaction("c1", "").replace("\"timestamp\":1794000002", "\"timestamp\":1");

    HttpResponse<String> answer =
        post(ENVELOPE, "{}\n{\"type\":\"transaction\"}\n" + backwards + "\n");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(trace("c1").path("spans").size()).isEqualTo(1);
  }

  @Test
  void parents_inACircle() throws Exception {
    String spans =
        "{\"type\":\"span\",\"item_count\":3}\n{\"items\":["
            + circle("c7", "01", "02")
            + ","
            + circle("c7", "02", "03")
            + ","
            + circle("c7", "03", "01")
            + "]}\n";

    assertThat(post(ENVELOPE, "{}\n" + spans).statusCode()).isEqualTo(200);
    assertThat(trace("c7").path("spans").size()).isEqualTo(3);
    assertThat(
            get("/api/v1/sessions?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z").statusCode())
        .isEqualTo(200);
    assertThat(get("/p/default/traces/" + id("c7")).statusCode()).isLessThan(500);
  }

  @Test
  void ids_zero() throws Exception {
    String zero = transaction("00", "");

    HttpResponse<String> answer = post(ENVELOPE, "{}\n{\"type\":\"transaction\"}\n" + zero + "\n");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not all zero");
  }

  @Test
  void headers_flood() throws Exception {
    StringBuilder request = new StringBuilder("POST " + ENVELOPE + " HTTP/1.1\r\nhost: a\r\n");
    for (int i = 0; i < 20_000; i++) {
      request.append("x-").append(i).append(": ").append("y".repeat(50)).append("\r\n");
    }

    String answer = raw(request.append("\r\n").toString());

    assertThat(answer).doesNotContain(" 5");
    assertAlive();
  }

  @Test
  void body_shorterThanSaid() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST " + ENVELOPE + " HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n{}")
                  .getBytes(UTF_8));
    }

    assertAlive();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(request.getBytes(UTF_8));
        byte[] start = socket.getInputStream().readNBytes(15);
        return new String(start, UTF_8);
      } catch (IOException e) {
        return "closed: " + e.getMessage();
      }
    }
  }

  private void assertAlive() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(post(ENVELOPE, "{}\n" + transactionItem("99", "")).statusCode()).isEqualTo(200);
  }

  private static OutputStream compressing(String encoding, OutputStream out) throws IOException {
    return switch (encoding) {
      case "gzip" -> new GZIPOutputStream(out);
      case "zstd" -> new ZstdOutputStream(out);
      default -> {
        Brotli4jLoader.ensureAvailability();
        yield new BrotliOutputStream(
            out, new com.aayushatharva.brotli4j.encoder.Encoder.Parameters().setQuality(1));
      }
    };
  }

  private static String id(String two) {
    return two.repeat(16);
  }

  private static String transactionItem(String two, String data) {
    return "{\"type\":\"transaction\"}\n" + transaction(two, data) + "\n";
  }

  private static String transaction(String two, String data) {
    return "{\"type\":\"transaction\",\"transaction\":\"t\",\"start_timestamp\":1794000001.5,"
        + "\"timestamp\":1794000002,\"contexts\":{\"trace\":{\"trace_id\":\""
        + id(two)
        + "\",\"span_id\":\""
        + two.repeat(8)
        + "\",\"data\":{"
        + data
        + "}}},\"spans\":[]}";
  }

  private static String circle(String trace, String span, String parent) {
    return "{\"trace_id\":\"%s\",\"span_id\":\"%s\",\"parent_span_id\":\"%s\",\"name\":\"s\",\"start_timestamp\":1794000001,\"end_timestamp\":1794000002,\"attributes\":{\"gen_ai.operation.name\":{\"type\":\"string\",\"value\":\"invoke_agent\"}}}"
        .formatted(id(trace), span.repeat(8), parent.repeat(8));
  }

  private JsonNode trace(String two) throws Exception {
    HttpResponse<String> answer = get("/api/v1/traces/" + id(two));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(Objects.requireNonNull(answer.body()));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> bearing(String path, String body) throws Exception {
    return send(
        request(path)
            .header("authorization", "Bearer " + KEY)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).header("authorization", "Bearer " + TOKEN));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
