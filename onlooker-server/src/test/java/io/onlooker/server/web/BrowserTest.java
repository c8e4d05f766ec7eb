package io.onlooker.server.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.store.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages in a real browser: what only a browser can tell. */
final class BrowserTest {

  private static final String SESSIONS = "/p/shop/sessions";
  private static final String FAILED = SESSIONS + "/" + Samples.sessionId(Samples.FAILED);
  private static final String RESEARCH = SESSIONS + "/" + Samples.sessionId(Samples.RESEARCH);

  private static final Site SITE = Site.withSamples();
  private static final RouteServer SERVER = RouteServer.start(SITE.routes);

  private static @Nullable Browser shared;

  @BeforeAll
  static void open() {
    SITE.store.append(new Batch(1, hostile().items()));
    // Nothing happens here: a stream that is told so is not asked for again.
    SITE.routes.get("/api/v1/live", _ -> new Response(204, Map.of(), new byte[0]));
    shared = Browser.open();
  }

  @AfterAll
  static void close() {
    SERVER.close();
    if (shared != null) {
      shared.close();
    }
  }

  /** One of the usual size for all tests that need no other; its console is empty. */
  private static Browser browser() {
    Browser browser = requireNonNull(shared, "browser");
    browser.complaints();
    return browser;
  }

  @Test
  void list_rowOpensItsSession() {
    Browser browser = browser();
    browser.go(SERVER.url(SESSIONS));

    assertThat(browser.all("tbody tr")).hasSize(50);

    // Beside all text: the whole row is the link.
    browser.clickAt("#r-" + Samples.sessionId(Samples.FAILED) + " td:nth-child(9)");

    assertThat(browser.url()).endsWith(FAILED + "?range=24h");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void story_stepOpensInPlace() {
    Browser browser = browser();
    browser.go(SERVER.url(FAILED));
    WebElement step = browser.find("#s-" + Samples.stepId(Samples.FAILED, 5));

    step.findElement(By.tagName("summary")).click();

    assertThat(step.getText()).contains("\"id\": \"ORD-6\"", "Orders.java:118", "no answer after");
    browser.go(browser.url());
    assertThat(browser.url()).contains("step=" + Samples.stepId(Samples.FAILED, 5));
    assertThat(browser.all("details[open] .stack")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void waterfall_showsBarsAndFailures() {
    Browser browser = waterfall();
    browser.press("z");
    await().until(() -> browser.url().contains("t0=0"));

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
  private static Browser waterfall() {
    Browser browser = browser();
    browser.go(SERVER.url(RESEARCH + "?view=waterfall"));
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
    return browser;
  }

  @Test
  void keys_walkTheListAndTheViews() {
    Browser browser = browser();
    browser.go(SERVER.url(SESSIONS));
    browser.press("jj");
    browser.run("document.activeElement.click()");
    assertThat(browser.url()).contains(FAILED);

    browser.press("2");
    await().until(() -> !browser.all(".rows [role=row]").isEmpty());
    browser.press("n");
    assertThat(browser.run("return document.activeElement.closest('.failed') !== null"))
        .isEqualTo(true);
    browser.press("?");
    assertThat(browser.find("dialog").getText()).contains("Next failure");
    browser.find("dialog").sendKeys(Keys.ESCAPE);
    browser.press("u");
    assertThat(browser.url()).endsWith(SESSIONS + "?range=24h");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void keys_closeAndOpenTheTree() {
    Browser browser = waterfall();
    browser.run("document.querySelectorAll('.rows a.what')[2].focus()");

    browser.press(Keys.ARROW_LEFT);
    Object closed = browser.find(".grid").getDomAttribute("aria-rowcount");
    browser.press(Keys.ARROW_RIGHT);
    Object open = browser.find(".grid").getDomAttribute("aria-rowcount");

    assertThat(closed).isEqualTo("26");
    assertThat(open).isEqualTo("32");
  }

  @Test
  void keys_zoom() {
    Browser browser = waterfall();

    browser.press("z");
    browser.press("=");
    assertThat(browser.url()).contains("t0=3003", "t1=9008");
    browser.press("]");
    assertThat(browser.url()).contains("t0=6005", "t1=12010");
    browser.go(browser.url());
    assertThat(browser.find("main").getText()).contains("Zoomed to 6.01 s");
  }

  @Test
  void theme_changesAtOnceAndStays() {
    Browser browser = browser();
    browser.go(SERVER.url(SESSIONS));
    browser.find(".theme a").click();
    browser.find(".theme a").click();

    assertThat(browser.find("body").getCssValue("background-color")).contains("20, 21, 23");
    browser.go(SERVER.url(FAILED));
    assertThat(browser.find("body").getCssValue("background-color")).contains("20, 21, 23");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void pages_withoutScripts() {
    try (Browser browser = Browser.withoutScripts()) {
      browser.go(SERVER.url(SESSIONS));
      browser.find("#q").sendKeys("status:failed", Keys.ENTER);
      assertThat(browser.url()).contains("q=status%3Afailed", "range=24h");
      assertThat(browser.all("tbody tr")).hasSizeBetween(2, 10);

      browser.find("#r-" + Samples.sessionId(Samples.FAILED) + " a.row").click();
      browser.find(".line").click();
      assertThat(browser.find("details[open] .body").getText()).contains("lookup_user");

      browser.find("[data-view=waterfall]").click();
      assertThat(browser.all(".grid .bars rect")).hasSize(5);
      browser.find(".theme a").click();
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
        browser.go(SERVER.url(path));

        assertThat(browser.tooWide()).as(path).isEqualTo(List.of());
      }
    }
  }

  @Test
  void pages_withoutBarriers() {
    List<String> barriers = new ArrayList<>();
    Browser browser = browser();
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
        browser.go(SERVER.url(Links.with("/theme/" + theme, Map.of("back", path))));

        browser.barriers().forEach(found -> barriers.add(theme + " " + path + " " + found));
      }
    }
    assertThat(barriers).isEmpty();
  }

  @Test
  void hostileSession_nothingRunsNothingLoads() {
    String hostile = SESSIONS + "/" + hostile().id(1);
    Browser browser = browser();
    for (String path :
        List.of(
            SESSIONS,
            hostile,
            hostile + "?step=" + hostile().id(2),
            hostile + "?view=waterfall&step=" + hostile().id(3),
            hostile + "?view=raw",
            "/p/shop/traces/" + hostile().traceId())) {
      browser.go(SERVER.url(path));

      assertThat(browser.run("return window.hacked")).as(path).isNull();
      assertThat(browser.run("return performance.getEntriesByType('resource').map(e => e.name)"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .allMatch(name -> name.toString().startsWith(SERVER.url("/")));
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
