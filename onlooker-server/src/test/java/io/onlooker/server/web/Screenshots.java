package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.demo.SampleShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes a picture of each page over the sample shop; run by {@code tools/screenshots}. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
final class Screenshots {

  @Test
  void take() throws IOException {
    Path folder = Path.of(System.getProperty("screenshots"));
    Files.createDirectories(folder);
    Stage stage = Stage.shared();
    try (Browser browser = stage.signedIn(Browser.ofSize(1440, 900))) {
      for (Map.Entry<String, String> page : pages(stage, browser).entrySet()) {
        for (String theme : List.of("light", "dark")) {
          Path picture = folder.resolve(page.getKey() + "-" + theme + ".png");
          browser.go(stage.url(Links.with("/theme/" + theme, Map.of("back", page.getValue()))));
          Files.write(picture, browser.picture());

          assertThat(picture).isNotEmptyFile();
        }
      }
    }
  }

  private static Map<String, String> pages(Stage stage, Browser browser) {
    Map<String, String> pages = new LinkedHashMap<>();
    for (String place :
        List.of(
            "overview",
            "sessions",
            "conversations",
            "agents",
            "models",
            "tools",
            "issues",
            "logs",
            "traces",
            "users")) {
      pages.put(place, Stage.HOME + "/" + place);
    }
    pages.put(
        "spans",
        Stage.HOME
            + "/spans?q=op:gen_ai.chat&agg=p95(span.duration)&agg=count()&by=gen_ai.request.model");
    pages.put("tool", Stage.HOME + "/tools/check_order");
    for (Frame.Place section : SettingsView.SECTIONS) {
      pages.put("settings-" + section.path(), Stage.HOME + "/settings/" + section.path());
    }
    pages.put("nothing", Stage.HOME + "/sessions?q=status:failed%20user.id:nobody");
    pages.put("mistake", Stage.HOME + "/sessions?q=stauts:failed");
    pages.put("problem", Stage.HOME + "/sessions/nothing");
    pages.put("sign-in", "/sign-in");
    pages.put("samples", Stage.HOME + "/spans?mode=samples");
    pages.put("mcp", Stage.HOME + "/mcp");
    pages.put("queues", Stage.HOME + "/queues");
    pages.put("agent", first(stage, browser, "/agents"));
    pages.put("model", first(stage, browser, "/models"));
    pages.put("user", first(stage, browser, "/users"));
    pages.put(
        "waterfall", Stage.HOME + "/sessions/" + SampleShop.largeSession() + "?view=waterfall");
    pages.put("session", first(stage, browser, "/sessions?q=status:failed%20issue:*"));
    pages.put("issue", first(stage, browser, "/issues?sort=-sessions"));
    pages.put("conversation", first(stage, browser, "/conversations?q=status:failed"));
    return pages;
  }

  /** Where the first row of a list leads. */
  private static String first(Stage stage, Browser browser, String list) {
    browser.go(stage.url(Stage.HOME + list));
    String href = browser.find("a.row").getDomAttribute("href");
    return String.valueOf(href);
  }
}
