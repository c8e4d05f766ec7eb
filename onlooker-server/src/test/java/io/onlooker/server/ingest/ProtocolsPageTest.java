package io.onlooker.server.ingest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import io.onlooker.server.access.Access;
import io.onlooker.server.access.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code docs/protocols.md} are true of a running server. */
@TestInstance(Lifecycle.PER_CLASS)
class ProtocolsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "protocols.md");
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TRACE = "a".repeat(32);
  private static final String SPAN =
      "{\"trace_id\":\"%s\",\"span_id\":\"%s\",\"name\":\"s\",\"start_timestamp\":1794000001,\"end_timestamp\":1794000002}"
          .formatted(TRACE, "b".repeat(16));
  private static final String TRANSACTION =
      "{\"type\":\"transaction\",\"transaction\":\"t\",\"start_timestamp\":1794000001,\"timestamp\":1794000002,\"contexts\":{\"trace\":{\"trace_id\":\"%s\",\"span_id\":\"%s\"}}}"
          .formatted(TRACE, "c".repeat(16));

  /** What is sent to each path; nothing else is sent nothing. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("/api/1/envelope/", "{}\n"),
          entry("/prefix/api/1/envelope/", "{}\n"),
          entry("/api/1/store/", "{\"message\":\"hello\"}"),
          entry("/tunnel", "{\"dsn\":\"http://" + KEY + "@localhost/1\"}\n"),
          entry(
              "/api/sdk/sessions",
              "{\"id\":\"sess_1\",\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"u\"}"),
          entry("/api/sdk/sessions/sess_1", "{\"status\":\"completed\"}"),
          entry("/api/sdk/events", "{\"sessionId\":\"sess_1\",\"eventType\":\"tool_call\"}"),
          entry("/api/sdk/batch", "{\"op\":\"session.close\",\"id\":\"sess_1\"}\n"),
          entry(
              "/api/v1/scores",
              "{\"name\":\"helpful\",\"value\":1,\"trace_id\":\"" + TRACE + "\"}"));

  private static final Map<String, String> PAYLOADS =
      Map.of(
          "transaction",
          TRANSACTION,
          "span",
          "{\"items\":[" + SPAN + "]}",
          "event",
          "{\"message\":\"hello\"}",
          "log",
          "{\"items\":[{\"timestamp\":1794000001,\"level\":\"info\",\"body\":\"x\"}]}");

  private final HttpClient client = HttpClient.newHttpClient();
  private String page = "";
  private String readKey = "";

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    page = Files.readString(PAGE);
    ServerConfig config = ServerConfig.of(folder).withKeys(KEY, null).withOtlpPorts(false);
    try (Access access = Access.open(folder.resolve("settings.db"), Clock.systemUTC())) {
      readKey = access.createKey(1, Scope.READ, "reader").text();
    }
    server = OnlookerServer.open(config.withAddress("127.0.0.1", 0));
  }

  @AfterAll
  void close() {
    client.close();
    server.close();
  }

  @Test
  void doors_areOpen() throws Exception {
    List<MatchResult> doors = rows("(GET|POST|PATCH) \\| `([^`]+)` \\| .* \\| (\\d+)");

    assertThat(doors).hasSize(17);
    for (MatchResult door : doors) {
      String method = door.group(1);
      HttpRequest.Builder request = request(door.group(2));
      if (door.group(2).contains("/v1/") && !door.group(2).endsWith("scores")) {
        request.header("content-type", "application/json");
      }
      if (door.group(2).contains("/api/1/")) {
        request.header("x-sentry-auth", "Sentry sentry_key=" + KEY);
      } else if (!door.group(2).equals("/tunnel")) {
        request.header("authorization", "Bearer " + KEY);
      }
      String body = BODIES.getOrDefault(door.group(2), "{}");

      HttpResponse<String> answer = send(request.method(method, BodyPublishers.ofString(body)));

      assertThat(answer.statusCode())
          .as(door.group() + answer.body())
          .isEqualTo(Integer.parseInt(door.group(3)));
    }
  }

  @Test
  void items_becomeWhatThePageSays() throws Exception {
    List<MatchResult> kept = rows("`(transaction|span|event|log)` \\| .*");
    List<String> others = new ArrayList<>(List.of("of_the_future"));
    MatchResult counted = rows("(`session`.*) \\| nothing; .*").getFirst();
    Pattern.compile("`(\\w+)`")
        .matcher(counted.group(1))
        .results()
        .forEach(item -> others.add(item.group(1)));

    assertThat(kept).extracting(row -> row.group(1)).hasSize(PAYLOADS.size());
    for (String type : PAYLOADS.keySet()) {
      assertThat(accepted(type, PAYLOADS.get(type))).as(type).isEqualTo("1 of 1");
    }
    assertThat(others).hasSize(16);
    for (String type : others) {
      assertThat(accepted(type, "{}")).as(type).isEqualTo("0 of 1");
    }
  }

  @Test
  void refusals_areWordedAsThePageSays() throws Exception {
    Map<String, HttpRequest.Builder> requests = refused();
    List<MatchResult> refusals = rows("(4\\d\\d) \\| ([^|`]+) \\| `([^`]+)`");

    assertThat(refusals).extracting(row -> row.group(2)).containsAll(requests.keySet());
    for (MatchResult refusal : refusals) {
      HttpRequest.Builder request = requests.get(refusal.group(2));
      assertThat(request).as(refusal.group(2)).isNotNull();

      HttpResponse<String> answer = send(request);

      assertThat(answer.statusCode())
          .as(refusal.group() + answer.body())
          .isEqualTo(Integer.parseInt(refusal.group(1)));
      assertThat(answer.body()).contains(refusal.group(3));
    }
  }

  @Test
  void limits_areThoseOfTheCode() {
    ServerConfig config = ServerConfig.of(Path.of("."));
    Limits limits = Limits.withInflatedBytes(config.maxInflatedBytes());

    assertThat(page)
        .contains(
            "| a body as sent | " + config.maxBodyBytes() + " bytes |",
            "| a body after decompression | " + config.maxInflatedBytes() + " bytes |",
            "| items of one request | " + limits.items() + " |",
            "| attributes of one item | " + limits.attributes() + " |");
  }

  /** A request for each row of the refusals, by what the row says. */
  private Map<String, HttpRequest.Builder> refused() {
    String envelope = "/api/1/envelope/";
    String wrong = "f".repeat(32);
    return Map.ofEntries(
        entry("nothing in the body can be read", keyed(envelope, "nothing")),
        entry(
            "a session without a name",
            bearing("/api/sdk/sessions", KEY, "{\"agentName\":\"a\",\"userId\":\"u\"}")),
        entry("OTLP without a key", posted("/v1/traces", "{}")),
        entry("OTLP with a key that nobody has", bearing("/v1/traces", wrong, "{}")),
        entry("an envelope without a key", posted(envelope, "{}\n")),
        entry(
            "an envelope with a key that nobody has",
            posted(envelope + "?sentry_key=" + wrong, "{}\n")),
        entry("two keys that differ", keyed(envelope + "?sentry_key=" + wrong, "{}\n")),
        entry("a project that is not the key's", keyed("/api/77/envelope/", "{}\n")),
        entry("a key that may only read", bearing("/v1/traces", readKey, "{}")),
        entry("a path that is nobody's", posted("/nowhere", "{}")),
        entry(
            "a method the path does not take",
            request("/v1/traces").PUT(BodyPublishers.ofString("{}"))),
        entry(
            "a body that is too large",
            keyed(envelope, zstdOf(64 * 1024 * 1024 + 1)).header("content-encoding", "zstd")),
        entry("an unknown encoding", keyed(envelope, "{}").header("content-encoding", "lzma")),
        entry(
            "OTLP that is neither protobuf nor JSON",
            bearing("/v1/traces", KEY, "{}").setHeader("content-type", "text/plain")));
  }

  private String accepted(String type, String payload) throws Exception {
    HttpResponse<String> answer =
        send(keyed("/api/1/envelope/", "{}\n{\"type\":\"" + type + "\"}\n" + payload + "\n"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    int kept = Integer.parseInt(answer.headers().firstValue("x-onlooker-accepted").orElse(""));
    int dropped = Integer.parseInt(answer.headers().firstValue("x-onlooker-dropped").orElse(""));
    return kept + " of " + (kept + dropped);
  }

  private List<MatchResult> rows(String columns) {
    return Pattern.compile("(?m)^\\| " + columns + " \\|$").matcher(page).results().toList();
  }

  private HttpRequest.Builder posted(String path, String body) {
    return request(path).POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder keyed(String path, String body) {
    return posted(path, body).header("x-sentry-auth", "Sentry sentry_key=" + KEY);
  }

  private HttpRequest.Builder keyed(String path, byte[] body) {
    return keyed(path, "").POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder bearing(String path, String key, String body) {
    return posted(path, body)
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json");
  }

  private static byte[] zstdOf(int blanks) {
    return com.github.luben.zstd.Zstd.compress(
        " ".repeat(blanks).getBytes(StandardCharsets.US_ASCII));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
