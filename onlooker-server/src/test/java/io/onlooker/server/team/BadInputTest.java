package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What cannot be, contradicts itself, or is far more than usual: kept, and shown for what it is.
 */
@SuppressWarnings("TimeInStaticInitializer")
class BadInputTest {

  private final Instant began = Instant.now().minusSeconds(3000);
  private static final String SESSION = "/api/v1/sessions/" + Span.hex(16, 100);

  @SuppressWarnings("NullAway.Init")
  private Live live;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    live = new Live(folder);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void tokensThatCannotBe_countNothingAndCostNothing() throws Exception {
    live.spans(
        Span.agent(1, "Support", began),
        Span.chat(1, 1, "gpt-4o", -50, 10, began),
        Span.chat(1, 2, "gpt-4o", 4_000_000_000_000_000_000L, 10, began),
        Span.chat(1, 3, "gpt-4o", 1000, 100, began));

    JsonNode session = live.get(SESSION);

    assertThat(session.get("input_tokens").intValue()).isEqualTo(1000);
    assertThat(session.get("cost_usd").doubleValue()).isCloseTo(0.0035, within(1e-9));
    assertThat(session.get("cost_is_lower_bound").booleanValue()).isTrue();
    assertThat(live.get(SESSION + "/cost").get("calls_without_price").intValue()).isEqualTo(2);
    JsonNode missing = live.get("/api/v1/prices/missing").get("missing");
    assertThat(missing.valueStream().map(one -> one.get("reason").asString()))
        .containsExactlyInAnyOrder("negative token count", "absurd token count");
  }

  @Test
  void contradictingUpdates_theLastWordOfAnEndedSpanHolds() throws Exception {
    Span agent = Span.agent(1, "Support", began);
    live.spans(agent.failed("E", "no"));
    live.spans(agent.lasting(5000));
    live.spans(agent.lasting(5000));

    JsonNode session = live.get(SESSION);

    assertThat(session.get("status").asString()).isEqualTo("completed");
    assertThat(session.get("duration_ms").intValue()).isEqualTo(5000);
    assertThat(live.get("/api/v1/issues").get("issues").isEmpty()).isTrue();
  }

  @Test
  void sessionOfFiftyThousandSteps_isOneSession() throws Exception {
    live.spans(Span.agent(1, "Support", began).lasting(60_000));
    List<Span> steps = new ArrayList<>();
    for (int step = 1; step <= 50_000; step++) {
      Span tool = many(step);
      steps.add(step % 10_000 == 0 ? tool.failed("Timeout", "step " + step) : tool);
      if (steps.size() == 10_000) {
        live.spans(steps.toArray(Span[]::new));
        steps.clear();
      }
    }

    JsonNode list = live.get("/api/v1/sessions").get("sessions");
    JsonNode issues = live.get("/api/v1/issues").get("issues");

    assertThat(list.size()).isEqualTo(1);
    assertThat(list.get(0).get("steps").intValue()).isEqualTo(50_000);
    assertThat(list.get(0).get("failed_steps").intValue()).isEqualTo(5);
    assertThat(issues.size()).isEqualTo(1);
    assertThat(issues.get(0).get("failures").intValue()).isEqualTo(5);
  }

  private Span many(int step) {
    return new Span(
            Span.hex(32, 1),
            Span.hex(16, 1_000_000L + step),
            Span.hex(16, 100),
            "execute_tool",
            began.plusMillis(step),
            1,
            null,
            java.util.Map.of())
        .with("gen_ai.operation.name", "execute_tool")
        .with("gen_ai.tool.name", "check_order");
  }

  @Test
  void conversationOfTwentyThousandTurns_isPagedAndCounted() throws Exception {
    List<Span> turns = new ArrayList<>();
    for (int turn = 1; turn <= 20_000; turn++) {
      turns.add(
          Span.agent(turn, "Support", began.plusMillis(turn * 10L))
              .with("gen_ai.conversation.id", "long")
              .with("user.id", "ann"));
      if (turns.size() == 10_000) {
        live.spans(turns.toArray(Span[]::new));
        turns.clear();
      }
    }

    JsonNode talk = live.get("/api/v1/conversations/long?limit=1000");
    JsonNode next =
        live.get("/api/v1/conversations/long?limit=1000&cursor=" + talk.get("cursor").asString());

    assertThat(talk.get("turns").intValue()).isEqualTo(20_000);
    assertThat(talk.get("sessions").size()).isEqualTo(1000);
    assertThat(next.get("sessions").get(0).get("id").asString())
        .isEqualTo(Span.hex(16, 1001 * 100L));
    assertThat(live.get("/api/v1/conversations").get("conversations").size()).isEqualTo(1);
  }
}
