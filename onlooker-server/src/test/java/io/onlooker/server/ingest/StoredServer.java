package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server over a store on disk that can be sealed and opened again, and a client of it. */
final class StoredServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "token-0123456789abcdef";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private EmbeddedStore store;
  private OnlookerServer server;

  StoredServer(Path folder) throws IOException {
    this.folder = folder;
    this.store = store(StoreConfig.Sealing.USUAL);
    this.server = server();
  }

  private EmbeddedStore store(StoreConfig.Sealing sealing) {
    return EmbeddedStore.open(StoreConfig.of(folder.resolve("store")).withSealing(sealing));
  }

  private OnlookerServer server() throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(null, TOKEN);
    return OnlookerServer.open(config, store);
  }

  void restart() throws IOException {
    server.close();
    store = store(StoreConfig.Sealing.USUAL);
    server = server();
  }

  /** Goes on with everything in a segment. */
  void seal() throws Exception {
    server.close();
    try (EmbeddedStore impatient =
        store(new StoreConfig.Sealing(1, 1 << 20, Duration.ofMillis(1), Duration.ofMillis(1)))) {
      await().until(() -> impatient.stats().segments() > 0);
    }
    store = store(StoreConfig.Sealing.USUAL);
    server = server();
  }

  void post(String path, String body) throws Exception {
    assertThat(sent(path, body)).doesNotContain("rejected");
  }

  private String sent(String path, String body) throws Exception {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = http.send(request(path).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** The attributes of the one span of a trace. */
  JsonNode attributes(String trace, String span) throws Exception {
    for (JsonNode found : get("/api/v1/traces/" + trace).path("spans")) {
      if (found.path("span_id").asString("").equals(span)) {
        return found.path("attributes");
      }
    }
    return JSON.missingNode();
  }

  /** A figure over all spans that a query takes. */
  JsonNode figure(String query, String aggregate) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("q", query);
    body.putArray("aggregates").add(aggregate);
    return JSON.readTree(sent("/api/v1/query", body.toString())).path("rows").path(0).path(0);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + TOKEN);
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
