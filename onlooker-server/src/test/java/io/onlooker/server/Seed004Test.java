package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Onlooker;
import io.onlooker.OnlookerOptions;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.export.OtlpExporter;
import io.onlooker.session.Agent;
import io.onlooker.session.AgentCall;
import io.onlooker.session.OnlookerAgents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Seed 004 through the whole line: an agent, the SDK, the wire, the server, its API. */
@Timeout(120)
class Seed004Test {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How the SDK may send. */
  enum Way {
    SESSIONS,
    SENTRY,
    OTLP
  }

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

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
                .withKeys(KEY, TOKEN));
    connect(Way.SESSIONS);
  }

  @AfterEach
  void close() {
    if (onlooker != null) {
      onlooker.close();
    }
    http.close();
    server.close();
  }

  private void connect(Way way) {
    if (onlooker != null) {
      onlooker.close();
    }
    onlooker = Onlooker.create(options -> send(options.pii(true), way));
  }

  private void send(OnlookerOptions options, Way way) {
    String address = "http://127.0.0.1:" + server.port();
    switch (way) {
      case SESSIONS -> options.apiKey(KEY).apiUrl(address);
      case SENTRY -> options.dsn(address.replace("//", "//" + KEY + "@") + "/1");
      case OTLP ->
          options.exporter(
              OtlpExporter.builder(address).header("Authorization", "Bearer " + TOKEN).build());
    }
  }

  /** The seed's support agent: a model call, a tool, a model call. */
  private String generate(String question) {
    model(question, 20, 10);
    onlooker.runSpan(
        SpanOptions.toolCall("lookup-user").input(Map.of("query", question)),
        tool -> tool.output("USR-123 " + question));
    return model(question, 40, 5);
  }

  private String model(String question, long input, long output) {
    return onlooker.startSpan(
        SpanOptions.modelGeneration("gpt-4o-mini", "openai")
            .input(List.of(Map.of("role", "user", "content", question))),
        span -> {
          String answer = "You said: " + question;
          span.set(Usage.of(input, output)).output(answer);
          return answer;
        });
  }

  private Agent<String, String, RuntimeException> support() {
    return OnlookerAgents.instrumentAgent(
        this::generate,
        o ->
            o.onlooker(onlooker)
                .agentName("support-agent")
                .userId("user-42")
                .conversationId("convo-abc-123"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void session_redactedAndWhole(Way way) throws Exception {
    connect(way);

    String answer = support().generate("My email is john@example.com and SSN is 123-45-6789");

    assertThat(answer).contains("john@example.com");
    assertThat(onlooker.flush(PATIENCE)).as(onlooker.lastFailure()).isTrue();
    JsonNode session = sessions().get(0);
    assertThat(session.path("input").asString()).isEqualTo("My email is [EMAIL] and SSN is [SSN]");
    assertThat(session.path("output").asString())
        .isEqualTo("You said: My email is [EMAIL] and SSN is [SSN]");
    assertThat(session.path("agent_name").asString()).isEqualTo("support-agent");
    assertThat(session.path("user_id").asString()).isEqualTo("user-42");
    assertThat(session.path("conversation_id").asString()).isEqualTo("convo-abc-123");
    assertThat(session.path("status").asString()).isEqualTo("completed");
    assertThat(session.path("input_tokens").asInt()).isEqualTo(60);
    assertThat(session.path("output_tokens").asInt()).isEqualTo(15);
    assertThat(session.path("total_tokens").asInt()).isEqualTo(75);
    assertThat(session.path("steps").asInt()).isEqualTo(3);

    JsonNode whole = read("/api/v1/sessions/" + session.path("id").asString());
    assertThat(whole.path("events").valueStream().map(event -> event.path("name").asString()))
        .containsExactly("llm:openai:gpt-4o-mini", "lookup-user", "llm:openai:gpt-4o-mini");
    assertThat(whole.toString()).doesNotContain("john@example.com", "123-45-6789");
    assertThat(whole.path("events").get(1).toString()).contains("[EMAIL]", "[SSN]");
    assertThat(read("/api/v1/pii").path("leaks").toString()).doesNotContain("EMAIL", "SSN");
  }

  @Test
  void rules_areThoseOfTheProject() throws Exception {
    put(
        "{\"patterns\":[{\"name\":\"ORDER\",\"pattern\":\"ORD-\\\\d+\"}],\"kinds\":{\"IP\":\"off\"}}");

    String input = "";
    while (!input.equals("[ORDER] from 203.0.113.9 of [EMAIL]")) {
      support().generate("ORD-12345 from 203.0.113.9 of alice@example.com");
      onlooker.flush(PATIENCE);
      input = sessions().get(0).path("input").asString();
    }

    assertThat(onlooker.lastFailure()).isNull();
  }

  @Test
  void turns_areOneConversation() throws Exception {
    support().generate("Hi, my name is Alice.");
    support().generate("What was my name again?");
    onlooker.flush(PATIENCE);

    assertThat(sessions())
        .hasSize(2)
        .allSatisfy(session ->
            assertThat(session.path("conversation_id").asString()).isEqualTo("convo-abc-123"));
    assertThat(read("/api/v1/conversations/convo-abc-123").toString())
        .contains("Hi, my name is Alice.", "What was my name again?");
  }

  @Test
  void overrides_perCall() throws Exception {
    AgentCall.with(
        call -> call.userId("override-user-id").metadata("priority", "high"),
        () -> support().generate("How can I help?"));
    onlooker.flush(PATIENCE);

    JsonNode session = sessions().get(0);
    assertThat(session.path("user_id").asString()).isEqualTo("override-user-id");
    JsonNode whole = read("/api/v1/sessions/" + session.path("id").asString());
    assertThat(whole.path("attributes").path("metadata.priority").asString()).isEqualTo("high");
  }

  @Test
  void stream_halfAnAddressInEachPiece() throws Exception {
    Agent<String, Stream<String>, RuntimeException> tracked =
        OnlookerAgents.instrumentStream(
            question -> Stream.of("Write to alice@exam", "ple.com"), o -> o.onlooker(onlooker));

    assertThat(tracked.generate("Whom?").toList()).hasSize(2);
    onlooker.flush(PATIENCE);

    assertThat(sessions().get(0).path("output").asString()).isEqualTo("Write to [EMAIL]");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void error_recordedAndRethrown(Way way) throws Exception {
    connect(way);
    IllegalStateException thrown = new IllegalStateException("risky for alice@example.com");
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> {
              throw thrown;
            },
            o -> o.onlooker(onlooker));

    assertThatThrownBy(() -> tracked.generate("Do something risky")).isSameAs(thrown);
    onlooker.flush(PATIENCE);

    JsonNode session = sessions().get(0);
    assertThat(session.path("status").asString()).isEqualTo("failed");
    assertThat(session.path("failure_reason").asString())
        .endsWith("IllegalStateException: risky for [EMAIL]");
  }

  @Test
  void parallelSessions_neverMix() throws Exception {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(this::generate, o -> o.onlooker(onlooker));
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        String name = "customer-" + i + ".";
        answers.add(
            pool.submit(() ->
                AgentCall.with(call -> call.userId(name), () -> tracked.generate("I am " + name))));
      }
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).startsWith("You said"));
    assertThat(onlooker.flush(PATIENCE)).isTrue();

    assertThat(sessions())
        .hasSize(40)
        .allSatisfy(session -> {
          String said = "I am " + session.path("user_id").asString();
          assertThat(session.path("input").asString()).isEqualTo(said);
          assertThat(session.path("output").asString()).isEqualTo("You said: " + said);
          JsonNode whole = read("/api/v1/sessions/" + session.path("id").asString());
          assertThat(whole.path("events").get(1).path("output").asString())
              .isEqualTo("{\"output\":\"USR-123 " + said + "\"}");
        });
  }

  private List<JsonNode> sessions() throws Exception {
    return read("/api/v1/sessions?limit=100").path("sessions").valueStream().toList();
  }

  private JsonNode read(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private void put(String rules) throws Exception {
    HttpRequest request =
        request("/api/v1/pii")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(rules))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + TOKEN);
  }
}
