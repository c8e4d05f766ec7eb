package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees while a slow question is on its way. */
final class LoadingTest {

  private static final int SPANS = 1_234;

  /** Asks the slow question, waits for the words, and stops. */
  private static final String ASK =
      """
      const done = arguments[arguments.length - 1];
      const seen = { lines: 0, moved: 0 };
      const before = document.querySelector("main").getBoundingClientRect().top;
      document.querySelector("a[href*='by=release']").click();
      (function look() {
        const line = document.querySelector(".loading");
        const words = line?.querySelector("span")?.textContent ?? "";
        seen.lines += line ? 1 : 0;
        seen.moved += document.querySelector("main").getBoundingClientRect().top === before ? 0 : 1;
        if (words) {
          seen.words = words;
          seen.role = line.getAttribute("role");
          line.querySelector("button").click();
          seen.left = document.querySelectorAll(".loading").length;
          seen.heading = document.querySelector("h1").textContent;
          done(seen);
        } else {
          setTimeout(look, 50);
        }
      })();
      """;

  @TempDir private static Path folder;

  private static HeldStore store;
  private static OnlookerServer server;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    store = new HeldStore(EmbeddedStore.open(StoreConfig.of(folder.resolve("store"))));
    server =
        OnlookerServer.open(
            ServerConfig.of(folder).withAddress("127.0.0.1", 0).withOtlpPorts(false), store);
    List<Item> items = new ArrayList<>();
    long start = Instant.now().minusSeconds(60).toEpochMilli() * 1_000_000;
    for (int i = 1; i <= SPANS; i++) {
      items.add(
          new SpanData(
              "%032x".formatted(i),
              "%016x".formatted(i),
              null,
              "work",
              "function",
              start,
              start + 1_000_000,
              SpanStatus.OK,
              true,
              Attributes.EMPTY,
              List.of()));
    }
    store.append(new Batch(1, items));
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    server.close();
  }

  @Test
  void slowQuestion_saysHowMuchAndStops() {
    browser.go(server.signInLink());
    browser.go(server.address() + "/p/default/spans?range=1h");
    browser.run(
        "document.querySelector('main a').href ="
            + " '/p/default/spans?q=op%3Afunction&range=1h&by=release'");

    Object seen = browser.later(ASK);

    assertThat(seen).isInstanceOf(Map.class);
    Map<?, ?> map = (Map<?, ?>) seen;
    assertThat(String.valueOf(map.get("words")).strip())
        .isEqualTo("Still looking through up to 1.2k spans");
    assertThat(map.get("role")).isEqualTo("status");
    assertThat((Long) map.get("lines")).as("looks at the line before the words").isGreaterThan(1);
    assertThat(map.get("moved")).as("looks at which the page had moved").isEqualTo(0L);
    assertThat(map.get("left")).as("lines after it was stopped").isEqualTo(0L);
    assertThat(map.get("heading")).isEqualTo("Spans");
    store.letGo();
    assertThat(browser.url()).as("the page that was there stays").endsWith("/spans?range=1h");
  }

  @Test
  void looking_isOfTheQuestion() {
    browser.go(server.signInLink());
    browser.go(server.address() + "/p/default/looking?range=1h");
    assertThat(browser.text("body")).isEqualTo("1.2k");

    browser.go(server.address() + "/p/default/looking?q=%28broken&range=1h");
    assertThat(browser.text("body")).isEqualTo("1.2k");
  }
}
