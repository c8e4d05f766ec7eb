package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a session's page promises, in a real browser over the sample shop. Its server is its own:
 * the live ones add sessions, and others count them.
 */
final class SessionAcceptanceTest {

  private static final String HOME = Stage.HOME;

  private static Stage stage;
  private static Browser browser;

  @BeforeAll
  static void open() {
    stage = Stage.open(1);
    browser = stage.browser();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  private static void go(String path) {
    browser.go(stage.url(HOME + path));
  }

  /** Waits until a page whose address has this in it is there, its scripts too. */
  private static void arrived(String part) {
    await()
        .until(() ->
            browser.url().contains(part)
                && "complete".equals(browser.run("return document.readyState")));
  }

  private static String text(String css) {
    return browser.text(css);
  }

  @Test
  void check10_anIdOpensItsStep() {
    go("/spans?q=op:gen_ai.execute_tool&mode=samples");
    String span =
        String.valueOf(browser.find(".spans tbody tr").getDomAttribute("id")).substring(2);

    browser.go(stage.url("/go/" + span));

    assertThat(browser.url()).contains("/sessions/", "step=" + span);
    assertThat(browser.find("#s-" + span + " details").getDomAttribute("open")).isNotNull();
    assertThat(
            browser.run(
                "const box = document.getElementById('s-"
                    + span
                    + "')"
                    + ".getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight"))
        .isEqualTo(true);
  }

  @Test
  void check11_largeSessionIsSmallPage() {
    go("/sessions/" + SampleShop.largeSession() + "?view=waterfall");

    assertThat(text(".facts")).contains("4,999");
    assertThat(browser.number("return document.querySelectorAll('*').length")).isLessThan(6_000);
  }

  @Test
  void check13_nextFailureIsInTheAddress() {
    go("/sessions?q=status:recovered%20agent:Triage");
    browser.run("document.querySelector('a.row').click()");
    arrived("/sessions/");
    browser.press("n");

    String step = browser.url().replaceFirst(".*step=", "").replaceFirst("[&#].*", "");
    assertThat(step).matches("[0-9a-f]{16}");
    assertThat(browser.run("return document.activeElement.closest('.failed') !== null"))
        .isEqualTo(true);
    browser.go(browser.url());
    assertThat(browser.find("#s-" + step + " details").getDomAttribute("open")).isNotNull();
  }

  @Test
  void check14_brushOverTheStripSetsTheWindow() {
    go("/sessions/" + SampleShop.largeSession() + "?view=waterfall");
    browser.drag(".strip", -0.2, 0.2);
    arrived("t0=");

    assertThat(text("main")).contains("Zoomed to");
    browser.run("history.back()");
    await().until(() -> !browser.url().contains("t0="));
    arrived("view=waterfall");
    browser.press("=");
    arrived("t0=");
  }

  @Test
  void check16_runningSessionGrows() throws IOException, InterruptedException {
    Recording open = new Recording(900, java.time.Instant.now().minusSeconds(3));
    String session = open.nextId();
    open.open(
        session,
        "gen_ai.invoke_agent",
        "invoke_agent Live",
        open.nanos(),
        Map.of(
            "gen_ai.operation.type",
            "agent",
            "gen_ai.operation.name",
            "invoke_agent",
            "gen_ai.agent.name",
            "Live"));
    open.tool(session, "first", 5, "{}", "{}", null);
    stage.keep(1, open);
    go("/sessions/" + session);
    assertThat(browser.all(".steps > li")).hasSize(1);
    Object before = browser.run("return scrollY");

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          stage.send(
              open.traceId(), "%016x".formatted(System.nanoTime()), session, "second", false);
          return browser.all(".steps > li").size() > 1;
        });

    assertThat(text(".steps")).contains("second");
    assertThat(browser.run("return scrollY")).isEqualTo(before);
  }
}
