package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.server.web.Browser;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.sentry.ISpan;
import io.sentry.ITransaction;
import io.sentry.ScopesAdapter;
import io.sentry.Sentry;
import io.sentry.SpanStatus;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that others wrote, as they are, send to our server; what comes out is read again. */
@Timeout(400)
class ClientsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScriptedModelServer model = ScriptedModelServer.start();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeEach
  void open() throws Exception {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN));
  }

  @AfterEach
  void close() {
    model.close();
    http.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sentry10", "sentry11"})
  void sentryNode_withOpenAi(String version) throws Exception {
    NodeClients.install();
    model.reply(Reply.text("On its way.").tokens(120, 8), Reply.error(500, "overloaded"));

    NodeClients.node(environment(), "sentry-openai.mjs", version);

    JsonNode session = session();
    assertThat(session.path("agent_name").asString()).isEqualTo("Support");
    assertThat(session.path("conversation_id").asString()).isEqualTo("talk-1");
    assertThat(session.path("steps").asInt()).isEqualTo(3);
    assertThat(session.path("failed_steps").asInt()).isEqualTo(1);
    assertThat(session.path("total_tokens").asInt()).isEqualTo(128);
    assertThat(session.path("cost_usd").isNumber()).isTrue();
    List<JsonNode> spans = trace(session);
    JsonNode agent = one(spans, "gen_ai.invoke_agent");
    List<JsonNode> chats = all(spans, "gen_ai.chat");
    assertThat(chats).extracting(ClientsTest::status).containsExactlyInAnyOrder("ok", "error");
    assertThat(chats).extracting(ClientsTest::parent).containsOnly(id(agent));
    assertThat(parent(one(spans, "gen_ai.execute_tool"))).isEqualTo(id(agent));
    assertThat(all(spans, "http.client")).hasSize(2);
    assertThat(attribute(chats.getFirst(), "gen_ai.input.messages")).contains("Where is ORD-6?");
  }

  @Test
  void mastra_throughSentry() throws Exception {
    List<JsonNode> spans = mastra("sentry");

    JsonNode agent = one(spans, "gen_ai.invoke_agent");
    JsonNode chat = one(spans, "gen_ai.chat");
    assertThat(parent(chat)).isEqualTo(id(agent));
    assertThat(attribute(chat, "gen_ai.usage.total_tokens")).isEqualTo("238");
    assertThat(attribute(chat, "gen_ai.operation.type")).isEqualTo("ai_client");
  }

  @Test
  void mastra_throughOpenTelemetry() throws Exception {
    List<JsonNode> spans = mastra("otel");

    JsonNode agent = one(spans, "gen_ai.invoke_agent");
    assertThat(agent.path("parent_span_id").isNull()).isTrue();
    List<JsonNode> chats = all(spans, "gen_ai.chat");
    assertThat(chats)
        .extracting(chat -> attribute(chat, "gen_ai.usage.total_tokens"))
        .containsExactlyInAnyOrder("110", "128");
    assertThat(attribute(agent, "service.name")).isEqualTo("shop");
  }

  /** One run with one tool call, as either exporter tells it. */
  private List<JsonNode> mastra(String exporter) throws Exception {
    NodeClients.install();
    model.reply(
        Reply.toolCall("check_order", "{\"orderId\":\"ORD-6\"}").tokens(100, 10),
        Reply.text("On its way.").tokens(120, 8));

    NodeClients.node(environment(), "mastra.mjs", exporter);

    JsonNode session = session();
    assertThat(session.path("agent_name").asString()).isEqualTo("Support");
    assertThat(session.path("user_id").asString()).isEqualTo("user-42");
    assertThat(session.path("status").asString()).isEqualTo("completed");
    assertThat(session.path("output").asString()).isEqualTo("On its way.");
    assertThat(session.path("input_tokens").asInt()).isEqualTo(220);
    assertThat(session.path("output_tokens").asInt()).isEqualTo(18);
    List<JsonNode> spans = trace(session);
    JsonNode tool = one(spans, "gen_ai.execute_tool");
    assertThat(attribute(tool, "gen_ai.tool.name")).isEqualTo("check_order");
    assertThat(attribute(tool, "gen_ai.tool.call.arguments")).contains("ORD-6");
    return spans;
  }

  @Test
  void sentryBrowser_inChromium() throws Exception {
    NodeClients.install();
    String page = "<!doctype html><title>shop</title><script>" + script() + "</script>";
    Routes routes = new Routes().get("/", _ -> Response.html(200, page));

    try (RouteServer shop = RouteServer.start(routes);
        Browser browser = Browser.open()) {
      browser.go(shop.url("/?dsn=" + URLEncoder.encode(dsn(), StandardCharsets.UTF_8)));
      // The page load ends, for Sentry, when nothing has happened for a while.
      await().atMost(Duration.ofSeconds(40)).until(() -> !all(spans(), "pageload").isEmpty());
    }

    List<JsonNode> spans = spans();
    JsonNode checkout = one(spans, "ui.action");
    assertThat(parent(checkout)).isEqualTo(id(one(spans, "pageload")));
    assertThat(attribute(checkout, "cart.item_count")).isEqualTo("3");
    assertThat(attribute(checkout, "release")).isEqualTo("shop-front@1");
  }

  private static String script() throws Exception {
    return NodeClients.bundle("browser.js").replace("</script", "<\\/script");
  }

  @Test
  void sentryJava() throws Exception {
    String dsn = dsn();
    // snippet: sentry-java
    Sentry.init(options -> {
      options.setDsn(dsn); // http://KEY@localhost:8600/1
      options.setTracesSampleRate(1.0);
      options.setRelease("shop@1");
      options.setEnvironment("qa");
    });
    // end
    try {
      ITransaction agent = Sentry.startTransaction("invoke_agent Support", "gen_ai.invoke_agent");
      agent.setData("gen_ai.agent.name", "Support");
      ISpan chat = agent.startChild("gen_ai.chat", "chat gpt-4o-mini");
      chat.setData("gen_ai.request.model", "gpt-4o-mini");
      chat.setData("gen_ai.usage.input_tokens", 120);
      chat.setData("gen_ai.usage.output_tokens", 8);
      chat.finish(SpanStatus.OK);
      agent.startChild("gen_ai.execute_tool", "check_order").finish(SpanStatus.DEADLINE_EXCEEDED);
      agent.finish(SpanStatus.OK);
      ScopesAdapter.getInstance().flush(10_000);
    } finally {
      Sentry.close();
    }

    JsonNode session = session();
    assertThat(session.path("status").asString()).isEqualTo("recovered");
    assertThat(session.path("total_tokens").asInt()).isEqualTo(128);
    assertThat(session.path("release").asString()).isEqualTo("shop@1");
    List<JsonNode> spans = trace(session);
    assertThat(status(one(spans, "gen_ai.execute_tool"))).isEqualTo("error");
    assertThat(parent(one(spans, "gen_ai.chat"))).isEqualTo(id(one(spans, "gen_ai.invoke_agent")));
  }

  private Map<String, String> environment() {
    return Map.of(
        "SENTRY_DSN",
        dsn(),
        "MODEL_URL",
        model.uri().toString(),
        "OTLP_URL",
        "http://127.0.0.1:" + server.port() + "/v1/traces",
        "KEY",
        KEY);
  }

  private String dsn() {
    return "http://" + KEY + "@127.0.0.1:" + server.port() + "/1";
  }

  /** The one session there is. */
  private JsonNode session() throws Exception {
    JsonNode sessions = read("/api/v1/sessions").path("sessions");
    assertThat(sessions).hasSize(1);
    return sessions.get(0);
  }

  private List<JsonNode> trace(JsonNode session) throws Exception {
    String id = session.path("trace_id").asString();
    return list(read("/api/v1/traces/" + id).path("spans"));
  }

  private List<JsonNode> spans() throws Exception {
    return list(read("/api/v1/spans").path("spans"));
  }

  private JsonNode read(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<JsonNode> all(List<JsonNode> spans, String op) {
    return spans.stream().filter(span -> span.path("op").asString("").equals(op)).toList();
  }

  private static JsonNode one(List<JsonNode> spans, String op) {
    List<JsonNode> found = all(spans, op);
    assertThat(found).as(op).hasSize(1);
    return found.getFirst();
  }

  private static String id(JsonNode span) {
    return span.path("span_id").asString();
  }

  private static String parent(JsonNode span) {
    return span.path("parent_span_id").asString("");
  }

  private static String status(JsonNode span) {
    return span.path("status").asString();
  }

  private static String attribute(JsonNode span, String name) {
    return span.path("attributes").path(name).asString("");
  }
}
