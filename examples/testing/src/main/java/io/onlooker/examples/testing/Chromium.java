package io.onlooker.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser before the page of an example. */
public final class Chromium implements AutoCloseable {

  private static final boolean CI = "true".equals(System.getenv("CI"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Opens a page and waits until it is alive; without Chromium the test is skipped, or fails in CI.
   */
  public static Chromium open(URI page) throws InterruptedException {
    File browser = onPath("chromium");
    File driver = onPath("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).build();
    Chromium chromium = new Chromium(new ChromeDriver(service, options));
    chromium.driver.get(page.toString());
    chromium.awaitText("body[data-ready]", "");
    return chromium;
  }

  /**
   * Whether {@code npm install --prefix examples} was done; without it the test is skipped, or
   * fails where {@code CI=true}.
   */
  public static void assumeSentryInstalled() {
    Path installed = Path.of("../node_modules/@sentry/browser");
    if (CI) {
      assertThat(installed).as("npm install --prefix examples").isDirectory();
    }
    assumeThat(installed).as("npm install --prefix examples").isDirectory();
  }

  public WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** Waits until there is such an element with this text in it. */
  public void awaitText(String css, String text) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!shows(css, text)) {
      assertThat(Instant.now()).as(css + " with " + text + " on " + source()).isBefore(end);
      Thread.sleep(100);
    }
  }

  /** Asked in one step: the page may change at any moment. */
  private boolean shows(String css, String text) {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".some(e => e.innerText.includes(arguments[1]))",
            css,
            text));
  }

  private @Nullable String source() {
    return driver.getPageSource();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static File onPath(String program) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst()
        .orElseGet(() ->
            missing(
                program
                    + " is not on the PATH (expected: apt-get install chromium chromium-driver)"));
  }

  /** Skips the test, or fails it where {@code CI=true}. */
  private static File missing(String what) {
    return CI ? fail(what) : abort(what);
  }
}
