package io.onlooker.examples.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Onlooker;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The application over HTTP, with a scripted model, to a real server; read back by its API. */
@Timeout(600)
class SupportApplicationTest {

  @TempDir Path folder;

  @BeforeEach
  void serverIsBuilt() {
    OnlookerProcess.assumeBuilt();
  }

  @Test
  void turns_areSessionsOfAConversation() throws Exception {
    try (ScriptedModelServer models = ScriptedModelServer.start();
        OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      models.reply(
          Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-12345\"}"),
          Reply.text("It was shipped."),
          Reply.toolCall("checkOrder", "{\"orderId\": \"12345\"}"),
          Reply.text("There is no such order."),
          Reply.text("Gladly."));

      try (ConfigurableApplicationContext application = run(models, onlooker)) {
        assertThat(ask(application, "Where is order ORD-12345?")).isEqualTo("It was shipped.");
        assertThat(ask(application, "And order 12345?")).isEqualTo("There is no such order.");
        assertThat(stream(application, "Thanks!")).isEqualTo("Gladly.");
        assertThat(application.getBean(Onlooker.class).flush(Duration.ofSeconds(30))).isTrue();
      }

      assertThat(onlooker.figure(5, "op:gen_ai.chat", "count()")).isEqualTo(5);
      List<JsonNode> sessions =
          onlooker.read("/api/v1/sessions?limit=100").path("sessions").valueStream().toList();
      assertThat(sessions)
          .hasSize(3)
          .allSatisfy(session ->
              assertThat(session.path("conversation_id").asString()).isEqualTo("thread-1"));
      assertThat(statuses(sessions))
          .containsExactlyInAnyOrder("completed", "completed", "recovered");
      for (JsonNode session : sessions) {
        List<JsonNode> spans = spans(onlooker, session);
        if (session.toString().contains("Thanks!")) {
          assertThat(spans.toString()).contains("gen_ai.response.time_to_first_chunk");
        } else {
          assertSpans(session, spans);
        }
      }
      assertThat(models.requests().get(2))
          .as("the memory has the first turn")
          .contains("It was shipped.");
    }
  }

  private static List<JsonNode> spans(OnlookerProcess onlooker, JsonNode session) throws Exception {
    return onlooker
        .read("/api/v1/traces/" + session.path("trace_id").asString())
        .path("spans")
        .valueStream()
        .toList();
  }

  private static void assertSpans(JsonNode session, List<JsonNode> spans) {
    assertThat(session.path("total_tokens").asInt()).isPositive();
    assertThat(spans)
        .extracting(span -> span.path("op").asString())
        .as(spans.toString())
        .contains("gen_ai.invoke_agent", "gen_ai.chat", "gen_ai.execute_tool", "ai.processor");
    assertThat(spans)
        .filteredOn(span -> span.path("op").asString().equals("gen_ai.chat"))
        .hasSize(2);
    assertThat(spans)
        .filteredOn(span -> span.path("op").asString().equals("gen_ai.execute_tool"))
        .singleElement()
        .satisfies(tool -> assertThat(tool.toString()).contains("checkOrder"));
  }

  private static List<String> statuses(List<JsonNode> sessions) {
    return sessions.stream().map(session -> session.path("status").asString()).toList();
  }

  private static ConfigurableApplicationContext run(
      ScriptedModelServer models, OnlookerProcess onlooker) {
    return SpringApplication.run(
        SupportApplication.class,
        "--server.port=0",
        "--spring.ai.openai.api-key=key",
        "--spring.ai.openai.base-url=" + models.uri(),
        "--onlooker.dsn=" + onlooker.dsn());
  }

  private static String stream(ConfigurableApplicationContext application, String question) {
    return String.join(
        "",
        application
            .getBean(ChatClient.class)
            .prompt(question)
            .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, "thread-1"))
            .stream()
            .content()
            .toIterable());
  }

  private static String ask(ConfigurableApplicationContext application, String question)
      throws Exception {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/conversations/thread-1"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(question))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
