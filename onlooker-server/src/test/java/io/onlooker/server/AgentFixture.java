package io.onlooker.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Onlooker;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both ends of an instrumented agent: the model that it asks, and the server that hears of it. */
final class AgentFixture implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";

  private static final String TOKEN = "token-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> seen = new HashSet<>();
  private final OnlookerServer server;
  private final Onlooker onlooker;
  private ScriptedModelServer model = ScriptedModelServer.start();

  private AgentFixture(OnlookerServer server) {
    this.server = server;
    this.onlooker = Onlooker.create(options -> options.pii(true).apiKey(KEY).apiUrl(address()));
  }

  static AgentFixture open(Path folder) throws IOException {
    return new AgentFixture(
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN)));
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  Onlooker onlooker() {
    return onlooker;
  }

  /** One that sends every span, where sessions have agents, models and tools alone. */
  Onlooker sendingSpans() {
    String dsn = address().replace("//", "//" + KEY + "@") + "/1";
    return Onlooker.create(options -> options.pii(true).dsn(dsn));
  }

  /** The model of the current script. */
  ScriptedModelServer model() {
    return model;
  }

  /** A new model, which knows these replies alone. */
  void script(Reply... replies) {
    model.close();
    model = ScriptedModelServer.start().reply(replies);
  }

  /** The only session that ended since the last were told. */
  ToldSession session() {
    return sessions(1).get(0);
  }

  /** The sessions that ended since the last were told, oldest first. */
  List<ToldSession> sessions(int expected) {
    List<JsonNode> ended =
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInSameThread()
            .until(this::unseen, sessions -> sessions.size() >= expected && over(sessions));
    assertThat(ended).as(onlooker.lastFailure()).hasSize(expected);
    return ended.stream().map(session -> told(session)).toList();
  }

  private List<JsonNode> unseen() {
    onlooker.flush(PATIENCE);
    return read("/api/v1/sessions?limit=100&sort=started")
        .path("sessions")
        .valueStream()
        .filter(session -> !seen.contains(session.path("id").asString()))
        .toList();
  }

  private static boolean over(List<JsonNode> sessions) {
    return sessions.stream().noneMatch(session -> session.path("ended_at").isNull());
  }

  private ToldSession told(JsonNode session) {
    String id = session.path("id").asString();
    seen.add(id);
    return new ToldSession(
        read("/api/v1/sessions/" + id),
        read("/api/v1/traces/" + session.path("trace_id").asString()).path("spans"));
  }

  /** What the API answers. */
  JsonNode read(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    HttpResponse<String> answer =
        http.sendAsync(request, BodyHandlers.ofString()).orTimeout(30, SECONDS).join();
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    onlooker.close();
    model.close();
    http.close();
    server.close();
  }
}
