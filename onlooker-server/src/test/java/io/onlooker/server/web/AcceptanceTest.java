package io.onlooker.server.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What the pages promise, in a real browser over the sample shop. In order: the live ones add
 * sessions, and the known figures are looked at before.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
final class AcceptanceTest {

  private static final String HOME = Stage.HOME;

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
    assertThat(texts(".reading .value")).isEqualTo(new Known(stage.store).readings());
    assertThat(texts(".reading .value").getFirst()).startsWith("2,4");
    assertThat(texts(".reading .value").get(1)).isEqualTo("61 2.5\u2009%");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void check02_mostFrequentFailureLeadsToItsSessions() {
    go("/overview");
    String first = "section:has(#part-why) tbody tr:first-child td";
    List<String> cells = texts(first);

    assertThat(cells.get(0)).contains("ToolTimeout: check_order timed out after 30 s");
    assertThat(cells.get(2)).isEqualTo("41");
    browser.follow(first + " a");

    assertThat(text(".count")).isEqualTo("41 matching");
    assertThat(texts(".sessions tbody td:nth-child(5)"))
        .hasSize(41)
        .allMatch(why -> why.startsWith("ToolTimeout: check_order timed out after 30 s"));
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
    String part = "section:has(#part-slower) ";
    List<String> ends = browser.all(part + ".end").stream().map(WebElement::getText).toList();

    browser.find(part + ".sheet summary").click();
    await().until(() -> !text(part + ".sheet table").isEmpty());
    String table = text(part + ".sheet table");

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
    browser.follow("a[rel=next]");
    assertThat(browser.url()).contains("cursor=");
    assertThat(texts(".sessions tbody td:nth-child(5)"))
        .hasSize(11)
        .allMatch(why -> why.matches("(ToolTimeout|RateLimitError|JSON.parse|ContextLength).*"));
  }

  @Test
  void check06_recoveredIsNotFailed() {
    go("/sessions?q=status:recovered");
    String row = ".sessions tbody tr";
    String id = String.valueOf(browser.find(row).getDomAttribute("id")).substring(2);

    assertThat(text(".count")).isEqualTo("103 matching");
    assertThat(text(row)).contains("recovered", "✕1");
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
    browser.follow(() -> browser.press("f"));

    assertThat(browser.url()).contains("q=user.id%3A" + user);
    assertThat(browser.find("#q").getDomProperty("value")).isEqualTo("user.id:" + user);
    assertThat(new HashSet<>(texts(".sessions tbody td:nth-child(6)"))).containsExactly(user);
    browser.follow(() -> browser.run("history.back()"));
    assertThat(browser.url()).doesNotContain("q=");
    assertThat(browser.run("return document.querySelector('#q').value")).isEqualTo("");
  }

  @Test
  void check08_backLeadsToTheSameRow() {
    go("/sessions?q=status:failed&sort=-duration");
    browser.run("scrollTo(0, 400)");
    String id =
        String.valueOf(
            browser.run("return document.querySelectorAll('a.row')[20].closest('tr').id"));
    browser.run("document.querySelectorAll('a.row')[20].focus({preventScroll: true})");
    browser.follow(() -> browser.run("document.activeElement.click()"));
    assertThat(browser.url()).contains("/sessions/");

    browser.follow(() -> browser.run("history.back()"));
    assertThat(browser.url()).contains("sort=-duration");
    await().until(() -> id.equals(browser.run("return document.activeElement?.closest('tr')?.id")));

    await().until(() -> Math.abs(browser.number("return scrollY") - 400) <= 2);
    assertThat(browser.run("return document.querySelector('#q').value")).isEqualTo("status:failed");
    assertThat(texts("th[aria-sort=descending]")).containsExactly("Time");
  }

  @Test
  void check09_walkWithinTheFilter() {
    go("/sessions?q=status:failed");
    browser.follow("tbody tr:nth-child(3) a.row");

    assertThat(text(".title .up")).isEqualTo("‹ Sessions (3 of 61)");
    browser.follow(() -> browser.press("J"));
    assertThat(text(".title .up")).isEqualTo("‹ Sessions (4 of 61)");
    assertThat(text(".facts")).contains("failed");
    browser.follow(() -> browser.press("K"));
    assertThat(text(".title .up")).isEqualTo("‹ Sessions (3 of 61)");
  }

  @Test
  void check17_newSessionsWait() throws IOException, InterruptedException {
    go("/sessions");
    String first = browser.find(".sessions tbody tr").getDomAttribute("id");
    browser.run("scrollTo(0, 120)");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          long now = System.nanoTime();
          stage.send("%032x".formatted(now), "%016x".formatted(now), "", "Newcomer", true);
          return !browser.all(".waiting").isEmpty();
        });

    assertThat(text(".waiting")).contains("new · show (.)");
    assertThat(browser.find(".sessions tbody tr").getDomAttribute("id")).isEqualTo(first);
    assertThat(browser.number("return scrollY")).isEqualTo(120.0);
    browser.press(".");
    await().until(() -> text(".sessions tbody tr").contains("Newcomer"));
  }

  @Test
  void check22_spansByModel() {
    go("/spans?q=op:gen_ai.chat&agg=p95(span.duration)&agg=count()&by=gen_ai.request.model");
    List<String> models = texts(".groups tbody td:first-child");

    assertThat(models).contains("gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "acme-llm-2");
    Map<String, List<Double>> known = new Known(stage.store).chatMillis();
    for (int i = 0; i < models.size(); i++) {
      List<Double> millis = requireNonNull(known.get(models.get(i)), models.get(i));
      assertThat(texts(".groups tbody td:nth-child(3)").get(i))
          .as(models.get(i))
          .isEqualTo(Show.count(millis.size()));
      String exact = browser.titles(".groups tbody td:nth-child(2)").get(i);
      assertThat(Double.parseDouble(exact.replaceAll("[^0-9.]", "")))
          .as(models.get(i))
          .isCloseTo(Known.quantile(millis, 0.95), withinPercentage(2));
    }
    assertThat(browser.all(".curves path")).hasSize(models.size());
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('.sheet th')].slice(1)"
                    + ".map(e => e.textContent.trim())"))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrderElementsOf(models);
    WebElement query = browser.find("#q");
    query.clear();
    query.sendKeys("op:gen_ai.chat span.duration:>1sec", Keys.ENTER);

    await().until(() -> text("#q-problem").contains("1sec"));
    assertThat(browser.find("#q").getDomProperty("value")).contains("1sec");
    assertThat(texts(".groups tbody td:first-child")).isEqualTo(models);
  }
}
