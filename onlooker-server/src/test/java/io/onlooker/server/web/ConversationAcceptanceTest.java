package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A conversation of five turns in a real browser. */
final class ConversationAcceptanceTest {

  private static final String HOME = "/p/talks";

  private static Browser browser;
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.shared();
    browser = stage.browser();
    stage.project(browser, "talks");
    browser.go(stage.url(HOME + "/settings/project"));
    int project = Integer.parseInt(browser.texts(".facts dd").get(1));
    for (int turn = 1; turn <= 5; turn++) {
      stage.keepPriced(project, turn(turn));
    }
  }

  private static Recording turn(int number) {
    Recording it = new Recording(700 + number, Instant.now().minusSeconds(900 - 60L * number));
    String root = it.nextId();
    long start = it.nanos();
    String question = said("user", "Question " + number + ". " + "It is long. ".repeat(60));
    boolean fails = number == 3;
    it.chat(
        root,
        800,
        question,
        said("assistant", "Answer " + number),
        Map.of(GenAi.USAGE_INPUT_TOKENS, 1_000L * number, GenAi.USAGE_OUTPUT_TOKENS, 37L * number));
    it.tool(root, "check_order", 80, "{}", fails ? null : "{}", fails ? "timed out" : null);
    it.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Support",
        start,
        fails ? "check_order timed out" : null,
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "agent")
            .put(GenAi.AGENT_NAME, "Support")
            .put(GenAi.USER_ID, "user-5")
            .put(GenAi.CONVERSATION_ID, "talk-5")
            .put(GenAi.INPUT_MESSAGES, question)
            .put(GenAi.OUTPUT_MESSAGES, fails ? null : said("assistant", "Answer " + number))
            .build()
            .toMap());
    return it;
  }

  private static String said(String role, String text) {
    return "[{\"role\":\"%s\",\"parts\":[{\"type\":\"text\",\"content\":\"%s\"}]}]"
        .formatted(role, text);
  }

  private static BigDecimal usd(String title) {
    return new BigDecimal(title.replace("$", ""));
  }

  @Test
  void check21_turnsInOrderAndTheirCosts() {
    browser.go(stage.url(HOME + "/conversations/talk-5?turn=3"));
    List<String> turns = browser.texts(".turn");
    BigDecimal sum =
        browser.titles(".turn .usd").stream()
            .map(ConversationAcceptanceTest::usd)
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(turns).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(turns.get(i)).contains("turn " + (i + 1), "Question " + (i + 1) + ".");
    }
    assertThat(turns.get(2)).contains("failed", "✕");
    assertThat(browser.texts(".turns .bad")).containsExactly("3✕");
    assertThat(sum.signum()).isPositive();
    assertThat(usd(browser.titles(".facts .usd").getFirst())).isEqualByComparingTo(sum);
    assertThat(
            browser.run(
                "const box = document.getElementById('turn-3').getBoundingClientRect();"
                    + " return box.top >= 0 && box.top < innerHeight / 2"))
        .isEqualTo(true);
    assertThat(browser.all(".columns-of rect")).hasSize(10);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check21_openedFromTheList() {
    browser.go(stage.url(HOME + "/conversations"));
    assertThat(browser.text(".conversations tbody")).contains("user-5", "5");
    browser.follow("a.row");

    assertThat(browser.texts(".turn")).hasSize(5);
    assertThat(browser.text(".bar [aria-current=page]")).isEqualTo("Conversations");
  }
}
