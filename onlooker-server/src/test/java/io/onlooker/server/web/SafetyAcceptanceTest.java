package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Strangers' texts and personal data, in a real browser: nothing runs, nothing is seen. */
final class SafetyAcceptanceTest {

  private static final String HOME = "/p/safety";

  private static Stage stage;
  private static Browser browser;
  private static int project;

  @BeforeAll
  static void open() {
    stage = Stage.shared();
    browser = stage.browser();
    stage.project(browser, "safety");
    browser.go(stage.url(HOME + "/settings/project"));
    project = Integer.parseInt(browser.texts(".facts dd").get(1));
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

  /** Every text of the list that is short enough for an address, and all of them in one. */
  private static List<Recording> hostile() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    Instant start = Instant.now().minusSeconds(3_000);
    for (HostileTest.Hostile hostile : HostileTest.texts().toList()) {
      if (hostile.text().length() < 1_000) {
        recordings.add(HostileTest.recording(4_000 + recordings.size(), start, hostile.text()));
        all.append(hostile.text()).append("\n\n");
        start = start.plusSeconds(10);
      }
    }
    recordings.add(HostileTest.recording(3_999, start, all.toString()));
    return recordings;
  }

  /** All pages that show a recording, and those of what its first rows stand for. */
  private static List<String> pages(Recording all) {
    List<String> pages = new ArrayList<>();
    String session = HOME + "/sessions/" + all.id(1);
    pages.add(session + "?view=raw");
    pages.add(session + "?view=waterfall&step=" + all.id(3));
    for (int id = 1; id <= 3; id++) {
      pages.add(session + "?step=" + all.id(id));
    }
    pages.add(HOME + "/traces/" + all.traceId());
    for (String list :
        List.of(
            "overview",
            "sessions",
            "traces",
            "conversations",
            "users",
            "agents",
            "models",
            "tools",
            "issues",
            "logs",
            "spans?by=user.id&by=gen_ai.agent.name&agg=count()",
            "spans?mode=samples")) {
      pages.add(HOME + "/" + list);
    }
    for (String list : List.of("conversations", "users", "agents", "models", "tools", "issues")) {
      go("/" + list);
      Object links =
          browser.run(
              "return [...document.querySelectorAll('a.row')].slice(0, 4)"
                  + ".map(a => a.getAttribute('href'))");
      ((List<?>) java.util.Objects.requireNonNull(links, list))
          .forEach(link -> pages.add(String.valueOf(link)));
    }
    return pages;
  }

  @Test
  void check18_hostileSessionIsOnlyText() throws IOException {
    List<Recording> recordings = hostile();
    recordings.forEach(recording -> stage.keep(project, recording));

    for (String page : pages(recordings.getLast())) {
      browser.go(stage.url(page));

      assertThat(browser.run("return window.hacked")).as(page).isNull();
      assertThat(browser.run("return performance.getEntriesByType('resource').map(e => e.name)"))
          .asInstanceOf(LIST)
          .allMatch(name -> name.toString().startsWith(stage.url("/")));
      assertThat(browser.complaints()).as(page).isEmpty();
    }
    go("/sessions/" + recordings.getLast().id(1) + "?step=" + recordings.getLast().id(2));
    assertThat(text("main"))
        .contains("<script>alert(1)</script>", "onerror=", "javascript:", "</script>", "https://");
    assertThat(
            browser.run(
                "return fetch(location.href).then(r => r.headers.get('content-security-policy'))"))
        .asString()
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
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
  void check23_newEventsShowChips() {
    go("/settings/keys");
    browser.find("#new-label").sendKeys("shop", Keys.ENTER);
    await().until(() -> !text(".secret [data-copy]").isEmpty());
    String dsn = text(".secret [data-copy]");
    try (Onlooker onlooker = Onlooker.create(options -> options.pii(true).dsn(dsn))) {
      onlooker.startSpan(
          SpanOptions.agentRun("Clerk").input("I am zoe@example.org, where is my order?"),
          run -> {
            run.output("I have written to zoe@example.org.");
            return "";
          });
      onlooker.flush(Duration.ofSeconds(20));
    }
    await()
        .until(() -> {
          go("/sessions?q=agent:Clerk");
          return !texts("a.row").isEmpty();
        });
    browser.follow("a.row");

    await().until(() -> texts(".chip").contains("[EMAIL]"));
    String session = browser.url().replaceFirst("\\?.*", "");
    browser.go(session + "?view=raw");
    assertThat(text("main")).contains("[EMAIL]").doesNotContain("zoe@example.org");
    go("/settings/redaction");
    assertThat(text("tr:has(#kind-EMAIL) td.n")).isNotEqualTo("0");
  }
}
