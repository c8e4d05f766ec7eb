package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Who reaches the pages: every page, with any eye, hand, screen and connection. */
final class ReachAcceptanceTest {

  private static final String HOME = Stage.HOME;

  private static final List<String> LISTS =
      List.of(
          "/overview",
          "/sessions?q=status:failed",
          "/sessions?q=stauts:failed",
          "/sessions?q=user.id:nobody",
          "/sessions/nothing-has-this-id",
          "/traces",
          "/conversations",
          "/users",
          "/agents",
          "/models",
          "/tools",
          "/mcp",
          "/queues",
          "/spans?q=op:gen_ai.chat&by=gen_ai.request.model&agg=count()",
          "/spans?mode=samples",
          "/issues",
          "/logs",
          "/settings/project",
          "/settings/keys",
          "/settings/redaction",
          "/settings/prices?q=gpt-4o",
          "/settings/retention",
          "/settings/people",
          "/settings/you");

  private static Stage stage;
  private static Browser browser;
  private static List<String> pages;

  @BeforeAll
  static void open() {
    stage = Stage.shared();
    browser = stage.browser();
    pages = new ArrayList<>(LISTS.stream().map(list -> HOME + list).toList());
    pages.add("/sign-in");
    String session = first("/sessions?q=status:failed");
    pages.add(session);
    pages.add(session + "&view=waterfall");
    pages.add(session + "&view=raw");
    for (String list :
        List.of("/traces", "/conversations", "/users", "/agents", "/models", "/tools", "/issues")) {
      pages.add(first(list));
    }
  }

  /** What pages of tests before complained of is nothing to this one. */
  @BeforeEach
  void listen() {
    browser.complaints();
  }

  /** Where the first row of a list leads. */
  private static String first(String list) {
    browser.go(stage.url(HOME + list));
    return String.valueOf(
        Objects.requireNonNull(
            browser.run("return document.querySelector('a.row').getAttribute('href')"), list));
  }

  private static void go(String path) {
    browser.go(stage.url(HOME + path));
  }

  private static String text(String css) {
    return browser.text(css);
  }

  @Test
  void check24_noBarriers() {
    List<String> barriers = new ArrayList<>();
    for (String theme : List.of("light", "dark")) {
      for (String page : pages) {
        browser.go(stage.url(Links.with("/theme/" + theme, Map.of("back", page))));
        List<String> found =
            theme.equals("light") ? browser.barriers() : browser.barriersOfColour();
        found.forEach(barrier -> barriers.add(theme + " " + page + " " + barrier));
      }
    }
    assertThat(barriers).isEmpty();
  }

  @Test
  void check24_keyboardAlone() {
    go("/overview");
    browser.press("g");
    browser.follow(() -> browser.press("s"));
    assertThat(browser.url()).contains("/sessions");
    browser.press("q");
    browser.follow(() -> browser.press("status:failed" + Keys.ENTER));
    assertThat(browser.url()).contains("status%3Afailed");
    browser.press("j");
    browser.follow(() -> browser.press(Keys.ENTER));
    assertThat(browser.url()).contains("/sessions/");
    browser.press("j");
    browser.press(Keys.ENTER);
    browser.arrived("step=");
    String step = browser.url();
    browser.press("l");
    await().until(() -> text(".told").equals("Link copied"));
    browser.press("/");
    browser.press(Keys.chord(Keys.CONTROL, "v"));
    await().until(() -> step.equals(browser.run("return document.querySelector('#jump').value")));
    browser.press(Keys.ESCAPE);
    browser.press(Keys.ESCAPE);
    browser.follow(() -> browser.press("u"));
    assertThat(browser.url()).contains("/sessions?");
    browser.press("?");
    await().until(() -> text("dialog").contains("Filter by the cell"));
    browser.press(Keys.ESCAPE);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check24_linkWithFixedTimes() {
    go("/sessions?range=7d");
    browser.press("L");
    await().until(() -> text(".told").equals("Link with fixed times copied"));
    browser.press("/");
    browser.press(Keys.chord(Keys.CONTROL, "v"));

    await()
        .until(() ->
            String.valueOf(browser.run("return document.querySelector('#jump').value"))
                .matches(".*/sessions\\?from=[0-9TZ%A.-]+&to=[0-9TZ%A.-]+"));
  }

  @Test
  void check24_keysOfOneLetterOff() {
    go("/settings/you");
    browser.run("document.querySelector('input[name=keys]').click()");
    browser.follow("button[value=keys]");
    await().until(() -> "off".equals(browser.run("return document.body.dataset.keys")));
    go("/sessions");
    browser.press("j");
    assertThat(browser.run("return document.activeElement === document.body")).isEqualTo(true);
    browser.run("document.cookie = 'keys=; path=/; max-age=0'");
    go("/sessions");
    browser.press("j");
    assertThat(browser.run("return document.activeElement.className")).isEqualTo("row");
  }

  /** 1280 pixels at 400 % are as narrow as this. */
  @Test
  void check24_narrow() {
    try (Browser narrow = stage.signedIn(Browser.ofWidth(320))) {
      for (String page : pages) {
        narrow.go(stage.url(page));

        assertThat(narrow.tooWide()).as(page).isEqualTo(List.of());
      }
    }
  }

  @Test
  void check24_firstColumnStaysPut() {
    String second = "return document.querySelectorAll('.list td')[1].getBoundingClientRect().left";
    String first = second.replace("[1]", "[0]");
    try (Browser narrow = stage.signedIn(Browser.ofWidth(760))) {
      narrow.go(stage.url(HOME + "/sessions"));
      double left = narrow.number(first);
      double right = narrow.number(second);
      narrow.run("document.querySelector('main > .scroll').scrollLeft = 200");

      assertThat(narrow.number(first)).isEqualTo(left);
      assertThat(narrow.number(second)).isEqualTo(right - 200);
      assertThat(narrow.tooWide()).isEqualTo(List.of());
      // Still the whole row leads there.
      assertThat(
              narrow.run(
                  "const row = document.querySelector('.list tbody tr');"
                      + " const box = row.getBoundingClientRect();"
                      + " const at = document.elementFromPoint(600, box.top + 14).closest('a');"
                      + " return at.href === row.querySelector('a.row').href"))
          .isEqualTo(true);
    }
  }

  @Test
  void check25_withoutScripts() {
    try (Browser plain = stage.signedIn(Browser.withoutScripts())) {
      plain.go(stage.url(HOME + "/overview"));
      assertThat(plain.find(".reading .value").getText()).startsWith("2,4");
      assertThat(plain.all(".plot > rect").size()).isGreaterThan(40);

      plain.follow(".reading[href*='status%3Afailed']");
      assertThat(plain.find(".count").getText()).isEqualTo("61 matching");
      plain.follow("a.row");
      assertThat(plain.all(".steps > li")).isNotEmpty();

      plain.go(stage.url(HOME + "/conversations"));
      plain.follow("a.row");
      assertThat(plain.find("h1").getText()).isEqualTo("Conversation");

      plain.go(stage.url(HOME + "/spans"));
      plain.follow(
          () -> plain.find(".figures .more-of[name=by]").sendKeys("gen_ai.tool.name", Keys.ENTER));
      assertThat(plain.find(".groups").getText()).contains("check_order");

      plain.go(stage.url(HOME + "/sessions/" + SampleShop.largeSession()));
      assertThat(plain.all(".steps > li")).hasSize(200);
      assertThat(plain.find("a[rel=next]").getText()).isEqualTo("Later");
    }
  }

  /** The first visit takes everything there is; the next pages only themselves. */
  @Test
  void firstVisit_isLight() {
    try (Browser fresh = stage.signedIn(Browser.open())) {
      fresh.go(stage.url(HOME + "/overview"));
      String sizes =
          "return performance.getEntriesByType('resource')"
              + ".concat(performance.getEntriesByType('navigation'))"
              + ".filter(e => /%s/.test(new URL(e.name).pathname))"
              + ".reduce((sum, e) => sum + e.encodedBodySize, 0)";

      assertThat(fresh.number("return performance.getEntriesByType('resource').length + 1"))
          .isLessThanOrEqualTo(5);
      assertThat(fresh.number(sizes.formatted("."))).isBetween(10_000.0, 60_000.0);
      assertThat(fresh.number(sizes.formatted("js$"))).isBetween(2_000.0, 25_000.0);
      assertThat(fresh.number(sizes.formatted("css$"))).isBetween(2_000.0, 10_000.0);
    }
  }
}
