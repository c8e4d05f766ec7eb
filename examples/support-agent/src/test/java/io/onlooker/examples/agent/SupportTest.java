package io.onlooker.examples.agent;

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

/** The agent and its customers in processes of their own. */
@Timeout(180)
class SupportTest {

  private static final String AGENT = "invoke_agent Customer Support Agent";
  private static final String CHAT = "chat custom-model-v2";
  private static final String TOOL = "execute_tool search_knowledge_base";
  private static final String HAND_OFF = "handoff from Customer Support Agent to Billing Agent";

  @TempDir Path folder;

  @Test
  void spans_onTheWire_areTheOnesOfTheSeed() throws Exception {
    try (CaptureServer sentry = CaptureServer.start()) {
      run(sentry.dsn());

      List<SentSpan> spans = new ArrayList<>();
      while (all(AGENT, spans).size() < 8) {
        spans.addAll(SentSpan.take(sentry));
      }

      assertThat(all(AGENT, spans))
          .allSatisfy(agent -> {
            assertThat(agent.op()).isEqualTo("gen_ai.invoke_agent");
            assertThat(agent.origin()).isEqualTo("manual.ai.custom-llm");
          })
          .anySatisfy(page ->
              assertThat(page.attributes())
                  .containsKeys(
                      "gen_ai.request.messages",
                      "gen_ai.response.model",
                      "gen_ai.response.text",
                      "gen_ai.response.id",
                      "gen_ai.usage.total_tokens",
                      "conversation.turn",
                      "conversation.session_id",
                      "conversation.tools_used",
                      "conversation.resolution_status"))
          .anySatisfy(agent ->
              assertThat(agent.attributes())
                  .containsKeys(
                      "gen_ai.request.available_tools",
                      "gen_ai.response.text",
                      "gen_ai.response.id",
                      "gen_ai.usage.total_tokens",
                      "conversation.session_id",
                      "conversation.tools_used",
                      "conversation.resolution_status",
                      "conversation.cost_estimate_usd"))
          .anySatisfy(failed -> {
            assertThat(failed.status()).isEqualTo("internal_error");
            assertThat(failed.text("error.type")).isEqualTo("ModelException");
          });
      assertModelAndTool(spans);
      assertHandOff(spans);
    }
  }

  private static void assertModelAndTool(List<SentSpan> spans) {
    SentSpan tool = SentSpan.named(TOOL, spans);
    assertThat(tool.op()).isEqualTo("gen_ai.execute_tool");
    assertThat(tool.attributes())
        .containsKeys(
            "gen_ai.tool.name",
            "gen_ai.tool.type",
            "gen_ai.tool.input",
            "gen_ai.tool.output",
            "search.query");
    assertThat(tool.text("search.query")).isEqualTo("Can I return a jacket?");
    assertThat(all(CHAT, spans))
        .hasSize(6)
        .allSatisfy(chat -> {
          assertThat(chat.op()).isEqualTo("gen_ai.request");
          assertThat(chat.text("gen_ai.operation.name")).isEqualTo("summarize");
          assertThat(chat.text("gen_ai.system")).isEqualTo("custom-llm");
          assertThat(chat.attributes())
              .containsKeys(
                  "gen_ai.request.messages",
                  "gen_ai.request.temperature",
                  "gen_ai.request.max_tokens");
        })
        .filteredOn(chat -> chat.attributes().containsKey("gen_ai.response.tool_calls"))
        .hasSize(2)
        .allSatisfy(chat ->
            assertThat(chat.attributes())
                .containsKeys(
                    "gen_ai.response.id",
                    "gen_ai.response.model",
                    "gen_ai.usage.input_tokens",
                    "gen_ai.usage.output_tokens",
                    "gen_ai.usage.total_tokens"));
  }

  private static void assertHandOff(List<SentSpan> spans) {
    SentSpan handOff = SentSpan.named(HAND_OFF, spans);
    SentSpan billing = SentSpan.named("invoke_agent Billing Agent", spans);
    assertThat(handOff.op()).isEqualTo("gen_ai.handoff");
    assertThat(billing.parent()).isEqualTo(handOff.parent());
    assertThat(billing.text("conversation.session_id")).isEqualTo("session_1");
  }

  @Test
  void metricsToMonitor_areAnswered() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      run(onlooker.dsn());

      assertThat(
              onlooker.figures(
                  9,
                  "op:gen_ai.invoke_agent",
                  "p95(span.duration)",
                  "conversation.resolution_status"))
          .containsKeys("answered", "resolved", "escalated")
          .allSatisfy((status, millis) -> assertThat(millis).isPositive());
      assertThat(
              onlooker.figures(
                  6, "op:gen_ai.request", "sum(gen_ai.usage.total_tokens)", "gen_ai.request.model"))
          .hasEntrySatisfying("custom-model-v2", tokens -> assertThat(tokens).isGreaterThan(200));
      assertThat(onlooker.figures(1, "op:gen_ai.execute_tool", "count()", "gen_ai.tool.name"))
          .containsExactly(Map.entry("search_knowledge_base", 1.0));
      assertThat(
              onlooker.figure(9, "op:gen_ai.invoke_agent", "sum(conversation.cost_estimate_usd)"))
          .isBetween(0.000_1, 0.1);
      assertThat(
              onlooker.figures(
                  4,
                  "op:gen_ai.invoke_agent has:gen_ai.request.available_tools",
                  "count()",
                  "conversation.resolution_status"))
          .contains(
              Map.entry("answered", 1.0), Map.entry("resolved", 1.0), Map.entry("escalated", 1.0));
      assertThat(onlooker.figures(16, "op:gen_ai.*", "failure_rate()", "op"))
          .hasEntrySatisfying("gen_ai.request", rate -> assertThat(rate).isEqualTo(1.0 / 6))
          .containsEntry("gen_ai.execute_tool", 0.0)
          .hasEntrySatisfying("gen_ai.invoke_agent", rate -> assertThat(rate).isEqualTo(2.0 / 9));
      assertThat(onlooker.figures(6, "op:gen_ai.request", "count()", "gen_ai.conversation.id"))
          .containsEntry("session_1", 5.0);
    }
  }

  private static void run(String dsn) throws Exception {
    try (ExampleProcess backend = ExampleProcess.start(SupportBackend.class, dsn, Map.of());
        ExampleProcess customers =
            ExampleProcess.start(Customers.class, dsn, Map.of(), backend.address().toString())) {
      customers.done();
    }
  }

  private static List<SentSpan> all(String name, List<SentSpan> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }
}
