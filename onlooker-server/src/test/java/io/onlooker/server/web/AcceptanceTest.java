package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What the pages promise, in a real browser over the sample shop. In order: the live ones add
 * sessions, and the known figures are looked at before.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
final class AcceptanceTest {

  private static final String HOME = Stage.HOME;

  private static final List<String> PAGES =
      List.of(
          "/overview",
          "/sessions?q=status:failed",
          "/sessions?q=stauts:failed",
          "/sessions?q=user.id:nobody",
          "/traces",
          "/conversations",
          "/users",
          "/users/user-17",
          "/agents",
          "/agents/Triage",
          "/models",
          "/models/gpt-4o",
          "/tools",
          "/tools/check_order",
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
          "/settings/people");

  private static Stage stage;
  private static Browser browser;

  @BeforeAll
  static void open() {
    stage = Stage.shared();
    browser = stage.browser();
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

  private static List<String> texts(String css) {
    return browser.texts(css);
  }

  @Test
  void check01_overviewHoldsTheKnownReadings() {
    browser.go(stage.url(HOME));

    assertThat(browser.url()).endsWith(HOME + "/overview");
    assertThat(texts(".reading .label"))
        .containsExactly("Sessions", "Failed", "p95 duration", "Tokens", "Cost", "Tool errors");
    assertThat(texts(".reading .value")).hasSize(6).startsWith("2,418", "61 2.5\u2009%");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check02_mostFrequentFailureLeadsToItsSessions() {
    go("/overview");
    List<WebElement> first =
        browser.all("#part-why").getFirst().findElements(By.xpath("../..//tbody/tr[1]/td"));

    assertThat(first.get(0).getText()).contains("ToolTimeout: check_order timed out after 30 s");
    assertThat(first.get(2).getText()).isEqualTo("41");
    first.get(0).findElement(By.tagName("a")).click();

    await().until(() -> text(".count").equals("41 matching"));
  }

  @Test
  void check03_costByModelOnTheFirstScreen() {
    go("/overview");

    double below =
        browser.number(
            "return Math.max(...['cost', 'models'].map(id => document.getElementById('part-' + id)"
                + ".closest('section').querySelector('svg.plot, table').getBoundingClientRect().bottom))");
    assertThat(below).isLessThanOrEqualTo(900);
    assertThat(text(".models-short")).contains("acme-llm-2", "— no price");
    assertThat(texts(".reading .value").get(4)).startsWith("≥ $");
  }

  @Test
  void check04_slowerChartShowsBothPeriods() {
    go("/overview");
    WebElement part = browser.find("#part-slower").findElement(By.xpath("ancestor::section"));
    List<String> ends =
        part.findElements(By.cssSelector(".end")).stream().map(WebElement::getText).toList();

    part.findElement(By.cssSelector(".sheet summary")).click();
    String table = part.findElement(By.cssSelector(".sheet table")).getText();

    assertThat(ends).hasSize(2);
    assertThat(ends.get(0)).startsWith("today ");
    assertThat(ends.get(1)).startsWith("yesterday ");
    assertThat(table).contains(ends.get(0).substring(6), ends.get(1).substring(10));
  }

  @Test
  void check05_failedSessionsNameTheirError() {
    go("/sessions?q=status:failed");

    assertThat(text(".count")).isEqualTo("61 matching");
    assertThat(texts(".sessions tbody td:nth-child(5)"))
        .hasSize(50)
        .allMatch(why -> why.matches("(ToolTimeout|RateLimitError|JSON.parse|ContextLength).*"));
  }

  @Test
  void check06_recoveredIsNotFailed() {
    go("/sessions?q=status:recovered");
    WebElement row = browser.find(".sessions tbody tr");
    String id = String.valueOf(row.getDomAttribute("id")).substring(2);

    assertThat(text(".count")).isEqualTo("103 matching");
    assertThat(row.getText()).contains("recovered", "✕1");
    go("/sessions?q=status:failed%20id:" + id);
    assertThat(text(".empty")).containsIgnoringCase("No session matches").contains("without it");
  }

  @Test
  void check07_filterByACell() {
    go("/sessions");
    browser.press("j");
    for (int i = 0; i < 5; i++) {
      browser.press(Keys.ARROW_RIGHT);
    }
    String user = browser.find("td:focus").getText();
    browser.press("f");

    arrived("q=user.id%3A" + user);
    assertThat(browser.find("#q").getDomProperty("value")).isEqualTo("user.id:" + user);
    browser.run("history.back()");
    await().until(() -> !browser.url().contains("q="));
  }

  @Test
  void check08_backLeadsToTheSameRow() {
    go("/sessions?q=status:failed&sort=-duration");
    browser.run("scrollTo(0, 400)");
    WebElement row = browser.all("a.row").get(20);
    String id =
        String.valueOf(
            browser.run("return document.querySelectorAll('a.row')[20].closest('tr').id"));
    browser.run("document.querySelectorAll('a.row')[20].focus({preventScroll: true})");
    browser.run("document.activeElement.click()");
    arrived("/sessions/");
    assertThat(row).isNotNull();

    browser.run("history.back()");
    arrived("sort=-duration");
    await().until(() -> id.equals(browser.run("return document.activeElement?.closest('tr')?.id")));

    assertThat(browser.number("return scrollY")).isBetween(398.0, 402.0);
  }

  @Test
  void check09_walkWithinTheFilter() {
    go("/sessions?q=status:failed");
    browser.run("document.querySelectorAll('a.row')[2].click()");
    await().until(() -> browser.all(".title .up").size() > 1);

    assertThat(text(".title .up")).isEqualTo("‹ Sessions (3 of 61)");
    browser.press("J");
    await().until(() -> text(".title .up").equals("‹ Sessions (4 of 61)"));
    assertThat(text(".facts")).contains("failed");
    browser.press("K");
    await().until(() -> text(".title .up").equals("‹ Sessions (3 of 61)"));
  }

  @Test
  void check17_newSessionsWait() throws IOException, InterruptedException {
    go("/sessions");
    String first = browser.find(".sessions tbody tr").getDomAttribute("id");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          long now = System.nanoTime();
          stage.send("%032x".formatted(now), "%016x".formatted(now), "", "Newcomer", true);
          return !browser.all(".waiting").isEmpty();
        });

    assertThat(text(".waiting")).contains("new · show (.)");
    assertThat(browser.find(".sessions tbody tr").getDomAttribute("id")).isEqualTo(first);
    browser.press(".");
    await().until(() -> text(".sessions tbody tr").contains("Newcomer"));
  }

  @Test
  void check22_spansByModel() {
    go("/spans?q=op:gen_ai.chat&agg=p95(span.duration)&agg=count()&by=gen_ai.request.model");
    List<String> models = texts(".groups tbody td:first-child");

    assertThat(models).contains("gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "acme-llm-2");
    assertThat(browser.all(".curves path")).hasSizeBetween(3, 5);
    WebElement query = browser.find("#q");
    query.clear();
    query.sendKeys("op:gen_ai.chat span.duration:>1sec", Keys.ENTER);

    await().until(() -> text("#q-problem").contains("1sec"));
    assertThat(browser.find("#q").getDomProperty("value")).contains("1sec");
    assertThat(texts(".groups tbody td:first-child")).isEqualTo(models);
  }

  @Test
  void check23_redactionIsTried() {
    go("/settings/redaction");
    WebElement sample = browser.find("#sample");
    sample.clear();
    sample.sendKeys("Write to zoe@example.org or call +49 89 99998-208");
    browser.find("button[value=try]").click();

    await().until(() -> text("#after").equals("Write to [EMAIL] or call [PHONE]"));
    assertThat(texts("#after .chip")).containsExactly("[EMAIL]", "[PHONE]");
  }

  @Test
  void check24_noBarriers() {
    List<String> barriers = new ArrayList<>();
    for (String theme : List.of("light", "dark")) {
      for (String page : PAGES) {
        browser.go(stage.url(Links.with("/theme/" + theme, Map.of("back", HOME + page))));
        List<String> found =
            theme.equals("light") ? browser.barriers() : browser.barriersOfColour();
        found.forEach(barrier -> barriers.add(theme + " " + page + " " + barrier));
      }
    }
    assertThat(barriers).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check24_keyboardAlone() {
    go("/overview");
    browser.press("g");
    browser.press("s");
    arrived("/sessions");
    browser.press("q");
    browser.press("status:failed" + Keys.ENTER);
    arrived("status%3Afailed");
    browser.press("j");
    browser.press(Keys.ENTER);
    arrived("/sessions/");
    browser.press("j");
    browser.press(Keys.ENTER);
    arrived("step=");
    browser.press("u");
    arrived("/sessions?");
    browser.press("?");
    assertThat(text("dialog")).contains("Filter by the cell");
    browser.find("dialog").sendKeys(Keys.ESCAPE);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check24_narrow() {
    try (Browser narrow = stage.signedIn(Browser.ofWidth(320))) {
      for (String page : PAGES) {
        narrow.go(stage.url(HOME + page));

        assertThat(narrow.tooWide()).as(page).isEqualTo(List.of());
      }
    }
  }

  @Test
  void check25_withoutScripts() {
    try (Browser plain = stage.signedIn(Browser.withoutScripts())) {
      plain.go(stage.url(HOME + "/overview"));
      assertThat(plain.find(".reading .value").getText()).startsWith("2,4");
      assertThat(plain.all(".plot > rect").size()).isGreaterThan(40);

      plain.find(".reading[href*='status%3Afailed']").click();
      assertThat(plain.find(".count").getText()).isEqualTo("61 matching");
      plain.find("a.row").click();
      assertThat(plain.all(".steps > li")).isNotEmpty();

      plain.go(stage.url(HOME + "/conversations"));
      plain.find("a.row").click();
      assertThat(plain.find("h1").getText()).isEqualTo("Conversation");

      plain.go(stage.url(HOME + "/spans"));
      plain.find(".figures .more-of[name=by]").sendKeys("gen_ai.tool.name", Keys.ENTER);
      assertThat(plain.find(".groups").getText()).contains("check_order");

      plain.go(stage.url(HOME + "/sessions/" + SampleShop.largeSession()));
      assertThat(plain.all(".steps > li")).hasSize(200);
      assertThat(plain.find("a[rel=next]").getText()).isEqualTo("Later");
    }
  }
}
