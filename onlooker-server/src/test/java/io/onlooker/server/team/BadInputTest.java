package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
  void sessionOfFiftyThousandSteps_opensWithItsCostAlsoAfterARestart() throws Exception {
    live.spans(Span.agent(1, "Support", began).lasting(60_000));
    List<Span> steps = new ArrayList<>();
    for (int step = 1; step <= 50_000; step++) {
      Span tool = step % 10 == 5 ? call(step) : many(step);
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
    live.restart();
    JsonNode session = live.get(SESSION);
    assertThat(session.get("events").size()).isEqualTo(50_000);
    assertThat(session.get("status").asString()).isEqualTo("recovered");
    assertThat(session.get("input_tokens").intValue()).isEqualTo(5_000 * 1_000);
    assertThat(session.get("cost_usd").doubleValue()).isCloseTo(5_000 * 0.0035, within(1e-6));
    JsonNode cost = live.get(SESSION + "/cost");
    assertThat(cost.get("calls").size()).isEqualTo(5_000);
    assertThat(cost.get("calls").valueStream().map(call -> call.get("cost_usd").asString()))
        .containsOnly("0.0035");
    assertThat(live.get("/api/v1/traces/" + Span.hex(32, 1)).get("spans").size()).isEqualTo(50_001);
  }

  private Span call(int step) {
    Span tool = many(step);
    Span call = Span.chat(1, 1, "gpt-4o", 1_000, 100, tool.start());
    return new Span(
        tool.trace(),
        tool.id(),
        tool.parent(),
        call.name(),
        tool.start(),
        1,
        null,
        call.attributes());
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

    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = live.get("/api/v1/conversations/long?limit=1000" + cursor);
      assertThat(page.get("turns").intValue()).isEqualTo(20_000);
      assertThat(page.get("sessions").size()).isEqualTo(1000);
      page.get("sessions").forEach(turn -> ids.add(turn.get("id").asString()));
      cursor = page.get("cursor").isNull() ? null : "&cursor=" + page.get("cursor").asString();
    }

    assertThat(ids)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 20_000).mapToObj(turn -> Span.hex(16, turn * 100L)).toList());
    assertThat(live.get("/api/v1/conversations").get("conversations").size()).isEqualTo(1);
  }

  @Test
  void conversationIdOfTwoUsers_isOneTalkThatNamesBoth() throws Exception {
    live.spans(
        Span.agent(1, "Support", began)
            .with("gen_ai.conversation.id", "shared")
            .with("user.id", "ann"),
        Span.chat(1, 1, "gpt-4o", 1000, 100, began),
        Span.agent(2, "Support", began.plusSeconds(9))
            .with("gen_ai.conversation.id", "shared")
            .with("user.id", "bob"),
        Span.chat(2, 1, "gpt-4o", 3000, 100, began.plusSeconds(9)));

    JsonNode talk = live.get("/api/v1/conversations/shared");

    assertThat(talk.get("users").valueStream().map(JsonNode::asString))
        .containsExactly("ann", "bob");
    assertThat(talk.get("sessions").valueStream().map(turn -> turn.get("user_id").asString()))
        .containsExactly("ann", "bob");
    assertThat(talk.get("input_tokens").intValue()).isEqualTo(4000);
    assertThat(live.get("/api/v1/users/ann").get("input_tokens").intValue()).isEqualTo(1000);
    assertThat(live.get("/api/v1/users/bob").get("input_tokens").intValue()).isEqualTo(3000);
  }

  @Test
  void turnsOfClocksThatCannotBe_standInTheirOrderAndSaySo() throws Exception {
    live.spans(
        turn(1, began).lasting(60_000),
        turn(2, began.plusSeconds(30)),
        turn(3, began.plusSeconds(100)),
        Span.tool(3, 1, "check_order", began.plusSeconds(80)),
        turn(4, began.plusSeconds(200)),
        turn(5, Instant.now().plusSeconds(7200)));

    JsonNode turns = live.get("/api/v1/conversations/skewed").get("sessions");

    assertThat(turns.valueStream().map(turn -> turn.get("clock").asString("none")))
        .containsExactly("none", "overlaps", "contradicts_itself", "none", "ahead");
    assertThat(turns.valueStream().map(turn -> turn.get("clock_skew_ms").asDouble(0)))
        .containsExactly(0.0, 0.0, 20_000.0, 0.0, 0.0);
    assertThat(live.get("/api/v1/sessions/" + Span.hex(16, 300)).get("clock_skew_ms").intValue())
        .isEqualTo(20_000);
    assertThat(live.get("/api/v1/sessions/" + Span.hex(16, 100)).get("clock_skew_ms").isNull())
        .isTrue();
  }

  private static Span turn(int number, Instant start) {
    return Span.agent(number, "Support", start).with("gen_ai.conversation.id", "skewed");
  }

  @Test
  void ownPricesOfOverlappingDays_areRefusedAndTheFirstHolds() throws Exception {
    String price = "{\"provider\":\"openai\",\"model\":\"house\",\"input\":%d,\"valid_to\":%s}";
    live.tell("PUT", "/api/v1/prices/first", price.formatted(1, "null"));

    String refusal =
        live.refused(409, "PUT", "/api/v1/prices/second", price.formatted(2, "\"2100-01-01\""));
    live.spans(Span.agent(1, "Support", began), Span.chat(1, 1, "house", 1_000_000, 0, began));

    assertThat(refusal).contains("row first");
    assertThat(live.get(SESSION).get("cost_usd").doubleValue()).isEqualTo(1);
  }
}
