package io.onlooker.server.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients of the sessions API send comes back from the read API; real HTTP, real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsApiTest {

  private static final String OPEN =
      "{\"id\":\"%s\",\"name\":\"n\",\"agentName\":\"desk\",\"userId\":\"u\"}";

  @SuppressWarnings("NullAway.Init")
  private SessionClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    client = new SessionClient(folder);
  }

  @AfterAll
  void stop() {
    client.close();
  }

  @Test
  void recording_ofTypeScript() throws Exception {
    String id = client.replay("typescript.jsonl");

    JsonNode session = client.session(id);
    assertThat(id).startsWith("sess_");
    assertThat(session.path("id").asString()).isEqualTo(id);
    assertThat(session.path("name").asString()).isEqualTo("Customer Support Request");
    assertThat(session.path("agent_name").asString()).isEqualTo("customer-support");
    assertThat(session.path("user_id").asString()).isEqualTo("user-42");
    assertThat(session.path("conversation_id").asString()).isEqualTo("convo-abc-123");
    assertThat(session.path("status").asString()).isEqualTo("completed");
    assertThat(session.path("input").asString()).isEqualTo("Look up user USR-123");
    assertThat(session.path("output").asString()).isEqualTo("Alice is on the pro plan.");
    assertThat(session.path("duration_ms").asDouble()).isEqualTo(3500);
    assertThat(session.path("input_tokens").asInt()).isEqualTo(667);
    assertThat(session.path("total_tokens").asInt()).isEqualTo(706);
    assertThat(session.path("cost_usd").asDouble()).isEqualTo(0.00012345);
    assertThat(session.path("steps").asInt()).isEqualTo(3);
    assertThat(names(session))
        .containsExactly("llm:openai:gpt-4o-mini", "lookup-user", "llm:openai:gpt-4o-mini");
    assertThat(session.path("events").get(0).path("input").asString())
        .isEqualTo("Look up user USR-123");
    assertThat(session.path("events").get(1).path("input").asString())
        .isEqualTo("{\"userId\":\"USR-123\"}");
    assertThat(session.path("events").get(2).path("output").asString())
        .isEqualTo("Alice is on the pro plan.");
    assertThat(session.path("attributes").path("custom_metrics.satisfaction").asDouble())
        .isEqualTo(4.5);
    assertThat(session.path("attributes").path("metadata.ticketId").asString())
        .isEqualTo("TKT-789");
    assertThat(session.path("attributes").path("gen_ai.cost.total_tokens").asDouble())
        .isEqualTo(0.00012345);
  }

  @Test
  void recording_ofPython() throws Exception {
    String id = client.replay("python.jsonl");

    JsonNode session = client.session(id);
    assertThat(session.path("status").asString()).isEqualTo("failed");
    assertThat(session.path("failure_reason").asString())
        .contains("check_order timed out after 30 s");
    assertThat(session.path("duration_ms").asDouble()).isEqualTo(33_000);
    assertThat(session.path("input").asString()).isEqualTo("Where is ORD-12345?");
    assertThat(session.path("total_tokens").asInt()).isEqualTo(2000);
    assertThat(session.path("failed_steps").asInt()).isEqualTo(1);
    assertThat(names(session))
        .containsExactly("llm_decision", "check_order", "llm:anthropic:claude-3-5-sonnet-20241022");
    JsonNode decision = session.path("events").get(0);
    assertThat(decision.path("output").asString()).startsWith("The customer names an order");
    JsonNode failed = session.path("events").get(1);
    assertThat(failed.path("status").asString()).isEqualTo("error");
    assertThat(failed.path("error").asString())
        .isEqualTo("TimeoutError: check_order timed out after 30 s");
    assertThat(session.path("events").get(2).path("duration_ms").asInt()).isEqualTo(1400);
  }

  @Test
  void answers_inTheClientsWords() throws Exception {
    JsonNode opened =
        client.post(
            "/api/sdk/sessions",
            """
            {"id":"words","name":"Request","agentName":"desk","userId":"user_123",
             "convoId":"c","parentSessionId":"p","metadata":{"a":{"b":1}}}\
            """);
    JsonNode event =
        client.post(
            "/api/sdk/events",
            "{\"sessionId\":\"words\",\"eventType\":\"tool_call\",\"toolName\":\"search\"}");
    JsonNode closed =
        client.patch("words", "{\"status\":\"completed\",\"success\":true,\"durationMs\":3500}");

    assertThat(opened.path("createdAt").asString()).endsWith("Z");
    ((ObjectNode) opened).remove("createdAt");
    assertThat(opened.toString())
        .isEqualTo(
            "{\"id\":\"words\",\"name\":\"Request\",\"agentName\":\"desk\","
                + "\"userId\":\"user_123\",\"convoId\":\"c\",\"parentSessionId\":\"p\","
                + "\"metadata\":{\"a\":{\"b\":1}},\"status\":\"active\"}");
    assertThat(event.path("id").asString()).startsWith("evt_");
    assertThat(event.path("toolName").asString()).isEqualTo("search");
    assertThat(event.path("createdAt").asString()).endsWith("Z");
    assertThat(closed.path("status").asString()).isEqualTo("completed");
    assertThat(closed.path("durationMs").asInt()).isEqualTo(3500);
    assertThat(closed.path("completedAt").asString()).endsWith("Z");
    assertThat(client.session("words").path("parent_session_id").asString()).isEqualTo("p");
  }

  @Test
  void patch_beforePost() throws Exception {
    client.patch("late", "{\"status\":\"completed\",\"durationMs\":20,\"promptTokens\":7}");
    client.post("/api/sdk/sessions", OPEN.formatted("late"));

    JsonNode session = client.session("late");
    assertThat(session.path("status").asString()).isEqualTo("completed");
    assertThat(session.path("agent_name").asString()).isEqualTo("desk");
    assertThat(session.path("name").asString()).isEqualTo("n");
    assertThat(session.path("duration_ms").asDouble()).isEqualTo(20);
    assertThat(session.path("input_tokens").asInt()).isEqualTo(7);
  }

  @Test
  void event_beforeItsSession() throws Exception {
    client.post(
        "/api/sdk/events",
        "{\"sessionId\":\"early\",\"eventType\":\"tool_call\",\"toolName\":\"look\"}");
    String before = client.session("early").path("status").asString();
    client.post("/api/sdk/sessions", OPEN.formatted("early"));

    JsonNode session = client.session("early");
    assertThat(before).isEqualTo("running");
    assertThat(session.path("agent_name").asString()).isEqualTo("desk");
    assertThat(names(session)).containsExactly("look");
  }

  @Test
  void sameIds_countOnce() throws Exception {
    String event =
        "{\"id\":\"e1\",\"sessionId\":\"twice\",\"eventType\":\"tool_call\","
            + "\"toolName\":\"look\",\"durationMs\":5}";

    JsonNode first = client.post("/api/sdk/sessions", OPEN.formatted("twice"));
    JsonNode firstEvent = client.post("/api/sdk/events", event);
    JsonNode again = client.post("/api/sdk/sessions", OPEN.formatted("twice"));
    JsonNode againEvent = client.post("/api/sdk/events", event);

    assertThat(again).isEqualTo(first);
    assertThat(againEvent).isEqualTo(firstEvent);
    assertThat(names(client.session("twice"))).containsExactly("look");
    assertThat(client.read("/api/v1/sessions?q=id:twice").path("sessions")).hasSize(1);
  }

  @Test
  void latestValue_ofEachFieldCounts() throws Exception {
    client.post("/api/sdk/sessions", OPEN.formatted("fields"));
    client.patch(
        "fields",
        "{\"status\":\"completed\",\"durationMs\":100,\"promptTokens\":10,"
            + "\"completionTokens\":5,\"totalTokens\":99,\"metadata\":{\"a\":1,\"b\":1}}");
    client.patch("fields", "{\"promptTokens\":20,\"metadata\":{\"b\":2},\"region\":\"eu\"}");
    client.patch("fields", "{\"status\":\"running\",\"agentName\":\"other\"}");

    JsonNode completed = client.session("fields");
    client.patch("fields", "{\"success\":false,\"failureReason\":\"wrong order\"}");
    JsonNode failed = client.session("fields");

    assertThat(completed.path("status").asString()).isEqualTo("completed");
    assertThat(completed.path("agent_name").asString()).isEqualTo("other");
    assertThat(completed.path("user_id").asString()).isEqualTo("u");
    assertThat(completed.path("duration_ms").asDouble()).isEqualTo(100);
    assertThat(completed.path("input_tokens").asInt()).isEqualTo(20);
    assertThat(completed.path("output_tokens").asInt()).isEqualTo(5);
    assertThat(completed.path("total_tokens").asInt()).isEqualTo(25);
    assertThat(completed.path("attributes").path("metadata.a").asInt()).isEqualTo(1);
    assertThat(completed.path("attributes").path("metadata.b").asInt()).isEqualTo(2);
    assertThat(completed.path("attributes").path("region").asString()).isEqualTo("eu");
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(failed.path("failure_reason").asString()).isEqualTo("wrong order");
    assertThat(failed.path("duration_ms").asDouble()).isEqualTo(100);
  }

  @Test
  void event_ofAnotherKind() throws Exception {
    client.post("/api/sdk/sessions", OPEN.formatted("kinds"));
    client.post(
        "/api/sdk/events",
        "{\"sessionId\":\"kinds\",\"eventType\":\"state_change\","
            + "\"stateAfter\":{\"cart\":2},\"mood\":\"calm\"}");

    JsonNode session = client.session("kinds");
    String trace = session.path("trace_id").asString();
    JsonNode event = client.read("/api/v1/traces/" + trace).path("spans").get(1);
    assertThat(session.path("events").get(0).path("type").asString()).isEqualTo("state_change");
    assertThat(event.path("op").asString()).isEqualTo("state_change");
    assertThat(event.path("attributes").path("state.after").asString()).isEqualTo("{\"cart\":2}");
    assertThat(event.path("attributes").path("mood").asString()).isEqualTo("calm");
  }

  @Test
  void cancelled() throws Exception {
    client.post("/api/sdk/sessions", OPEN.formatted("stopped"));

    client.patch("stopped", "{\"status\":\"cancelled\"}");

    assertThat(client.session("stopped").path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void times_ofTheClient() throws Exception {
    client.post(
        "/api/sdk/sessions",
        "{\"id\":\"clock\",\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"u\","
            + "\"startedAt\":\"2026-11-20T10:00:00Z\"}");
    client.post(
        "/api/sdk/events",
        "{\"sessionId\":\"clock\",\"eventType\":\"tool_call\",\"toolName\":\"t\","
            + "\"startedAt\":1795168801000,\"durationMs\":250}");
    client.patch("clock", "{\"status\":\"completed\",\"completedAt\":\"2026-11-20T10:00:02.5Z\"}");

    JsonNode session = client.session("clock");
    assertThat(session.path("started_at").asString()).isEqualTo("2026-11-20T10:00:00Z");
    assertThat(session.path("duration_ms").asDouble()).isEqualTo(2500);
    assertThat(session.path("events").get(0).path("started_at").asString())
        .isEqualTo("2026-11-20T10:00:01Z");
    assertThat(session.path("events").get(0).path("duration_ms").asDouble()).isEqualTo(250);
  }

  @Test
  void batch_badLinesLoseNoNeighbours() throws Exception {
    String body =
        """
        {"op":"session.open","id":"b1","name":"n","agentName":"a","userId":"u"}
        not json
        {"op":"event","sessionId":"b1","eventType":"tool_call","toolName":"one","durationMs":900}
        {"op":"event","sessionId":"b1","eventType":"tool_call","toolName":"two","confidence":7}

        {"op":"event","sessionId":"b1","eventType":"tool_call","toolName":"three","durationMs":10}
        {"op":"session.update","id":"b1","metadata":{"k":"v"}}
        {"op":"score","sessionId":"b1","name":"helpful","value":0.9}
        {"op":"fly"}
        {"op":"session.close","id":"b1","success":false,"failureReason":"no stock"}
        """;

    HttpResponse<String> sent = client.send("POST", "/api/sdk/batch", body);

    JsonNode session = client.session("b1");
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("x-onlooker-accepted")).contains("6");
    assertThat(sent.headers().firstValue("x-onlooker-dropped")).contains("3");
    assertThat(sent.body())
        .startsWith("{\"accepted\":6,\"dropped\":3,\"results\":[{\"line\":1,")
        .contains("{\"line\":2,\"status\":400,")
        .contains("\"message\":\"confidence: 7 (expected: a number from 0 to 1)\"")
        .contains("{\"line\":9,\"op\":\"fly\",\"status\":400,");
    assertThat(names(session)).containsExactly("one", "three");
    assertThat(session.path("status").asString()).isEqualTo("failed");
    assertThat(session.path("failure_reason").asString()).isEqualTo("no stock");
    assertThat(session.path("attributes").path("score.helpful").asDouble()).isEqualTo(0.9);
  }

  @Test
  void batch_withNothingReadable() throws Exception {
    HttpResponse<String> bad = client.send("POST", "/api/sdk/batch", "{\"op\":\"fly\"}\n");
    HttpResponse<String> empty = client.send("POST", "/api/sdk/batch", "\n");

    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("\"error\":", "\"message\":\"line 1: op: ");
    assertThat(empty.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST  | /api/sdk/sessions   | {"agentName":"a"}                         | name: missing
          POST  | /api/sdk/sessions   | {"name":"n"}                              | agentName: missing
          POST  | /api/sdk/sessions   | {"name":"n","agentName":"a"}              | userId: missing
          POST  | /api/sdk/sessions   | {"name":{},"agentName":"a"}               | name: {}
          POST  | /api/sdk/sessions   | {"id":"a/b","name":"n","agentName":"a"}   | id: a/b
          POST  | /api/sdk/sessions   | [1]                                       | an object
          POST  | /api/sdk/sessions   | {"name":                                  | not JSON
          POST  | /api/sdk/sessions   |                                           | empty
          PATCH | /api/sdk/sessions/x | {"status":"flying"}                       | status: "flying"
          PATCH | /api/sdk/sessions/x | {"promptTokens":-1}                       | promptTokens: -1
          PATCH | /api/sdk/sessions/x | {"promptTokens":1.5}                      | promptTokens: 1.5
          PATCH | /api/sdk/sessions/x | {"durationMs":1e300}                      | durationMs: 1E+300
          PATCH | /api/sdk/sessions/x | {"estimatedCost":"much"}                  | estimatedCost: "much"
          PATCH | /api/sdk/sessions/x | {"success":"yes"}                         | success: "yes"
          PATCH | /api/sdk/sessions/x | {"customMetrics":{"m":"x"}}               | customMetrics.m: "x"
          PATCH | /api/sdk/sessions/x | {"metadata":7}                            | metadata: 7
          PATCH | /api/sdk/sessions/x | {"endedAt":-5}                            | endedAt: -5.0
          PATCH | /api/sdk/sessions/x | {"endedAt":1e40}                          | endedAt:
          PATCH | /api/sdk/sessions/x | {"endedAt":"soon"}                        | endedAt: soon
          POST  | /api/sdk/events     | {"eventType":"error"}                     | sessionId: missing
          POST  | /api/sdk/events     | {"sessionId":"x"}                         | eventType: missing
          POST  | /api/sdk/events     | {"sessionId":"x","eventType":"a b"}       | eventType: "a b"
          POST  | /api/sdk/events     | {"sessionId":"x","eventType":"e","startedAt":20,"endedAt":10} | endedAt: 10000 ms before
          """)
  void badInput_isNamed(String method, String path, String body, String problem) throws Exception {
    HttpResponse<String> sent = client.send(method, path, body == null ? "" : body);

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(400);
    assertThat(sent.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(sent.body()).contains("\"error\":\"Not readable\"", "\"title\":");
    assertThat(sent.body().replace("\\\"", "\"")).contains(problem);
  }

  @Test
  void badBytes() throws Exception {
    byte[] latin = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xE9, '"', '}'};
    String deep = "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

    HttpResponse<String> notUtf8 =
        client.send(
            client
                .request("/api/sdk/sessions", SessionClient.KEY)
                .POST(BodyPublishers.ofByteArray(latin)));
    HttpResponse<String> nested = client.send("POST", "/api/sdk/sessions", deep);

    assertThat(notUtf8.statusCode()).isEqualTo(400);
    assertThat(nested.statusCode()).isEqualTo(400);
    assertThat(nested.body()).contains("deeper than 200 levels");
  }

  @Test
  void keys() throws Exception {
    String body = OPEN.formatted("keys");

    assertThat(status("/api/sdk/sessions", "unknown-0123456789", body)).isEqualTo(401);
    assertThat(status("/api/sdk/sessions", SessionClient.TOKEN, body)).isEqualTo(200);
    HttpResponse<String> sentrials =
        client.send(
            HttpRequest.newBuilder(client.request("/api/otel/v1/traces", "").build().uri())
                .header("x-sentrial-api-key", SessionClient.KEY)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"resourceSpans\":[]}")));
    assertThat(sentrials.statusCode()).isEqualTo(200);
  }

  @Test
  void concurrentSessions_neverMix() throws Exception {
    List<Callable<String>> agents = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String id = "mix-" + i;
      agents.add(() -> run(id));
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> ran : threads.invokeAll(agents)) {
        JsonNode session = client.session(ran.get());
        String id = session.path("id").asString();
        assertThat(session.path("user_id").asString()).isEqualTo("user " + id);
        assertThat(session.path("input").asString()).isEqualTo("input " + id);
        assertThat(names(session)).containsExactly(id + "-0", id + "-1", id + "-2", id + "-3");
      }
    }
  }

  @Test
  void conversation_hasItsSessionsInOrder() throws Exception {
    for (String id : List.of("turn-1", "turn-2")) {
      client.post(
          "/api/sdk/sessions",
          "{\"id\":\"%s\",\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"u\",\"convoId\":\"talk\"}"
              .formatted(id));
      client.patch(id, "{\"status\":\"completed\",\"userInput\":\"in %s\"}".formatted(id));
    }

    JsonNode conversation = client.read("/api/v1/conversations/talk");
    JsonNode all = client.read("/api/v1/conversations");

    assertThat(conversation.path("id").asString()).isEqualTo("talk");
    assertThat(conversation.path("user_id").asString()).isEqualTo("u");
    assertThat(texts(conversation.path("sessions"), "id")).containsExactly("turn-1", "turn-2");
    assertThat(texts(conversation.path("sessions"), "input"))
        .containsExactly("in turn-1", "in turn-2");
    assertThat(texts(all.path("conversations"), "id")).contains("talk");
  }

  @Test
  void page_showsItAsATracedOne() throws Exception {
    String id = client.replay("typescript.jsonl");

    HttpRequest signIn = HttpRequest.newBuilder(URI.create(client.server().signInLink())).build();
    HttpResponse<Void> signedIn = client.http.send(signIn, BodyHandlers.discarding());
    String cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    String page = page("/p/default/sessions/" + id, cookie);
    String list = page("/p/default/sessions", cookie);

    assertThat(page)
        .contains("customer-support", "lookup-user", "gpt-4o-mini", "Alice is on the pro plan.");
    assertThat(list).contains("/p/default/sessions/" + id);
  }

  @Test
  void restart_losesNothing(@TempDir Path folder) throws Exception {
    try (SessionClient restarted = new SessionClient(folder)) {
      restarted.post("/api/sdk/sessions", OPEN.formatted("kept"));
      restarted.post(
          "/api/sdk/events",
          "{\"sessionId\":\"kept\",\"eventType\":\"tool_call\",\"toolName\":\"one\"}");
      restarted.restart();
      restarted.post(
          "/api/sdk/events",
          "{\"sessionId\":\"kept\",\"eventType\":\"tool_call\",\"toolName\":\"two\"}");
      restarted.patch("kept", "{\"status\":\"completed\",\"userInput\":\"hello\"}");
      restarted.restart();

      JsonNode session = restarted.session("kept");
      assertThat(session.path("agent_name").asString()).isEqualTo("desk");
      assertThat(session.path("status").asString()).isEqualTo("completed");
      assertThat(session.path("input").asString()).isEqualTo("hello");
      assertThat(names(session)).containsExactly("one", "two");
    }
  }

  private String page(String path, String cookie) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(client.address() + path)).header("cookie", cookie);
    HttpResponse<String> page = client.send(request);
    assertThat(page.statusCode()).as(path).isEqualTo(200);
    return page.body();
  }

  private String run(String id) throws Exception {
    client.post(
        "/api/sdk/sessions",
        "{\"id\":\"%s\",\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"user %s\"}"
            .formatted(id, id));
    for (int i = 0; i < 4; i++) {
      client.post(
          "/api/sdk/events",
          "{\"sessionId\":\"%s\",\"eventType\":\"tool_call\",\"toolName\":\"%s-%d\"}"
              .formatted(id, id, i));
    }
    client.patch(id, "{\"status\":\"completed\",\"userInput\":\"input %s\"}".formatted(id));
    return id;
  }

  private int status(String path, String key, String body) throws Exception {
    return client.send(client.request(path, key).POST(BodyPublishers.ofString(body))).statusCode();
  }

  private static List<String> names(JsonNode session) {
    return texts(session.path("events"), "name");
  }

  private static List<String> texts(JsonNode list, String field) {
    return list.valueStream().map(one -> one.path(field).asString()).toList();
  }
}
