package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What a session's page promises, in a real browser over the sample shop. Its server is its own:
 * the live ones add sessions, and others count them.
 */
final class SessionAcceptanceTest {

  private static final String HOME = Stage.HOME;

  /** What is in view is drawn. */
  private static final String DRAWN =
      """
      const under = document.elementFromPoint(200, innerHeight - 30)?.closest("[role=row]");
      const top = document.elementFromPoint(200, 100)?.closest("[role=row], .title, .facts, main");
      return Boolean(under && top);
      """;

  /** Of the rows in view, the share whose bar is at least four pixels wide. */
  private static final String READABLE =
      """
      const rows = [...document.querySelectorAll(".rows [role=row]:not(.gap)")].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > 68 && box.top < innerHeight;
      });
      const wide = rows.filter((row) => {
        const bar = row.querySelector(".bars rect").getBoundingClientRect();
        const cell = row.querySelector(".bars").getBoundingClientRect();
        return Math.min(bar.right, cell.right) - Math.max(bar.left, cell.left) >= 4;
      });
      return wide.length / rows.length;
      """;

  /** Scrolls 180 times by 48 pixels and counts what that made of the page. */
  private static final String SCROLL =
      """
      const done = arguments[arguments.length - 1];
      const seen = { elements: 0, rows: 0, bare: 0, moved: 0 };
      new MutationObserver((all) => {
        seen.moved += all.reduce((sum, each) => sum + each.addedNodes.length, 0);
      }).observe(document.querySelector(".rows"), { childList: true });
      let frames = 0;
      (function step() {
        seen.elements = Math.max(seen.elements, document.querySelectorAll("*").length);
        const rows = [...document.querySelectorAll(".rows [role=row]")];
        seen.rows = Math.max(seen.rows, rows.length);
        const last = rows.at(-1).getBoundingClientRect().bottom;
        seen.bare += last < innerHeight && scrollY + innerHeight < document.documentElement.scrollHeight - 96 ? 1 : 0;
        if (++frames > 180) {
          setTimeout(() => done(seen));
        } else {
          scrollBy(0, 48);
          requestAnimationFrame(() => requestAnimationFrame(step));
        }
      })();
      """;

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

  private static String text(String css) {
    return browser.text(css);
  }

  @Test
  void check10_anIdOpensItsStep() {
    go("/spans?q=op:gen_ai.execute_tool&mode=samples");
    String span =
        String.valueOf(browser.find(".spans tbody tr").getDomAttribute("id")).substring(2);

    browser.go(stage.url("/go/" + span));

    browser.arrived("/sessions/", "step=" + span);
    assertThat(browser.find("#s-" + span + " details").getDomAttribute("open")).isNotNull();
    await().until(() -> focused().equals("s-" + span));
    assertThat(inView("#s-" + span + " summary")).isEqualTo(true);
  }

  @Test
  void check11_largeSessionIsSmallPage() {
    waterfall(SampleShop.largeSession());

    assertThat(browser.find(".grid").getDomAttribute("aria-rowcount")).isEqualTo("5002");
    assertThat(browser.number("return document.querySelector('.rows').clientHeight / 24"))
        .isEqualTo(5001);
    assertThat(elements()).isLessThanOrEqualTo(1_500);
    assertThat(text(".rows")).contains("invoke_agent Crawler", "chapter 1", "901 → 31");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check12_scrollingDrawsOnlyRowsInView() {
    waterfall(SampleShop.largeSession());

    Map<?, ?> seen = (Map<?, ?>) browser.later(SCROLL);

    assertThat(seen).isNotNull();
    assertThat((Number) seen.get("elements"))
        .asInstanceOf(InstanceOfAssertFactories.LONG)
        .isLessThanOrEqualTo(1_500);
    assertThat((Number) seen.get("rows"))
        .asInstanceOf(InstanceOfAssertFactories.LONG)
        .isBetween(30L, 60L);
    assertThat(seen.get("bare"))
        .as("frames in which a part of the window had no row")
        .isEqualTo(0L);
    // A row that came into view is made or filled once; one that stays is not touched.
    assertThat((Number) seen.get("moved"))
        .asInstanceOf(InstanceOfAssertFactories.LONG)
        .isLessThanOrEqualTo(2 * 2 * 180 + 120L);
  }

  @Test
  void check13_nextFailureIsInTheAddress() {
    waterfall(SampleShop.largeSession());

    browser.press("n");
    browser.arrived("step=");
    String step = parameter("step");
    await().until(() -> text(".panel").contains("IndexBusy"));

    assertThat(focused()).isEqualTo("s-" + step);
    assertThat(inView("#s-" + step)).isEqualTo(true);
    browser.go(browser.url());
    await().until(() -> focused().equals("s-" + step));
    assertThat(inView("#s-" + step)).isEqualTo(true);
    assertThat(text(".panel")).contains("IndexBusy");
    browser.press("n");
    await().until(() -> !parameter("step").equals(step));
    browser.press("N");
    await().until(() -> parameter("step").equals(step));
  }

  @Test
  void check13_nextFailureInTheStory() {
    go("/sessions?q=status:recovered%20agent:Triage");
    browser.follow("a.row");
    browser.press("n");
    browser.arrived("step=");

    String step = parameter("step");
    assertThat(step).matches("[0-9a-f]{16}");
    assertThat(browser.run("return document.activeElement.closest('.failed') !== null"))
        .isEqualTo(true);
    browser.go(browser.url());
    assertThat(browser.find("#s-" + step + " details").getDomAttribute("open")).isNotNull();
  }

  @Test
  void check13_nextFailureOpensWhatHidesIt() {
    waterfall(SampleShop.largeSession());
    browser.run("document.querySelector('.rows a').focus()");
    browser.press(Keys.ARROW_LEFT);
    await().until(() -> text(".rows").contains("+ 4,999 steps, ✕ 4, $0.1678"));
    assertThat(browser.texts(".rows [role=row]")).hasSize(1);

    browser.press("n");
    browser.arrived("step=");

    assertThat(text("[aria-selected=true]")).contains("execute_tool search_kb", "✕");
  }

  @Test
  void check14_brushOverTheStripSetsTheWindow() {
    waterfall(SampleShop.largeSession());
    browser.drag(".strip", -0.2, 0.2);
    browser.arrived("t0=");

    assertThat(Long.parseLong(parameter("t1")) - Long.parseLong(parameter("t0")))
        .isBetween(860_000L, 890_000L);
    browser.run("history.back()");
    await().until(() -> !browser.url().contains("t0="));
    browser.press("=");
    browser.arrived("t0=");
    long first = Long.parseLong(parameter("t0"));
    browser.press("]");
    await().until(() -> Long.parseLong(parameter("t0")) > first + 100);
    browser.press("[");
    await().until(() -> Math.abs(Long.parseLong(parameter("t0")) - first) <= 2);
  }

  @Test
  void check14_wholeTimeAndBackToFollowing() {
    waterfall(SampleShop.largeSession());

    browser.press("z");
    browser.arrived("t0=0&t1=2188680");
    String whole = text(".grid .head");
    browser.press("z");
    await().until(() -> !browser.url().contains("t0="));

    assertThat(whole).contains("Time · 0 ms – 36m 29s");
    assertThat(text(".grid .head")).doesNotContain("36m 29s");
  }

  @Test
  void check15_barsInViewCanBeRead() {
    waterfall(SampleShop.largeSession());

    for (int y : List.of(0, 12_000, 34_600, 60_024, 119_000)) {
      browser.run("scrollTo(0, " + y + ")");
      await().until(() -> Boolean.TRUE.equals(browser.run(DRAWN)));

      assertThat(browser.number(READABLE)).as("at " + y).isGreaterThanOrEqualTo(0.75);
    }
  }

  @Test
  void waterfall_gapIsARow() {
    waterfall(SampleShop.largeSession());

    String gap =
        String.valueOf(
            browser.later(
                """
                const done = arguments[arguments.length - 1];
                (function look() {
                  const gap = document.querySelector(".rows .gap");
                  if (gap) {
                    done(gap.innerText);
                  } else if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
                    scrollBy(0, 700);
                    requestAnimationFrame(() => requestAnimationFrame(look));
                  } else {
                    done("none");
                  }
                })();
                """));

    assertThat(gap).contains("3m 10s without a step");
  }

  @Test
  void waterfall_foldsAndOpens() {
    waterfall(SampleShop.largeSession());
    browser.run("document.querySelector('.rows a').focus()");

    browser.press("j");
    browser.press(Keys.ARROW_LEFT);
    await().until(() -> text(".rows").contains("+ 8 steps, $0.0003"));
    browser.press("*");
    await().until(() -> !text(".rows").contains("+ 8 steps"));
    browser.press(Keys.ARROW_RIGHT);

    await().until(() -> text(".rows :focus").equals("chat gpt-4o-mini"));
    assertThat(browser.texts(".rows [tabindex='0']")).hasSize(1);
    assertThat(browser.find(".rows [role=row]:has(:focus)").getDomAttribute("aria-level"))
        .isEqualTo("3");
    browser.press(Keys.ARROW_LEFT);
    await().until(() -> text(".rows :focus").equals("chapter 1"));
  }

  @Test
  void waterfall_drawnRowsSayWhatTheServerSays() {
    String path = "/sessions/" + SampleShop.largeSession() + "?view=waterfall";
    List<String> server;
    try (Browser plain = stage.signedIn(Browser.withoutScripts())) {
      plain.go(stage.url(HOME + path));
      server =
          plain.all(".grid .tr:not(.head)").stream().limit(12).map(WebElement::getText).toList();
      assertThat(plain.find(".grid .tr:not(.head) path").getDomAttribute("d"))
          .isEqualTo("M2 2H8V8H2Z");
    }
    waterfall(SampleShop.largeSession());

    assertThat(browser.texts(".rows [role=row]").stream().map(SessionAcceptanceTest::line))
        .startsWith(server.stream().map(SessionAcceptanceTest::line).toArray(String[]::new));
  }

  private static String line(String row) {
    return row.replaceAll("\\s+", " ").strip();
  }

  @Test
  void check16_runningSessionGrows() throws IOException, InterruptedException {
    Recording open = open("Live", 900, 1);
    String session = open.id(1);
    go("/sessions/" + session);
    assertThat(browser.all(".steps > li")).hasSize(1);
    Object before = browser.run("return scrollY");

    sendUntil(open, "second", () -> browser.all(".steps > li").size() > 1);

    assertThat(text(".steps")).contains("second");
    assertThat(browser.run("return scrollY")).isEqualTo(before);
  }

  @Test
  void check16_runningWaterfallGrows() throws IOException, InterruptedException {
    Recording open = open("Long live", 901, 120);
    waterfall(open.id(1));
    browser.run("scrollTo(0, 800)");
    await().until(() -> Boolean.TRUE.equals(browser.run(DRAWN)));

    sendUntil(
        open, "later", () -> !"122".equals(browser.find(".grid").getDomAttribute("aria-rowcount")));

    assertThat(browser.number("return scrollY")).isEqualTo(800);
    browser.run("scrollTo(0, document.documentElement.scrollHeight)");
    await().until(() -> text(".rows").contains("later"));
    sendUntil(
        open,
        "latest",
        () ->
            text(".rows").contains("latest")
                && browser.number(
                        "return document.documentElement.scrollHeight - innerHeight - scrollY")
                    < 2);
  }

  @Test
  void check11_storyOfALargeSessionIsSmall() {
    go("/sessions/" + SampleShop.largeSession());

    assertThat(browser.all(".steps > li")).hasSize(200);
    assertThat(elements()).isLessThanOrEqualTo(1_500);
    browser.find(".slim .what").click();
    await().until(() -> browser.all("details[data-step][open]").size() == 1);
    assertThat(elements()).isLessThanOrEqualTo(1_500);
  }

  /** A session that still runs. */
  private static Recording open(String agent, int seed, int steps) {
    Recording open = new Recording(seed, Instant.now().minusSeconds(60));
    String session = open.nextId();
    open.open(
        session,
        "gen_ai.invoke_agent",
        "invoke_agent " + agent,
        open.nanos(),
        Map.of(
            "gen_ai.operation.type",
            "agent",
            "gen_ai.operation.name",
            "invoke_agent",
            "gen_ai.agent.name",
            agent));
    for (int i = 0; i < steps; i++) {
      open.tool(session, "first", 5, "{}", "{}", null);
    }
    stage.keep(1, open);
    return open;
  }

  /** Sends one more step again and again until the page has taken one up. */
  private static void sendUntil(Recording open, String name, Callable<Boolean> seen) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          String id = "%016x".formatted(System.nanoTime());
          stage.send(open.traceId(), id, open.id(1), name, false);
          return seen.call();
        });
  }

  private static void waterfall(String session) {
    go("/sessions/" + session + "?view=waterfall");
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
  }

  private static double elements() {
    return browser.number("return document.querySelectorAll('*').length");
  }

  private static String parameter(String name) {
    return String.valueOf(
        browser.run("return new URLSearchParams(location.search).get('" + name + "')"));
  }

  /** The id of the row or line that has the focus. */
  private static String focused() {
    return String.valueOf(
        browser.run("return document.activeElement?.closest('[id^=s-]')?.id ?? ''"));
  }

  private static @Nullable Object inView(String css) {
    return browser.run(
        "const box = document.querySelector('"
            + css
            + "').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight");
  }
}
