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

/** Users and conversations: runs in, each person and each talk once out. */
@SuppressWarnings("TimeInStaticInitializer")
class PeopleTest {

  private final Instant began = Instant.now().minusSeconds(3000);

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

  private void turn(int run, String user, String talk, Instant at) throws Exception {
    live.spans(agent(run, user, talk, at), Span.chat(run, 1, "gpt-4o", 1000, 100, at));
  }

  private static Span agent(int run, String user, String talk, Instant at) {
    return Span.agent(run, "Support", at)
        .with("user.id", user)
        .with("gen_ai.conversation.id", talk)
        .with("input", "question " + run);
  }

  @Test
  void user_isThereOnceWithAllThatHappened() throws Exception {
    turn(1, "ann", "talk-1", began);
    turn(2, "ann", "talk-2", began.plusSeconds(10));
    live.spans(agent(3, "bob", "talk-3", began.plusSeconds(20)).failed("E", "no"));

    JsonNode users = live.get("/api/v1/users").get("users");
    JsonNode ann = live.get("/api/v1/users/ann");

    assertThat(users.valueStream().map(user -> user.get("id").asString()))
        .containsExactly("bob", "ann");
    assertThat(users.get(0).get("failed_sessions").intValue()).isEqualTo(1);
    assertThat(users.get(1).get("total_tokens").intValue()).isEqualTo(2200);
    assertThat(users.get(1).get("cost_usd").doubleValue()).isCloseTo(0.007, within(1e-9));
    assertThat(ann.get("sessions").size()).isEqualTo(2);
    assertThat(ann.get("conversations").size()).isEqualTo(2);
    assertThat(live.refused(404, "GET", "/api/v1/users/zoe", "")).contains("zoe");
    assertThat(live.refused(400, "GET", "/api/v1/users?sort=age", "")).contains("age");
  }

  @Test
  void conversation_standsOnce_howeverManyPagesItsTurnsFill() throws Exception {
    for (int run = 1; run <= 12; run++) {
      turn(run, "ann", "talk-" + run % 3, began.plusSeconds(run));
    }

    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = live.get("/api/v1/conversations?limit=1" + cursor);
      page.get("conversations").forEach(talk -> ids.add(talk.get("id").asString()));
      cursor = page.get("cursor").isNull() ? null : "&cursor=" + page.get("cursor").asString();
    }

    assertThat(ids).containsExactly("talk-0", "talk-2", "talk-1");
    JsonNode talk = live.get("/api/v1/conversations?limit=1").get("conversations").get(0);
    assertThat(talk.get("turns").intValue()).isEqualTo(4);
    assertThat(talk.get("first_input").asString()).isEqualTo("question 3");
    assertThat(talk.get("cost_usd").doubleValue()).isCloseTo(0.014, within(1e-9));
  }

  @Test
  void conversation_ofTwoUsers_namesBoth() throws Exception {
    turn(1, "ann", "shared", began);
    turn(2, "bob", "shared", began.plusSeconds(5));

    JsonNode talk = live.get("/api/v1/conversations/shared");

    assertThat(talk.get("users").valueStream().map(JsonNode::asString))
        .containsExactly("ann", "bob");
    assertThat(talk.get("turns").intValue()).isEqualTo(2);
    assertThat(live.get("/api/v1/users/bob").get("sessions").get(0).get("user_id").asString())
        .isEqualTo("bob");
  }

  @Test
  void subAgent_isNoTurnOfItsOwn() throws Exception {
    live.spans(
        agent(1, "ann", "talk", began),
        Span.tool(1, 1, "ask_expert", began),
        Span.below(1, 2, "invoke_agent", began)
            .under(Span.hex(16, 101))
            .with("gen_ai.operation.name", "invoke_agent")
            .with("gen_ai.agent.name", "Expert")
            .with("gen_ai.conversation.id", "talk"),
        Span.chat(1, 3, "gpt-4o", 1000, 100, began).under(Span.hex(16, 102)));

    JsonNode talk = live.get("/api/v1/conversations/talk");

    assertThat(talk.get("turns").intValue()).isEqualTo(1);
    assertThat(talk.get("total_tokens").intValue()).isEqualTo(1100);
    assertThat(talk.get("sessions").size()).isEqualTo(2);
  }

  @Test
  void turns_ofAClockThatRanBack_standInTheOrderOfTheirClocks() throws Exception {
    turn(1, "ann", "talk", began);
    turn(2, "ann", "talk", began.minusSeconds(7200));
    turn(3, "ann", "talk", Instant.now().plusSeconds(7200));

    JsonNode talk = live.get("/api/v1/conversations/talk");

    assertThat(talk.get("turns").intValue()).isEqualTo(3);
    assertThat(talk.get("sessions").valueStream().map(turn -> turn.get("input").asString()))
        .containsExactly("question 2", "question 1", "question 3");
  }
}
