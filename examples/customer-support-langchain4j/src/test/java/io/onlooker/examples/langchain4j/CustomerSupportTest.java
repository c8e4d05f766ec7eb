package io.onlooker.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.examples.testing.SentSpan;
import io.onlooker.test.CaptureServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The application in a process of its own, with the scripted model. */
@Timeout(180)
class CustomerSupportTest {

  @TempDir Path folder;

  @Test
  void spans_onTheWire_areTheOnesOfTheSeed() throws Exception {
    try (CaptureServer sentry = CaptureServer.start()) {
      assertThat(run(sentry.dsn())).contains("Hello Alice", "ORD-12345 was shipped");

      List<SentSpan> spans = new ArrayList<>();
      while (spans.size() < 10) {
        spans.addAll(SentSpan.take(sentry, "invoke_agent customer-support"));
      }
      assertThat(spans)
          .extracting(SentSpan::name)
          .containsExactlyInAnyOrder(
              "invoke_agent customer-support",
              "chat gpt-4o-mini",
              "execute_tool lookup-user",
              "chat gpt-4o-mini",
              "invoke_agent customer-support",
              "chat gpt-4o-mini",
              "execute_tool check-order",
              "chat gpt-4o-mini",
              "invoke_agent customer-support",
              "chat gpt-4o-mini");
      assertThat(spans)
          .extracting(SentSpan::op)
          .containsOnly("gen_ai.invoke_agent", "gen_ai.chat", "gen_ai.execute_tool");
      assertThat(spans.toString()).contains("[EMAIL]").doesNotContain("alice@example.com");
    }
  }

  @Test
  void sessions_areOneConversationOfTheUser() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      run(onlooker.dsn());

      assertThat(
              onlooker.figures(
                  3, "op:gen_ai.invoke_agent", "sum(gen_ai.usage.total_tokens)", "user.id"))
          .containsExactly(Map.entry("user-42", 1565.0));
      assertThat(onlooker.figures(5, "op:gen_ai.chat", "count()", "gen_ai.request.model"))
          .containsExactly(Map.entry("gpt-4o-mini", 5.0));
      assertThat(onlooker.figures(2, "op:gen_ai.execute_tool", "count()", "gen_ai.tool.name"))
          .containsOnly(Map.entry("lookup-user", 1.0), Map.entry("check-order", 1.0));
      List<JsonNode> sessions =
          onlooker.read("/api/v1/sessions?limit=10").path("sessions").valueStream().toList();
      assertThat(sessions)
          .hasSize(3)
          .allSatisfy(session -> {
            assertThat(session.path("agent_name").asString()).isEqualTo("customer-support");
            assertThat(session.path("user_id").asString()).isEqualTo("user-42");
            assertThat(session.path("status").asString()).isEqualTo("completed");
            assertThat(session.path("cost_usd").asDouble(0)).isPositive();
          })
          .extracting(session -> session.path("conversation_id").asString())
          .containsOnly(sessions.get(0).path("conversation_id").asString());
      assertThat(sessions.toString()).contains("[EMAIL]").doesNotContain("alice@example.com");
    }
  }

  private static String run(String dsn) throws Exception {
    try (ExampleProcess application =
        ExampleProcess.start(CustomerSupportApplication.class, dsn, Map.of())) {
      return application.done();
    }
  }
}
