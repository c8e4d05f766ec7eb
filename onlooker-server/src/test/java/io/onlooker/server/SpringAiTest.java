package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.Onlooker;
import io.onlooker.springai.OnlookerObservationHandler;
import io.onlooker.springai.OnlookerSpringAi;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Seed 004's full production example, as a chat client of Spring AI's, to the server's API. */
@Timeout(120)
class SpringAiTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScriptedModelServer model = ScriptedModelServer.start();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @SuppressWarnings("NullAway.Init")
  private Onlooker onlooker;

  /** The seed's tools. */
  static final class Tools {

    @Tool(description = "Look up a customer by name or email")
    String lookupUser(String query) {
      return "USR-123 " + query;
    }

    @Tool(description = "Check order status by order ID")
    String checkOrder(String orderId) {
      if (orderId.startsWith("ORD")) {
        throw new IllegalStateException(orderId + ": the carrier does not answer");
      }
      return orderId;
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

  private ChatClient support() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new OnlookerObservationHandler(onlooker));
    OpenAiChatModel chat =
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .apiKey("key")
                    .baseUrl(model.uri().toString())
                    .model("gpt-4o-mini")
                    .maxRetries(0)
                    .build())
            .observationRegistry(registry)
            .build();
    ToolCallingManager tools = ToolCallingManager.builder().observationRegistry(registry).build();
    ChatClient client =
        ChatClient.builder(
                chat, registry, null, null, ToolCallingAdvisor.builder().toolCallingManager(tools))
            .defaultSystem("You are a friendly customer support agent.")
            .defaultTools(new Tools())
            .defaultAdvisors(
                MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
            .build();
    return OnlookerSpringAi.instrumentAgent(
        client, o -> o.onlooker(onlooker).agentName("customer-support").pii(true));
  }

  private static ChatClient.ChatClientRequestSpec ask(ChatClient support, String question) {
    return support
        .prompt(question)
        .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "thread-1"))
        .advisors(OnlookerSpringAi.call(call -> call.userId("user-42")));
  }

  @Test
  void production_twoTurnsAndAStream() throws Exception {
    model.reply(
        Reply.toolCall("lookupUser", "{\"query\": \"alice@example.com\"}"),
        Reply.text("Hi Alice."),
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
        Reply.text("I could not find out."),
        Reply.text("Write to alice@example.com."));
    ChatClient support = support();

    String account =
        ask(support, "I need help with my account. My email is alice@example.com").call().content();
    String order = ask(support, "What's the status of order ORD-12345?").call().content();
    ask(support, "Give me a summary.").stream().content().blockLast(Duration.ofSeconds(30));

    assertThat(Arrays.asList(account, order)).containsExactly("Hi Alice.", "I could not find out.");
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
    assertThat(events(first))
        .containsExactly("llm:openai:gpt-4o-mini", "lookupUser", "llm:openai:gpt-4o-mini");
    assertThat(whole(first).toString()).doesNotContain("alice@example.com").contains("[EMAIL]");
    JsonNode second = session(sessions, "I could not find out.");
    assertThat(second.path("status").asString()).isEqualTo("recovered");
    assertThat(whole(second).path("events").get(1).toString())
        .contains("the carrier does not answer");
    assertThat(session(sessions, "Write to [EMAIL].").path("steps").asInt()).isEqualTo(1);
    assertThat(read("/api/v1/conversations/thread-1").toString())
        .contains("What's the status of order ORD-12345?", "Give me a summary.");
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
