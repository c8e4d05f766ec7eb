package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.onlooker.server.demo.SampleShop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast and how heavy the pages are in a real browser over the sample shop; run by {@code
 * benchmarks/pages.sh}. Prints rows of a table and judges nothing: figures depend on the machine.
 */
@EnabledIfSystemProperty(named = "pages", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PageFigures {

  private static final int TIMES = 7;

  /** What a machine's processors may do for it to count as at rest, and for how many looks. */
  private static final double IDLE = 0.1;

  private static final int LOOKS = 8;

  /** What Chromium counts in seconds of the page's own thread. */
  private static final List<String> WORK =
      List.of("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration");

  /** What the browser knows about the load of a page; bytes are compressed and without heads. */
  private static final String LOAD =
      """
      const done = arguments[arguments.length - 1];
      let shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((e) => {
        shift += e.hadRecentInput ? 0 : e.value;
      })).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => {
        const [page] = performance.getEntriesByType("navigation");
        const files = performance.getEntriesByType("resource").filter((e) => e.initiatorType !== "eventsource");
        const sum = (all) => all.reduce((bytes, e) => bytes + e.encodedBodySize, 0);
        const ending = (end) => files.filter((e) => new URL(e.name).pathname.endsWith(end));
        const rows = ending("/rows")[0];
        done({
          paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1,
          usable: performance.getEntriesByName("steps")[0]?.startTime ?? -1,
          server: page.responseStart - page.requestStart,
          rows: rows ? rows.responseStart - rows.requestStart : 0,
          page: page.encodedBodySize,
          data: rows?.encodedBodySize ?? 0,
          all: page.encodedBodySize + sum(files),
          scripts: sum(ending(".js")),
          styles: sum(ending(".css")),
          requests: 1 + files.length,
          elements: document.querySelectorAll("*").length,
          shift,
        });
      }, 600);
      """;

  /** Three seconds of scrolling by 48 pixels a frame. */
  private static final String SCROLL =
      """
      const done = arguments[arguments.length - 1];
      const times = [];
      let elements = 0;
      const end = performance.now() + 3000;
      (function step(now = performance.now()) {
        times.push(now);
        if (now < end) {
          scrollBy(0, 48);
          requestAnimationFrame(step);
          return;
        }
        elements = document.querySelectorAll("*").length;
        const frames = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
        done({
          fps: (1000 * frames.length) / (times.at(-1) - times[0]),
          p95: frames[Math.floor(frames.length * 0.95)],
          short: frames.filter((frame) => frame <= 20).length / frames.length,
          worst: frames.at(-1),
          elements,
        });
      })();
      """;

  private static final String PRESS =
      """
      const done = arguments[arguments.length - 1];
      const begin = performance.now();
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent("keydown", { key: "KEY", bubbles: true, cancelable: true }));
      requestAnimationFrame(() => setTimeout(() => done({ took: performance.now() - begin })));
      """;

  private static final Stage STAGE = Stage.open(3);

  @AfterAll
  static void close() {
    STAGE.close();
  }

  /** The first page of all: signing in leads to the overview. */
  @Test
  @Order(1)
  void firstVisit() {
    try (Browser fresh = STAGE.signedIn(Browser.open())) {
      settle(fresh);
      Load cold = figures(fresh, LOAD);
      row("first visit, all files", "≤ 60 kB", kilo(cold.get("all")));
      row("… scripts", "≤ 25 kB", kilo(cold.get("scripts")));
      row("… styles", "≤ 10 kB", kilo(cold.get("styles")));
      row("first paint of the server's first page", "≤ 1.5 s", millis(cold.get("paint")));
    }
  }

  @Test
  void pages() {
    Browser browser = STAGE.browser();
    for (Map.Entry<String, String> page : paths().entrySet()) {
      List<Load> loads = loads(browser, page.getValue(), 5);
      row(
          page.getKey() + ": first paint (p75), server, requests, shift",
          "≤ 300 ms, –, ≤ 5, ≤ 0.02",
          millis(share(loads, "paint", 0.75))
              + ", "
              + millis(share(loads, "server", 0.5))
              + ", "
              + Math.round(share(loads, "requests", 1))
              + ", "
              + String.format(Locale.ROOT, "%.3f", share(loads, "shift", 1)));
    }
  }

  @Test
  void fiveThousandSteps() {
    steps("5,000 steps", SampleShop.largeSession(), "≤ 500 ms");
  }

  @Test
  void fiftyThousandSteps() {
    steps("50,000 steps", STAGE.addLarge(50_000), "≤ 2.5 s");
  }

  @Test
  void back() {
    Browser browser = STAGE.browser();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      browser.go(STAGE.url(Stage.HOME + "/sessions?q=status:failed"));
      browser.run("addEventListener('pageshow', () => { window.shown = Date.now(); })");
      browser.run("document.querySelectorAll('a.row')[3].click()");
      Awaitility.await().until(() -> !browser.all(".facts").isEmpty());
      browser.run("sessionStorage.setItem('left', String(Date.now())); history.back()");
      Awaitility.await().until(() -> browser.all(".facts").isEmpty());
      settle(browser);
      times.add(
          browser.number(
              "return (window.shown ?? performance.timeOrigin + performance.timing.loadEventEnd"
                  + " - performance.timing.navigationStart) - Number(sessionStorage.getItem('left'))"));
    }
    times.sort(null);
    row("back to a list", "≤ 100 ms", millis(times.get(TIMES / 2)));
  }

  @Test
  void live() throws InterruptedException {
    Recording open = new Recording(950, Instant.now().minusSeconds(600));
    String session = open.nextId();
    open.open(
        session,
        "gen_ai.invoke_agent",
        "invoke_agent Live",
        open.nanos(),
        Map.of("gen_ai.operation.type", "agent", "gen_ai.operation.name", "invoke_agent"));
    for (int i = 0; i < 3_000; i++) {
      open.tool(session, "first", 150, "{}", "{}", null);
    }
    STAGE.keep(1, open);
    Browser browser = STAGE.browser();
    waterfall(browser, session);
    rest();
    AtomicBoolean done = new AtomicBoolean();
    Thread sender = Thread.ofPlatform().start(() -> sendFifty(open, session, done));
    Load frames = figures(browser, SCROLL);
    done.set(true);
    sender.join(Duration.ofSeconds(10));
    row("50 new steps a second: frames, at most 20 ms", "≥ 55/s, 95 %", frames(frames));
  }

  private static void sendFifty(Recording open, String session, AtomicBoolean done) {
    long next = System.nanoTime();
    while (!done.get()) {
      try {
        String id = "%016x".formatted(System.nanoTime());
        STAGE.send(open.traceId(), id, session, "live", false);
        next += 20_000_000;
        Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("a step was not sent", e);
      }
    }
  }

  private static void steps(String name, String session, String usable) {
    Browser browser = STAGE.browser();
    String path = Stage.HOME + "/sessions/" + session + "?view=waterfall";
    List<Load> loads = loads(browser, path, TIMES);
    row(name + ": usable", usable, millis(share(loads, "usable", 0.5)));
    row(
        "… server: page, then rows",
        "≤ 100 ms",
        millis(share(loads, "server", 0.5)) + ", " + millis(share(loads, "rows", 0.5)));
    row(
        "… transfer: page and rows",
        "≤ 150 kB",
        kilo(share(loads, "page", 1)) + " + " + kilo(share(loads, "data", 1)));
    waterfall(browser, session);
    rest();
    Map<String, Double> before = work(browser);
    Load frames = figures(browser, SCROLL);
    row("… scrolling: frames, at most 20 ms", "≥ 55/s, 95 %", frames(frames));
    row("… a frame: script, style, layout, all", "–", work(browser, before, frames));
    row("… elements while scrolling", "≤ 1,500", Show.count(Math.round(frames.get("elements"))));
    row("… memory of scripts", "≤ 40 MB", mega(browser.heapBytes()));
    browser.run("document.querySelector('.rows a').focus()");
    for (String key : List.of("j", "z", "n", "ArrowLeft")) {
      double took = figures(browser, PRESS.replace("KEY", key)).get("took");
      row("… key " + key, "≤ 100 ms", millis(took));
    }
  }

  /** Until a server that has just received much, or a browser that has just begun, is done. */
  private static void rest() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    AtomicInteger idle = new AtomicInteger();
    machine.getCpuLoad();
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(250))
          .atMost(Duration.ofSeconds(10))
          .until(() ->
              (machine.getCpuLoad() < IDLE ? idle.incrementAndGet() : idle.getAndSet(0)) >= LOOKS);
    } catch (ConditionTimeoutException _) {
      row("… what follows", "a machine at rest", "beside other work");
    }
  }

  private static Map<String, Double> work(Browser browser) {
    Map<String, Double> work = new LinkedHashMap<>();
    WORK.forEach(name -> work.put(name, browser.work(name)));
    return work;
  }

  /** Milliseconds of each frame since then. */
  private static String work(Browser browser, Map<String, Double> before, Load frames) {
    double count = Math.max(1, 3 * frames.get("fps"));
    List<String> millis = new ArrayList<>();
    work(browser)
        .forEach((name, seconds) -> {
          double since = seconds - before.getOrDefault(name, 0.0);
          millis.add(String.format(Locale.ROOT, "%.1f", 1000 * since / count));
        });
    return String.join(", ", millis) + " ms";
  }

  private static String frames(Load frames) {
    return String.format(
        Locale.ROOT,
        "%.1f/s, %.1f %% (p95 %.1f ms, worst %.0f ms)",
        frames.get("fps"),
        100 * frames.get("short"),
        frames.get("p95"),
        frames.get("worst"));
  }

  private static void waterfall(Browser browser, String session) {
    browser.go(STAGE.url(Stage.HOME + "/sessions/" + session + "?view=waterfall"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !browser.all(".rows [role=row]").isEmpty());
    settle(browser);
  }

  private static List<Load> loads(Browser browser, String path, int times) {
    browser.go(STAGE.url(path));
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      browser.go(STAGE.url(path));
      settle(browser);
      loads.add(figures(browser, LOAD));
    }
    return loads;
  }

  private static void settle(Browser browser) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            Boolean.TRUE.equals(
                browser.run(
                    "return document.readyState === 'complete' &&"
                        + " (!document.querySelector('[data-rows]') || !!document.querySelector('.rows'))")));
  }

  private static Load figures(Browser browser, String script) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Object said = browser.later(script);
    assertThat(said).isInstanceOf(Map.class);
    ((Map<?, ?>) said)
        .forEach((name, value) ->
            figures.put(
                String.valueOf(name),
                value instanceof Number number ? number.doubleValue() : -1.0));
    return new Load(figures);
  }

  /** What was measured, by name. */
  private record Load(Map<String, Double> figures) {

    double get(String name) {
      return figures.getOrDefault(name, Double.NaN);
    }
  }

  private static double share(List<Load> loads, String name, double share) {
    List<Double> sorted = loads.stream().map(load -> load.get(name)).sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }

  private static Map<String, String> paths() {
    Map<String, String> paths = new LinkedHashMap<>();
    for (String place :
        List.of("overview", "sessions", "conversations", "agents", "spans", "issues", "logs")) {
      paths.put(place, Stage.HOME + "/" + place);
    }
    paths.put("session", Stage.HOME + "/sessions/" + SampleShop.longTalk());
    paths.put("2 MB prompt", Stage.HOME + "/sessions/" + SampleShop.longPrompt());
    paths.put("story of 5,000", Stage.HOME + "/sessions/" + SampleShop.largeSession());
    paths.put("waterfall", Stage.HOME + "/sessions/" + SampleShop.longTalk() + "?view=waterfall");
    return paths;
  }

  private static void row(String measure, String target, String measured) {
    System.out.println("| " + measure + " | " + target + " | " + measured + " |");
  }

  private static String millis(double millis) {
    return millis < 0 ? "–" : Math.round(millis) + " ms";
  }

  private static String kilo(double bytes) {
    return String.format(Locale.ROOT, "%.1f kB", bytes / 1000);
  }

  private static String mega(double bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
