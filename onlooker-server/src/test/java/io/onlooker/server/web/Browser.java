package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium with an empty profile, which does nothing of its own. */
public final class Browser implements AutoCloseable {

  static {
    // Who asks while a page goes and the next comes may hear that it is gone, and asks again.
    Awaitility.ignoreExceptionByDefault(WebDriverException.class);
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  private final ChromeDriver driver;
  private final Path profile;

  private Browser(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  /** Opens one of the usual size; without Chromium the test is skipped, except where CI is set. */
  public static Browser open() {
    return open(Map.of(), Map.of());
  }

  static Browser withoutScripts() {
    return open(Map.of("profile.managed_default_content_settings.javascript", 2), Map.of());
  }

  static Browser ofWidth(int width) {
    return ofSize(width, 640);
  }

  static Browser ofSize(int width, int height) {
    Map<String, Object> screen =
        Map.of(
            "width", width, "height", height, "pixelRatio", 1.0, "mobile", false, "touch", false);
    return open(Map.of(), Map.of("deviceMetrics", screen));
  }

  static List<String> flags(Path emptyProfile) {
    return List.of(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + emptyProfile);
  }

  public void go(String url) {
    driver.get(url);
  }

  /** What it shows, as PNG. */
  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /**
   * Does what leads to another page and waits until that is there, its scripts too. A click and a
   * key return before the browser has begun to load what they ask for.
   */
  void follow(Runnable action) {
    String here = String.valueOf(run("return performance.timeOrigin"));
    action.run();
    await()
        .until(() -> {
          Object page =
              run("return document.readyState === 'complete' && String(performance.timeOrigin)");
          return page instanceof String origin && !origin.equals(here);
        });
  }

  /** Follows what this shows. */
  void follow(String css) {
    follow(() -> find(css).click());
  }

  /**
   * Waits until a page whose address has all this in it is there, its scripts too. Also where the
   * page only writes its address anew: the browser hears of that a little later.
   */
  void arrived(String... parts) {
    await()
        .until(() ->
            Stream.of(parts).allMatch(url()::contains)
                && "complete".equals(run("return document.readyState")));
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /**
   * What the first of these shows, empty where there is none. Asked in one step: the page may be
   * replaced by the next one at any moment.
   */
  String text(String css) {
    List<String> texts = texts(css);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  /** What each of these shows, asked in one step as well. */
  List<String> texts(String css) {
    Object texts =
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())",
            css);
    return texts instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  /** The title of each of these, empty where it has none. */
  List<String> titles(String css) {
    Object titles =
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.title)", css);
    return titles instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  /** Presses keys where the focus is. */
  void press(CharSequence keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Clicks the middle of what this shows, whatever lies on top there. */
  void clickAt(String css) {
    new Actions(driver).moveToElement(find(css)).click().perform();
  }

  /** Draws over an element, from one share of its width beside its middle to another. */
  void drag(String css, double from, double to) {
    WebElement element = find(css);
    int width = element.getSize().getWidth();
    new Actions(driver)
        .moveToElement(element, (int) (from * width), 0)
        .clickAndHold()
        .moveByOffset((int) ((to - from) * width), 0)
        .release()
        .perform();
  }

  /** What makes the page scroll sideways: the outermost elements that reach beyond the window. */
  @Nullable Object tooWide() {
    return run(
        """
        const clipped = e => {
          for (let up = e.parentElement; up; up = up.parentElement) {
            if (getComputedStyle(up).overflowX !== "visible") return true;
          }
          return false;
        };
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("main *, header *")]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !clipped(e))
            .map(e => e.tagName + "." + e.getAttribute("class") + " in " + e.parentElement.className)
            .slice(0, 12);
        """);
  }

  @Nullable Object run(String script) {
    return driver.executeScript(script);
  }

  /** What a script says later: it calls the last of its arguments with it. */
  @Nullable Object later(String script) {
    return driver.executeAsyncScript(script);
  }

  /** What a script that returns a number returns. */
  double number(String script) {
    return run(script) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** What scripts hold on to, after what they let go of is gone. */
  double heapBytes() {
    driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
    Object used = driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
    return used instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /**
   * How much of something the page has made the browser do, by Chromium's name: {@code
   * LayoutCount}, {@code ScriptDuration} in seconds … It counts from the first time it is asked.
   */
  double work(String name) {
    driver.executeCdpCommand("Performance.enable", Map.of());
    Object metrics = driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
    if (metrics instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> metric
            && name.equals(metric.get("name"))
            && metric.get("value") instanceof Number value) {
          return value.doubleValue();
        }
      }
    }
    throw new IllegalArgumentException("name: " + name + " (expected: one that Chromium counts)");
  }

  /** What WCAG 2.2 A and AA finds wrong with the page, one line for each finding. */
  List<String> barriers() {
    return barriers(
        new AxeBuilder()
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")));
  }

  /** Those that depend on the theme. */
  List<String> barriersOfColour() {
    return barriers(new AxeBuilder().withOnlyRules(List.of("color-contrast")));
  }

  private List<String> barriers(AxeBuilder axe) {
    return axe.analyze(driver).getViolations().stream()
        .flatMap(rule -> rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getHtml()))
        .toList();
  }

  /** What the console holds as an error: policy violations, exceptions, files that did not load. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
    } catch (IOException e) {
      // A leftover of an ended browser in the temporary folder harms nobody.
    }
  }

  private static Browser open(Map<String, ?> preferences, Map<String, ?> emulation) {
    File chromium = onPath("chromium");
    File chromedriver = onPath("chromedriver");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(chromium).as("chromium on the PATH").isNotNull();
      assertThat(chromedriver).as("chromedriver on the PATH").isNotNull();
    }
    if (chromium == null || chromedriver == null) {
      System.out.println(
          "SKIPPED: no chromium and chromedriver on the PATH to show the pages with");
      return abort("no chromium and chromedriver on the PATH");
    }
    Path profile = emptyProfile();
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
    ChromeOptions options = options(profile, preferences, emulation);
    options.setBinary(chromium);
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
    return new Browser(driver, profile);
  }

  private static ChromeOptions options(
      Path profile, Map<String, ?> preferences, Map<String, ?> emulation) {
    ChromeOptions options = new ChromeOptions();
    options.addArguments(flags(profile));
    options.addArguments("--window-size=1440,900");
    options.setExperimentalOption("prefs", preferences);
    if (!emulation.isEmpty()) {
      options.setExperimentalOption("mobileEmulation", emulation);
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }

  private static Path emptyProfile() {
    try {
      return Files.createTempDirectory("onlooker-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable File onPath(String name) {
    String path = System.getenv("PATH");
    return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }
}
