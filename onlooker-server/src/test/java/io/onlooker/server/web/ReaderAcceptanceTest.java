package io.onlooker.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.server.demo.SampleShop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How what was said is read, in a real browser over the sample shop. */
final class ReaderAcceptanceTest {

  private static final String HOME = Stage.HOME;

  /** A picture of one pixel. */
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private static final String LONGEST_PIECE =
      "return Math.max(...[...document.querySelectorAll('.piece')].map(e => e.textContent.length))";

  /** The beginning of a long text and all pieces behind it. */
  private static final String ALL_PIECES =
      """
      const pieces = [...document.querySelectorAll(".piece")];
      const head = pieces[0].parentElement.querySelector("[data-text]");
      return [head, ...pieces].map((piece) => piece.textContent).join("");
      """;

  /** The fingerprint of the bytes at an address, in hex. */
  private static final String SHA_OF =
      """
      const done = arguments[arguments.length - 1];
      fetch("ADDRESS")
        .then((answer) => answer.arrayBuffer())
        .then((bytes) => crypto.subtle.digest("SHA-256", bytes))
        .then((hash) =>
          done([...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, "0")).join("")));
      """;

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

  @Test
  void check19_onlyNewMessages() {
    go("/sessions/" + SampleShop.longTalk());
    String last = ".steps > li:last-child";
    browser.run("document.querySelector('" + last + " summary').click()");
    await().until(() -> text(last + " .body").contains("14 as before"));

    assertThat(text(last + " .body")).contains("SYSTEM unchanged, 62 B, sha-256", "2 NEW");
    assertThat(browser.texts(last + " section > .msg .role"))
        .containsExactly("ASSISTANT", "TOOL", "ASSISTANT");
    browser.run("document.querySelector('" + last + " .msgs summary').click()");
    await().until(() -> browser.texts(last + " .msg").size() >= 16);

    List<String> all = browser.texts(last + " .msg").subList(0, 16);
    assertThat(all.get(0)).contains("SYSTEM", "careful reader of contracts");
    assertThat(all.get(1)).contains("USER", "my seven orders");
    for (int i = 1; i <= 7; i++) {
      assertThat(all.get(2 * i)).contains("ASSISTANT", "calls check_order", "ORD-400" + i);
      assertThat(all.get(2 * i + 1)).contains("TOOL", "result check_order", "state");
    }
  }

  @Test
  void check20_promptOfTwoMegabytes() {
    String whole = SampleShop.longText();
    assertThat(whole.getBytes(UTF_8).length).isBetween(2_000_000, 2_000_200);
    go("/sessions/" + SampleShop.longPrompt());
    assertThat(browser.number("return document.documentElement.outerHTML.length"))
        .isLessThan(100_000);
    browser.run("document.querySelector('.steps summary').click()");
    await().until(() -> text(".steps .body").contains("show all · open as page · download"));

    browser.run("document.querySelector('a.pieces').click()");
    await().atMost(Duration.ofSeconds(60)).until(() -> browser.all("a.pieces").isEmpty());

    assertThat(browser.all(".piece")).hasSizeBetween(20, 40);
    assertThat(browser.number(LONGEST_PIECE)).isBetween(32_000.0, 64_000.0);
    String shown = String.valueOf(browser.run(ALL_PIECES));
    assertThat(Sha256.hex(shown)).isEqualTo(Sha256.hex(whole));
    String download = browser.find(".steps .msg a[href*='text?part']").getDomAttribute("href");
    assertThat(String.valueOf(browser.later(SHA_OF.replace("ADDRESS", download))))
        .isEqualTo(Sha256.hex(whole));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void reader_showsTextAndDataOnRequest() {
    String last = ".steps > li:last-child";
    go("/sessions/" + SampleShop.longTalk());
    browser.run("document.querySelector('" + last + " summary').click()");
    browser.run("document.querySelector('" + last + " [data-reader=text]').click()");
    await().until(() -> browser.all(last + " .ln").size() > 1);

    String line = browser.find(last + " section > .msg .ln").getDomAttribute("href");
    assertThat(line).startsWith("#t-").endsWith(".0-L1");

    browser.run("document.querySelector('" + last + " [data-reader=json]').click()");
    await().until(() -> !browser.all(last + " .tree").isEmpty());
    assertThat(browser.find(last + " .tree .in .in .key").getDomAttribute("title"))
        .startsWith("$[0].");
    browser.find(last + " .tree input").sendKeys("ORD-4006");
    await().until(() -> text(last + " .tree .hit").contains("ORD-4006"));

    browser.run("document.querySelector('" + last + " [data-reader=read]').click()");
    await().until(() -> text(last + " .md strong").equals("ORD-4003"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void reader_showsEmbeddedPicture() {
    // Of the day before: others count today's sessions.
    Recording picture = new Recording(902, Instant.now().minus(Duration.ofHours(30)));
    String root = picture.nextId();
    long start = picture.nanos();
    String data = "data:image/png;base64," + PIXEL;
    String said = "{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Paint\"}]}";
    picture.tool(root, "paint", 20, "{\"of\":\"[EMAIL]\"}", "{\"image\":\"" + data + "\"}", null);
    picture.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Painter",
        start,
        null,
        Map.of(
            "gen_ai.operation.type",
            "agent",
            "gen_ai.agent.name",
            "Painter",
            "gen_ai.input.messages",
            "[" + said + "]"));
    stage.keep(1, picture);
    go("/sessions/" + root);
    browser.run("document.querySelector('.steps summary').click()");
    await().until(() -> text(".steps a.chip").startsWith("[image/png "));

    browser.run("document.querySelector('.steps a.chip').click()");

    await()
        .until(() ->
            browser.number("return document.querySelector('img.media')?.naturalWidth ?? 0") == 1);
    assertThat(browser.find(".steps span.chip").getDomAttribute("title"))
        .isEqualTo("Redacted by the rule EMAIL");
    assertThat(browser.complaints()).isEmpty();
  }
}
