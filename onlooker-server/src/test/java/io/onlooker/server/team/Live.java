package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server over a folder, asked and told over HTTP as a client does. */
final class Live implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String TOKEN = "an-admin-token-of-the-test";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private OnlookerServer server;

  Live(Path folder) throws IOException {
    this.folder = folder;
    this.server = open();
  }

  private OnlookerServer open() throws IOException {
    return OnlookerServer.open(
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, TOKEN));
  }

  /** Closes the server and opens another over what it left. */
  void restart() throws IOException {
    server.close();
    server = open();
  }

  /** Sends spans as OpenTelemetry's exporters do. */
  void spans(Span... spans) throws IOException, InterruptedException {
    expect(200, ask(KEY, "POST", "/v1/traces", Span.body(List.of(spans))));
  }

  /** Sends calls of the sessions API, one a line. */
  void batch(String lines) throws IOException, InterruptedException {
    expect(200, ask(KEY, "POST", "/api/sdk/batch", lines));
  }

  /** Sends log records as OpenTelemetry's exporters do. */
  void logs(String... records) throws IOException, InterruptedException {
    String body =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + String.join(",", records)
            + "]}]}]}";
    expect(200, ask(KEY, "POST", "/v1/logs", body));
  }

  /** Sends what a Sentry client sent once. */
  void envelope(String resource) throws IOException, InterruptedException {
    try (InputStream bytes = Live.class.getResourceAsStream(resource)) {
      byte[] body = Objects.requireNonNull(bytes, resource).readAllBytes();
      envelope(body);
    }
  }

  void envelope(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/1/envelope/?sentry_key=" + KEY))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    expect(200, client.send(request, BodyHandlers.ofString()));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json(expect(200, ask(TOKEN, "GET", path, "")));
  }

  int status(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return ask(token, method, path, body).statusCode();
  }

  /** The answer to a request that must succeed. */
  JsonNode tell(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(TOKEN, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return json(answer);
  }

  /** What an answer that refuses says. */
  String refused(int status, String method, String path, String body)
      throws IOException, InterruptedException {
    return json(expect(status, ask(TOKEN, method, path, body))).get("detail").asString();
  }

  /** Figures of a query over all time. */
  JsonNode query(String q, String aggregate) throws IOException, InterruptedException {
    String body =
        "{\"q\":%s,\"aggregates\":[%s],\"from\":\"1971-01-01\",\"to\":\"2100-01-01\"}"
            .formatted(quoted(q), quoted(aggregate));
    return tell("POST", "/api/v1/query", body).get("rows").get(0).get(0);
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> ask(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    server.address()
                        + path.replace(" ", "%20").replace(">", "%3E").replace("\"", "%22")))
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
