package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.store.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages in a real browser: what only a browser can tell. */
final class BrowserTest {

  private static final String SESSIONS = "/p/shop/sessions";
  private static final String FAILED = SESSIONS + "/" + Samples.sessionId(Samples.FAILED);
  private static final String RESEARCH = SESSIONS + "/" + Samples.sessionId(Samples.RESEARCH);

  private static RouteServer server;

  /** One of the usual size for all tests that need no other. */
  private static Browser browser;

  @BeforeAll
  static void open() {
    Site site = Site.withSamples();
    site.store.append(new Batch(1, hostile().items()));
    // Nothing happens here: a stream that is told so is not asked for again.
    site.routes.get("/api/v1/live", _ -> new Response(204, Map.of(), new byte[0]));
    server = RouteServer.start(site.routes);
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    server.close();
    browser.close();
  }

  /** What pages of tests before complained of is nothing to this one. */
  @BeforeEach
  void listen() {
    browser.complaints();
  }

  @Test
  void list_rowOpensItsSession() {
    browser.go(server.url(SESSIONS));

    assertThat(browser.all("tbody tr")).hasSize(50);

    // Beside all text: the whole row is the link.
    browser.follow(
        () -> browser.clickAt("#r-" + Samples.sessionId(Samples.FAILED) + " td:nth-child(9)"));

    assertThat(browser.url()).endsWith(FAILED + "?range=24h");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void story_stepOpensInPlace() {
    browser.go(server.url(FAILED));
    WebElement step = browser.find("#s-" + Samples.stepId(Samples.FAILED, 5));

    step.findElement(By.tagName("summary")).click();

    await()
        .untilAsserted(() ->
            assertThat(step.getText())
                .contains("\"id\": \"ORD-6\"", "Orders.java:118", "no answer after"));
    browser.arrived("step=");
    browser.go(browser.url());
    assertThat(browser.url()).contains("step=" + Samples.stepId(Samples.FAILED, 5));
    assertThat(browser.all("details[open] .stack")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void waterfall_showsBarsAndFailures() {
    waterfall();
    browser.press("z");
    browser.arrived("t0=0");

    assertThat(
            browser.number(
                "return [...document.querySelectorAll('.rows .tr')].filter(row =>"
                    + " row.querySelector('.bars rect').getBoundingClientRect().width >= 1).length"))
        .isGreaterThan(15);
    assertThat(browser.find(".rows .tr").getRect().getHeight()).isEqualTo(24);

    browser.press("n");
    await().until(() -> browser.text(".panel").contains("index is being rebuilt"));

    assertThat(browser.find(".rows .bars .fail").getCssValue("fill")).contains("#stripes");
    assertThat(browser.complaints()).isEmpty();
  }

  /** All rows of it drawn by the script. */
  private static void waterfall() {
    browser.go(server.url(RESEARCH + "?view=waterfall"));
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
  }

  private static String rowCount() {
    return String.valueOf(browser.find(".grid").getDomAttribute("aria-rowcount"));
  }

  @Test
  void keys_walkTheListAndTheViews() {
    browser.go(server.url(SESSIONS));
    browser.press("jj");
    browser.follow(() -> browser.run("document.activeElement.click()"));
    assertThat(browser.url()).contains(FAILED);

    browser.follow(() -> browser.press("2"));
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
    browser.press("n");
    await()
        .until(() ->
            Boolean.TRUE.equals(
                browser.run("return document.activeElement.closest('.failed') !== null")));
    browser.press("?");
    await().until(() -> browser.text("dialog").contains("Next failure"));
    browser.find("dialog").sendKeys(Keys.ESCAPE);
    browser.follow(() -> browser.press("u"));
    assertThat(browser.url()).endsWith(SESSIONS + "?range=24h");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void keys_closeAndOpenTheTree() {
    waterfall();
    browser.run("document.querySelectorAll('.rows a.what')[2].focus()");

    browser.press(Keys.ARROW_LEFT);
    await().until(() -> rowCount().equals("26"));
    browser.press(Keys.ARROW_RIGHT);
    await().until(() -> rowCount().equals("32"));
  }

  @Test
  void keys_zoom() {
    waterfall();

    browser.press("z");
    browser.press("=");
    browser.arrived("t0=3003", "t1=9008");
    browser.press("]");
    browser.arrived("t0=6005", "t1=12010");
    browser.go(browser.url());
    assertThat(browser.find("main").getText()).contains("Zoomed to 6.01 s");
  }

  @Test
  void theme_changesAtOnceAndStays() {
    browser.go(server.url(SESSIONS));
    browser.find(".theme a").click();
    browser.find(".theme a").click();

    assertThat(browser.find("body").getCssValue("background-color")).contains("20, 21, 23");
    browser.go(server.url(FAILED));
    assertThat(browser.find("body").getCssValue("background-color")).contains("20, 21, 23");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void pages_withoutScripts() {
    try (Browser browser = Browser.withoutScripts()) {
      browser.go(server.url(SESSIONS));
      browser.follow(() -> browser.find("#q").sendKeys("status:failed", Keys.ENTER));
      assertThat(browser.url()).contains("q=status%3Afailed", "range=24h");
      assertThat(browser.all("tbody tr")).hasSizeBetween(2, 10);

      browser.follow("#r-" + Samples.sessionId(Samples.FAILED) + " a.row");
      browser.find(".line").click();
      assertThat(browser.find("details[open] .body").getText()).contains("lookup_user");

      browser.follow("[data-view=waterfall]");
      assertThat(browser.all(".grid .bars rect")).hasSize(5);
      browser.follow(".theme a");
      assertThat(browser.find("html").getDomAttribute("data-theme")).isEqualTo("light");
      assertThat(browser.url()).contains("view=waterfall");
    }
  }

  @Test
  void pages_narrow() {
    String hostile = SESSIONS + "/" + hostile().id(1);
    try (Browser browser = Browser.ofWidth(320)) {
      for (String path :
          List.of(
              SESSIONS,
              FAILED + "?step=" + Samples.stepId(Samples.FAILED, 5),
              RESEARCH + "?view=waterfall&step=" + Samples.stepId(Samples.RESEARCH, 2),
              FAILED + "?view=raw",
              "/p/shop/traces/" + Samples.RESEARCH.traceId(),
              "/p/shop/conversations/convo-abc-123",
              hostile + "?step=" + hostile().id(2),
              hostile + "?view=waterfall&step=" + hostile().id(3),
              "/p/none/sessions")) {
        browser.go(server.url(path));

        assertThat(browser.tooWide()).as(path).isEqualTo(List.of());
      }
    }
  }

  @Test
  void pages_withoutBarriers() {
    List<String> barriers = new ArrayList<>();
    for (String theme : List.of("light", "dark")) {
      for (String path :
          List.of(
              SESSIONS,
              SESSIONS + "?q=stauts:x",
              SESSIONS + "?q=user.id:zoe",
              FAILED + "?step=" + Samples.stepId(Samples.FAILED, 5),
              FAILED + "?view=raw",
              RESEARCH + "?view=waterfall&step=" + Samples.stepId(Samples.RESEARCH, 2),
              "/p/shop/traces/" + Samples.RESEARCH.traceId(),
              "/p/shop/conversations/convo-abc-123",
              "/p/none/sessions")) {
        browser.go(server.url(Links.with("/theme/" + theme, Map.of("back", path))));

        browser.barriers().forEach(found -> barriers.add(theme + " " + path + " " + found));
      }
    }
    assertThat(barriers).isEmpty();
  }

  @Test
  void hostileSession_nothingRunsNothingLoads() {
    String hostile = SESSIONS + "/" + hostile().id(1);
    for (String path :
        List.of(
            SESSIONS,
            hostile,
            hostile + "?step=" + hostile().id(2),
            hostile + "?view=waterfall&step=" + hostile().id(3),
            hostile + "?view=raw",
            "/p/shop/traces/" + hostile().traceId())) {
      browser.go(server.url(path));

      assertThat(browser.run("return window.hacked")).as(path).isNull();
      assertThat(browser.run("return performance.getEntriesByType('resource').map(e => e.name)"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .allMatch(name -> name.toString().startsWith(server.url("/")));
      assertThat(browser.complaints()).as(path).isEmpty();
    }
  }

  /** All short hostile texts in one, so that a browser meets each of them. */
  private static Recording hostile() {
    StringBuilder all = new StringBuilder();
    try {
      HostileTest.texts()
          .filter(hostile -> hostile.text().length() < 3_000)
          .forEach(hostile -> all.append(hostile.text()).append("\n\n"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return HostileTest.recording(all.toString());
  }
}
