package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trying out rules, and replaying with them. */
class PiiCommandsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final String ALL_TIME = "from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z";
  private static final String RULES =
      "{\"kinds\":{\"EMAIL\":\"mask\"},\"patterns\":[{\"name\":\"ORDER\",\"pattern\":\"ORD-\\\\d+\"}]}";

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }

  private int run(String text, String... arguments) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return Main.run(Map.of(), arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void test_showsBeforeAfterAndCounts() {
    int code = run("My email is john@example.com and SSN is 123-45-6789\n", "pii", "test");

    assertThat(code).isZero();
    assertThat(printed().lines())
        .containsExactly(
            "before:",
            "My email is john@example.com and SSN is 123-45-6789",
            "after:",
            "My email is [EMAIL] and SSN is [SSN]",
            "found:",
            "EMAIL 1",
            "SSN 1");
  }

  @Test
  void test_asJsonByOwnRules() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.json"), RULES);

    int code =
        run(
            "{\"to\":\"a@b.example\",\"order\":\"ORD-17\",\"password\":\"x\"}",
            "pii",
            "test",
            "--json",
            "--pii-rules",
            rules.toString());

    assertThat(code).isZero();
    JsonNode answer = JsonMapper.shared().readTree(printed());
    assertThat(answer.path("after").asString())
        .isEqualTo("{\"to\":\"*@*.*******\",\"order\":\"[ORDER]\",\"password\":\"[SECRET]\"}");
    assertThat(answer.path("counts").toString())
        .isEqualTo("{\"EMAIL\":1,\"ORDER\":1,\"SECRET\":1}");
  }

  @Test
  void test_nothingFound() {
    assertThat(run("version 1.2.3", "pii", "test")).isZero();
    assertThat(printed()).contains("found:", "nothing");
  }

  @Test
  void rules_bad() throws Exception {
    Path rules = folder.resolve("rules.json");
    assertThat(run("x", "pii", "test", "--pii-rules", rules.toString())).isEqualTo(2);
    assertThat(printed()).contains("pii-rules: ", "(expected: a readable file)");

    Files.writeString(rules, "{\"patterns\":[{\"name\":\"A\",\"pattern\":\"(a\"}]}");
    assertThat(run("x", "pii", "test", "--pii-rules", rules.toString())).isEqualTo(2);
    assertThat(printed()).contains("pattern \"(a\" at 0");
  }

  @Test
  void replay_recordedRequest_isRedactedOnItsWay() throws Exception {
    Path request =
        Files.writeString(
            folder.resolve("one.otlp.json"),
            """
            {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"spans":[{
             "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
             "name":"invoke_agent support","startTimeUnixNano":"1795164425000000000",
             "endTimeUnixNano":"1795164426000000000","attributes":[
              {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
              {"key":"gen_ai.agent.name","value":{"stringValue":"support"}},
              {"key":"input","value":{"stringValue":"I am john@example.com, 123-45-6789"}},
              {"key":"password","value":{"stringValue":"hunter2"}}]}]}]}]}
            """);
    try (OnlookerServer server = open()) {
      int code = Main.run(Map.of(), "replay", "--pii", "--dsn", dsn(server), request.toString());

      assertThat(code).as(printed()).isZero();
      JsonNode session = get(server, "/api/v1/sessions?" + ALL_TIME).path("sessions").path(0);
      assertThat(session.path("input").asString()).isEqualTo("I am [EMAIL], [SSN]");
      assertThat(session.path("agent_name").asString()).isEqualTo("support");
      assertThat(session.path("trace_id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      JsonNode trace = get(server, "/api/v1/traces/0af7651916cd43dd8448eb211c80319c");
      assertThat(trace.toString()).contains("[SECRET]").doesNotContain("hunter2", "john@");
      assertThat(printed()).contains("redacted {EMAIL=1, SECRET=1, SSN=1}");
    }
  }

  @Test
  void replay_recordedEvents_areRedactedOnTheirWay() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            "{\"patterns\":[{\"name\":\"TOWN\",\"pattern\":\"Lisbon\"}]}");
    try (OnlookerServer server = open()) {
      int code =
          Main.run(
              Map.of(),
              "replay",
              "--pii-rules",
              rules.toString(),
              "--dsn",
              dsn(server),
              "src/test/resources/events/agentTools3step.new.events.jsonl");

      assertThat(code).as(printed()).isZero();
      JsonNode session =
          get(server, "/api/v1/sessions?from=2026-01-01T00:00:00Z&to=2030-01-01T00:00:00Z")
              .path("sessions")
              .path(0);
      assertThat(session.path("input").asString())
          .isEqualTo("What is the weather in [TOWN], also in Fahrenheit?");
    }
  }

  private OnlookerServer open() throws Exception {
    return OnlookerServer.open(
        ServerConfig.of(folder.resolve("data"))
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, TOKEN));
  }

  private static String dsn(OnlookerServer server) {
    return "http://" + KEY + "@127.0.0.1:" + server.port() + "/1";
  }

  private static JsonNode get(OnlookerServer server, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + TOKEN).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }
}
