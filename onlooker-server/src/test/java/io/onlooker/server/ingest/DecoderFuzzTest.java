package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.onlooker.SpanData;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Recorded requests, damaged at random: each is answered, never with a 5xx, and in time. */
class DecoderFuzzTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final int LARGEST = 60_000;
  private static final int TRIES = 150;

  /** What numbers and texts are replaced with. */
  private static final List<String> NASTY =
      List.of(
          "NaN",
          "-1",
          "1e999",
          "-1e999",
          "9223372036854775808",
          "1e-400",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "null",
          "[]",
          "{}",
          "true",
          "\"0001-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59Z\"",
          "\"0000000000000000\"",
          "[[[[[[[[[[]]]]]]]]]]");

  private static final RememberingStore STORE = new RememberingStore();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static OnlookerServer server;

  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("onlooker-fuzz");
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withLimits(1 << 20, 1 << 20)
            .withKeys(KEY, null);
    server = OnlookerServer.open(config, STORE);
  }

  @AfterContainer
  static void stop() throws IOException {
    CLIENT.close();
    server.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void envelope(@ForAll("envelopes") byte[] body, @ForAll long seed) throws Exception {
    check("/api/1/envelope/", "text/plain", damaged(body, seed));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void otlpJson(@ForAll("otlpJson") byte[] body, @ForAll long seed) throws Exception {
    check("/v1/traces", "application/json", damaged(body, seed));
    check("/v1/logs", "application/json", damaged(body, seed));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void otlpProtobuf(@ForAll("otlpProtobuf") byte[] body, @ForAll long seed) throws Exception {
    check("/v1/traces", "application/x-protobuf", damaged(body, seed));
    check("/v1/logs", "application/x-protobuf", damaged(body, seed));
    check("/v1/metrics", "application/x-protobuf", damaged(body, seed));
  }

  /** The message in its frame, damaged inside, or damaged with its frame. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void otlpGrpc(@ForAll("otlpProtobuf") byte[] body, @ForAll long seed) {
    byte[] sent = seed % 2 == 0 ? framed(damaged(body, seed)) : damaged(framed(body), seed);
    RequestHeaders headers =
        RequestHeaders.builder(
                HttpMethod.POST, "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
            .add("content-type", "application/grpc+proto")
            .add("te", "trailers")
            .add("authorization", "Bearer " + KEY)
            .build();

    AggregatedHttpResponse answer =
        WebClient.of("h2c://127.0.0.1:" + server.port()).execute(headers, sent).aggregate().join();

    assertThat(answer.status().code()).as("seed %d", seed).isLessThan(500);
    assertThat(
            answer.headers().contains("grpc-status") || answer.trailers().contains("grpc-status"))
        .as("seed %d: %s", seed, answer)
        .isTrue();
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void sessions(@ForAll long seed) throws Exception {
    check("/api/sdk/batch", "application/x-ndjson", damaged(CALLS.getBytes(UTF_8), seed));
    String[] lines = CALLS.split("\n", -1);
    check("/api/sdk/sessions", "application/json", damaged(lines[0].getBytes(UTF_8), seed));
    check("/api/sdk/events", "application/json", damaged(lines[1].getBytes(UTF_8), seed));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void compressed(@ForAll("envelopes") byte[] body, @ForAll long seed) throws Exception {
    String encoding = List.of("gzip", "deflate", "br", "zstd").get((int) Math.floorMod(seed, 4L));
    byte[] sent = damaged(IngestServer.compress(encoding, body), seed);

    HttpResponse<String> answer =
        CLIENT.send(
            request("/api/1/envelope/", "text/plain")
                .header("content-encoding", encoding)
                .POST(BodyPublishers.ofByteArray(sent))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).as("seed %d: %s", seed, answer.body()).isLessThan(500);
  }

  /** Framed by their lengths, two good items stand around a damaged one. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void neighbours(@ForAll("envelopes") byte[] body, @ForAll long seed) throws Exception {
    STORE.forget();
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    envelope.writeBytes("{}\n".getBytes(UTF_8));
    item(envelope, "transaction", transaction("00000000000000a1").getBytes(UTF_8));
    item(envelope, seed % 2 == 0 ? "span" : "event", damaged(body, seed));
    item(envelope, "transaction", transaction("00000000000000a2").getBytes(UTF_8));

    check("/api/1/envelope/", "text/plain", envelope.toByteArray());

    assertThat(STORE.spans())
        .extracting(SpanData::spanId)
        .contains("00000000000000a1", "00000000000000a2");
  }

  @Provide
  Arbitrary<byte[]> envelopes() {
    return Arbitraries.of(
        Captures.sentry().stream()
            .filter(one -> !one.otlp())
            .map(DecoderFuzzTest::bytes)
            .filter(body -> body.length < LARGEST)
            .toList());
  }

  @Provide
  Arbitrary<byte[]> otlpJson() {
    return otlp(OtlpEncoding.JSON);
  }

  @Provide
  Arbitrary<byte[]> otlpProtobuf() {
    return otlp(OtlpEncoding.PROTOBUF);
  }

  static Arbitrary<byte[]> otlp(OtlpEncoding encoding) {
    return Arbitraries.of(
        Captures.mastra().stream()
            .filter(one -> one.otlp() && one.encoding() == encoding)
            .map(DecoderFuzzTest::bytes)
            .filter(body -> body.length < LARGEST)
            .toList());
  }

  private static byte[] bytes(Captures.Capture capture) {
    try {
      return capture.body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Some bytes changed, cut out, doubled or replaced by what parsers stumble over. */
  static byte[] damaged(byte[] body, long seed) {
    Random random = new Random(seed);
    byte[] bytes = body;
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> splice(bytes, from, from + 1, new byte[] {(byte) random.nextInt()});
            case 1 -> splice(bytes, from, to, new byte[0]);
            case 2 -> splice(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 3 -> Arrays.copyOf(bytes, from);
            default -> replaceValue(bytes, from, NASTY.get(random.nextInt(NASTY.size())));
          };
    }
    return bytes;
  }

  /** The JSON value behind the next colon; in other bodies, whatever stands there. */
  private static byte[] replaceValue(byte[] bytes, int from, String with) {
    int start = from;
    while (start < bytes.length - 1 && bytes[start] != ':') {
      start++;
    }
    int end = start + 1;
    while (end < bytes.length && ",}]\n".indexOf(bytes[end]) < 0) {
      end++;
    }
    return splice(bytes, Math.min(start + 1, end), end, with.getBytes(UTF_8));
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + with.length);
    out.write(bytes, 0, from);
    out.writeBytes(with);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static void item(ByteArrayOutputStream envelope, String type, byte[] payload) {
    String header = "{\"type\":\"" + type + "\",\"length\":" + payload.length + "}\n";
    envelope.writeBytes(header.getBytes(UTF_8));
    envelope.writeBytes(payload);
    envelope.write('\n');
  }

  static String transaction(String spanId) {
    return "{\"type\":\"transaction\",\"transaction\":\"t\",\"start_timestamp\":1794000001.5,"
        + "\"timestamp\":1794000002,\"contexts\":{\"trace\":{\"trace_id\":\""
        + "a".repeat(32)
        + "\",\"span_id\":\""
        + spanId
        + "\"}},\"spans\":[]}";
  }

  private static void check(String path, String type, byte[] body) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            request(path, type).POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode())
        .as("%s: %s of %s", path, answer.body(), new String(body, UTF_8))
        .isLessThan(500);
  }

  private static HttpRequest.Builder request(String path, String type) {
    String query = path.contains("envelope") ? "?sentry_key=" + KEY : "";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path + query))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", type);
    return query.isEmpty() ? request.header("authorization", "Bearer " + KEY) : request;
  }

  private static final String CALLS =
      """
      {"op":"session.open","id":"run","name":"n","agentName":"a","userId":"u","metadata":{"k":[1,2]},"startedAt":"2026-11-20T10:00:00Z"}
      {"op":"event","sessionId":"run","eventType":"tool_call","toolName":"one","toolInput":{"a":1},"durationMs":12}
      {"op":"event","sessionId":"run","eventType":"llm_call","model":"gpt-4o","promptTokens":3,"estimatedCost":0.5}
      {"op":"session.update","sessionId":"run","customMetrics":{"quality":0.5}}
      {"op":"session.close","id":"run","success":true,"durationMs":1200}
      """;
}
