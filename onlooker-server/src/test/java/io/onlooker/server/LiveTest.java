package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What runs is shown while it runs: our own SDK, a real server, events over real HTTP. */
@Timeout(120)
class LiveTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Later clock = new Later();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @SuppressWarnings("NullAway.Init")
  private Onlooker onlooker;

  @BeforeEach
  void open() throws Exception {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withClock(clock)
                .withKeys(KEY, TOKEN));
    onlooker = sdk(KEY);
  }

  @AfterEach
  void close() {
    onlooker.close();
    http.close();
    server.close();
  }

  @Test
  void span_running() throws Exception {
    try (EventReader events = listen("/api/v1/live?events=span", TOKEN)) {
      Span agent = agent("Support");

      JsonNode started = data(events.next("span.started"));
      assertThat(started.path("span_id").asString()).isEqualTo(agent.spanId());
      assertThat(started.path("status").asString()).isEqualTo("running");
      assertThat(started.path("kind").asString()).isEqualTo("agent");
      assertThat(started.path("end").isNull()).isTrue();

      agent.setAttribute("order.id", "ORD-6").update();
      assertThat(data(events.next("span.updated")).path("span_id").asString())
          .isEqualTo(agent.spanId());

      agent.end();
      JsonNode ended = data(events.next("span.ended"));
      assertThat(ended.path("span_id").asString()).isEqualTo(agent.spanId());
      assertThat(ended.path("duration_ms").asDouble()).isPositive();
    }
  }

  @Test
  void session_running() throws Exception {
    try (EventReader events = listen("/api/v1/live?events=session&agent=Support", TOKEN)) {
      Span other = agent("Billing");
      Span agent = agent("Support");
      JsonNode started = data(events.next("session.started"));
      assertThat(started.path("agent_name").asString()).isEqualTo("Support");
      assertThat(started.path("status").asString()).isEqualTo("running");

      tool(agent).end();
      JsonNode updated = data(events.next("session.updated"));
      assertThat(updated.path("steps").asInt()).isEqualTo(1);

      agent.end();
      other.end();
      JsonNode ended = data(events.next("session.ended"));
      assertThat(ended.path("status").asString()).isEqualTo("completed");
      assertThat(ended.path("id")).isEqualTo(started.path("id"));
    }
  }

  @Test
  void session_silent() throws Exception {
    Span agent = agent("Support");
    String id = agent.spanId();
    awaitStatus(id, "running");

    clock.forward(Duration.ofMinutes(11));

    awaitStatus(id, "lost");
    clock.forward(Duration.ofMinutes(-11));
    agent.end();
    awaitStatus(id, "completed");
  }

  @Test
  void filter_kind() throws Exception {
    try (EventReader events = listen("/api/v1/live?events=span&kind=tool", TOKEN)) {
      Span agent = agent("Support");
      tool(agent).end();
      agent.end();

      JsonNode first = data(events.next("span.ended"));
      assertThat(first.path("kind").asString()).isEqualTo("tool");
    }
  }

  @Test
  void filter_session() throws Exception {
    Span one = agent("Support");
    Span other = agent("Support");
    awaitStatus(one.spanId(), "running");

    try (EventReader events = listen("/api/v1/live?events=span&session=" + one.spanId(), TOKEN)) {
      tool(other).end();
      Span tool = tool(one);
      tool.end();
      assertThat(data(events.next("span.ended")).path("span_id").asString())
          .isEqualTo(tool.spanId());
    }
    one.end();
    other.end();
  }

  @Test
  void connection_lost() throws Exception {
    String last;
    try (EventReader events = listen("/api/v1/live?events=span", TOKEN)) {
      agent("First").end();
      last = events.next("span.ended").id();
    }
    agent("Second").end();
    awaitSpans(2);

    try (EventReader events = listen("/api/v1/live?events=span", TOKEN, last)) {
      assertThat(data(events.next("span.ended")).path("agent_name").asString()).isEqualTo("Second");
    }
  }

  @Test
  void connection_lostToAnotherServer() throws Exception {
    try (EventReader events = listen("/api/v1/live", TOKEN, "feedbeef-17")) {
      assertThat(data(events.next("gap")).path("missed").isNull()).isTrue();
    }
  }

  @Test
  void key_thatOnlySends() throws Exception {
    assertThat(status("/api/v1/live", KEY)).isEqualTo(403);
    assertThat(status("/api/v1/live", "nobody")).isEqualTo(401);
    assertThat(status("/api/v1/live?kind=robot", TOKEN)).isEqualTo(400);
    assertThat(status("/api/v1/live?session=none", TOKEN)).isEqualTo(404);
  }

  private Span agent(String name) {
    return onlooker.startInactiveSpan(SpanOptions.agentRun(name));
  }

  private Span tool(Span agent) {
    return onlooker.startInactiveSpan(SpanOptions.toolCall("check_order").parent(agent));
  }

  private Onlooker sdk(String key) {
    return Onlooker.create(
        options -> options.dsn("http://" + key + "@127.0.0.1:" + server.port() + "/1"));
  }

  private void awaitStatus(String session, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(read("/api/v1/sessions/" + session).path("status").asString())
                .isEqualTo(status));
  }

  private void awaitSpans(int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(read("/api/v1/spans?range=1h").path("spans").size()).isEqualTo(count));
  }

  private JsonNode read(String path) throws Exception {
    HttpResponse<String> answer = http.send(request(path, TOKEN).build(), BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }

  private int status(String path, String token) throws Exception {
    return http.send(request(path, token).build(), BodyHandlers.ofString()).statusCode();
  }

  private EventReader listen(String path, String token) throws Exception {
    return EventReader.open(http, request(path, token).build());
  }

  private EventReader listen(String path, String token, String last) throws Exception {
    return EventReader.open(http, request(path, token).header("Last-Event-ID", last).build());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + token);
  }

  private static JsonNode data(EventReader.Event event) {
    return JSON.readTree(event.data());
  }

  /** The real time, moved. */
  private static final class Later extends Clock {

    private volatile Duration by = Duration.ZERO;

    void forward(Duration duration) {
      by = by.plus(duration);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
