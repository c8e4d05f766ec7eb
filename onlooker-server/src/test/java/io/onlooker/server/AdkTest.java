package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.runner.Runner;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import io.onlooker.Onlooker;
import io.onlooker.adk.OnlookerAdk;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Seed 004's full production example, as an agent of Google's ADK, to the server's API. */
@Timeout(120)
class AdkTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";

  private static final RunConfig AT_ONCE = RunConfig.builder().build();
  private static final RunConfig IN_PIECES =
      RunConfig.builder().streamingMode(StreamingMode.SSE).build();

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScriptedModelServer model = ScriptedModelServer.start();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @SuppressWarnings("NullAway.Init")
  private Onlooker onlooker;

  /** What the seed's agent may do. */
  public static final class Tools {

    @Schema(description = "Look up a customer by name or email")
    public static Map<String, Object> lookupUser(@Schema(name = "query") String query) {
      return Map.of("id", "USR-123", "query", query);
    }

    @Schema(description = "Check order status by order ID")
    public static Map<String, Object> checkOrder(@Schema(name = "orderId") String orderId) {
      if (orderId.startsWith("ORD")) {
        throw new IllegalStateException(orderId + ": the carrier does not answer");
      }
      return Map.of("order", orderId);
    }
  }

  @BeforeEach
  void open() throws Exception {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, TOKEN));
    onlooker =
        Onlooker.create(
            options -> options.pii(true).apiKey(KEY).apiUrl("http://127.0.0.1:" + server.port()));
  }

  @AfterEach
  void close() {
    onlooker.close();
    model.close();
    http.close();
    server.close();
  }

  private Runner support() {
    HttpOptions address = HttpOptions.builder().baseUrl(model.origin().toString()).build();
    Client client = Client.builder().apiKey("key").vertexAI(false).httpOptions(address).build();
    LlmAgent agent =
        LlmAgent.builder()
            .name("support")
            .model(new Gemini("gemini-2.5-flash", client))
            .instruction("You are a friendly customer support agent.")
            .tools(
                FunctionTool.create(Tools.class, "lookupUser"),
                FunctionTool.create(Tools.class, "checkOrder"))
            .build();
    Runner runner = new InMemoryRunner(agent, "shop");
    runner
        .sessionService()
        .createSession("shop", "user-42", Map.of(), "thread-1")
        .ignoreElement()
        .blockingAwait();
    return OnlookerAdk.instrumentAgent(
        runner, o -> o.onlooker(onlooker).agentName("customer-support").pii(true));
  }

  @Test
  void production_twoTurnsAndAStream() throws Exception {
    model.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("I could not find out."),
        Reply.text("Write to alice@example.com."));
    Runner support = support();

    ask(support, "I need help with my account. My email is alice@example.com", AT_ONCE);
    ask(support, "What's the status of order ORD-12345?", AT_ONCE);
    ask(support, "Give me a summary.", IN_PIECES);

    assertThat(onlooker.flush(Duration.ofSeconds(30))).as(onlooker.lastFailure()).isTrue();
    List<JsonNode> sessions =
        read("/api/v1/sessions?limit=100").path("sessions").valueStream().toList();
    assertThat(sessions)
        .hasSize(3)
        .allSatisfy(session -> {
          assertThat(session.path("agent_name").asString()).isEqualTo("customer-support");
          assertThat(session.path("user_id").asString()).isEqualTo("user-42");
          assertThat(session.path("conversation_id").asString()).isEqualTo("thread-1");
        });
    JsonNode first = session(sessions, "Hi Alice.");
    assertThat(first.path("input").asString())
        .isEqualTo("I need help with my account. My email is [EMAIL]");
    assertThat(first.path("status").asString()).isEqualTo("completed");
    assertThat(first.path("total_tokens").asInt()).isEqualTo(50);
    assertThat(first.path("cost_usd").isNull()).isFalse();
    assertThat(events(first))
        .containsExactly(
            "llm:gcp.gemini:gemini-2.5-flash", "lookupUser", "llm:gcp.gemini:gemini-2.5-flash");
    assertThat(whole(first).toString()).doesNotContain("alice@example.com").contains("[EMAIL]");
    assertThat(session(sessions, "I could not find out.").path("status").asString())
        .isEqualTo("recovered");
    assertThat(session(sessions, "Write to [EMAIL].").path("steps").asInt()).isEqualTo(1);
    assertThat(read("/api/v1/conversations/thread-1").toString())
        .contains("What's the status of order ORD-12345?", "Give me a summary.");
  }

  private static void ask(Runner support, String question, RunConfig config) {
    Content message = Content.builder().role("user").parts(Part.fromText(question)).build();
    support.runAsync("user-42", "thread-1", message, config).blockingSubscribe();
  }

  private static JsonNode session(List<JsonNode> sessions, String output) {
    return sessions.stream()
        .filter(session -> session.path("output").asString().equals(output))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sessions + " (expected: output " + output + ")"));
  }

  private JsonNode whole(JsonNode session) throws Exception {
    return read("/api/v1/sessions/" + session.path("id").asString());
  }

  private List<String> events(JsonNode session) throws Exception {
    return whole(session)
        .path("events")
        .valueStream()
        .map(event -> event.path("name").asString())
        .toList();
  }

  private JsonNode read(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
