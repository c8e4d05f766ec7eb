package io.onlooker.server.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Prices that a project sets, and what they make of calls that came before. */
@SuppressWarnings("TimeInStaticInitializer")
class OwnPricesTest {

  private final Instant began = Instant.now().minusSeconds(600);
  private static final String PRICE =
      "{\"provider\":\"openai\",\"model\":\"house-model\",\"input\":2,\"output\":8%s}";

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

  private void run(int number, String model) throws Exception {
    live.spans(
        Span.agent(number, "Support", began),
        Span.chat(number, 1, model, 1_000_000, 1_000_000, began));
  }

  private JsonNode session(int number) throws Exception {
    return live.get("/api/v1/sessions/" + Span.hex(16, number * 100L));
  }

  private void reprice() throws Exception {
    live.tell("POST", "/api/v1/prices/reprice", "");
    await().until(() -> live.get("/api/v1/prices/reprice").get("state").asString().equals("done"));
  }

  @Test
  void ownPrice_countsForCallsFromThenOn() throws Exception {
    run(1, "house-model");
    live.tell("PUT", "/api/v1/prices/house", PRICE.formatted(""));
    run(2, "house-model");
    live.restart();
    run(3, "house-model");

    assertThat(session(1).get("cost_usd").isNull()).isTrue();
    assertThat(session(2).get("cost_usd").doubleValue()).isEqualTo(10);
    assertThat(session(3).get("cost_usd").doubleValue()).isEqualTo(10);
    assertThat(live.get("/api/v1/prices").get("own").get(0).get("id").asString())
        .isEqualTo("house");
  }

  @Test
  void ownPrice_ofAKnownModel_countsInsteadOfOurs() throws Exception {
    live.tell(
        "PUT",
        "/api/v1/prices/deal",
        "{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"input\":1,\"output\":1}");
    run(1, "gpt-4o");
    live.tell("DELETE", "/api/v1/prices/deal", "");
    run(2, "gpt-4o");

    assertThat(session(1).get("cost_usd").doubleValue()).isEqualTo(2);
    assertThat(session(2).get("cost_usd").doubleValue()).isEqualTo(12.5);
    JsonNode versions = live.get("/api/v1/prices/deal/versions").get("versions");
    assertThat(versions.size()).isEqualTo(2);
    assertThat(versions.get(0).get("price").isNull()).isTrue();
    assertThat(versions.get(1).get("price").get("input").intValue()).isEqualTo(1);
  }

  @Test
  void missingPrices_areListedUntilTheyAreSet() throws Exception {
    run(1, "house-model");
    run(2, "house-model");

    JsonNode missing = live.get("/api/v1/prices/missing").get("missing").get(0);

    assertThat(missing.get("model").asString()).isEqualTo("house-model");
    assertThat(missing.get("reason").asString()).isEqualTo("no row");
    assertThat(missing.get("calls").intValue()).isEqualTo(2);
    assertThat(missing.get("tokens").longValue()).isEqualTo(4_000_000);
    assertThat(Instant.parse(missing.get("first_seen").asString())).isBefore(Instant.now());
    live.tell("PUT", "/api/v1/prices/house", PRICE.formatted(""));
    reprice();
    assertThat(live.get("/api/v1/prices/missing").get("missing").isEmpty()).isTrue();
  }

  @Test
  void history_isPricedAgain_sessionsAndSpansAlike() throws Exception {
    for (int i = 1; i <= 3; i++) {
      run(i, "house-model");
    }
    run(4, "gpt-4o");
    live.restart();
    live.tell("PUT", "/api/v1/prices/house", PRICE.formatted(""));

    reprice();

    JsonNode job = live.get("/api/v1/prices/reprice");
    assertThat(job.get("looked_at").intValue()).isEqualTo(4);
    assertThat(job.get("changed").intValue()).isEqualTo(3);
    double sessions = 0;
    for (int i = 1; i <= 4; i++) {
      sessions += session(i).get("cost_usd").doubleValue();
    }
    assertThat(sessions).isCloseTo(42.5, within(1e-9));
    assertThat(live.query("", "sum(onlooker.cost_usd)").doubleValue())
        .isCloseTo(sessions, within(1e-9));
    reprice();
    assertThat(live.get("/api/v1/prices/reprice").get("changed").intValue()).isZero();
  }

  @Test
  void price_thatIsWrong_isRefused() throws Exception {
    assertThat(refused(400, "{\"provider\":\"openai\",\"input\":1}")).contains("model");
    assertThat(refused(400, PRICE.formatted(",\"colour\":1"))).contains("colour");
    assertThat(refused(400, PRICE.replace("2", "-2").formatted(""))).contains("-2");
    assertThat(refused(400, PRICE.formatted(",\"valid_from\":\"soon\""))).contains("soon");
    assertThat(
            refused(
                400, PRICE.formatted(",\"valid_from\":\"2026-02-01\",\"valid_to\":\"2026-01-01\"")))
        .contains("after valid_from");
    assertThat(refused(400, "{\"provider\":\"p\",\"model\":\"m\"}")).contains("input, output");
    assertThat(live.status(Live.KEY, "PUT", "/api/v1/prices/x", PRICE.formatted("")))
        .isEqualTo(403);
    assertThat(live.refused(404, "DELETE", "/api/v1/prices/x", "")).contains("x");
  }

  @Test
  void pricesOfTheSameDays_areRefused() throws Exception {
    live.tell("PUT", "/api/v1/prices/a", PRICE.formatted(",\"valid_to\":\"2026-06-01\""));
    live.tell(
        "PUT",
        "/api/v1/prices/b",
        PRICE.formatted(",\"valid_from\":\"2026-06-01\",\"valid_to\":\"2026-07-01\""));

    assertThat(refused(409, PRICE.formatted(",\"valid_from\":\"2026-05-31\""))).contains("row a");
    live.tell("PUT", "/api/v1/prices/a", PRICE.formatted(",\"valid_to\":\"2026-05-01\""));
    assertThat(live.get("/api/v1/prices").get("own").size()).isEqualTo(2);
  }

  private String refused(int status, String body) throws Exception {
    return live.refused(status, "PUT", "/api/v1/prices/x", body);
  }
}
