package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.http.RouteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the README from the sample data; run by {@code tools/screenshots}. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
final class Screenshots {

  private static final Map<String, String> PAGES = pages();

  @TempDir private Path profiles;

  @Test
  void take() throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("screenshots"));
    Files.createDirectories(folder);
    try (RouteServer server = RouteServer.start(Site.withSamples().routes)) {
      for (Map.Entry<String, String> page : PAGES.entrySet()) {
        for (String theme : List.of("light", "dark")) {
          Path picture = folder.resolve(page.getKey() + "-" + theme + ".png");
          String themed = Links.with("/theme/" + theme, Map.of("back", page.getValue()));
          take(server.url(themed), picture);

          assertThat(picture).isNotEmptyFile();
        }
      }
    }
  }

  private void take(String url, Path picture) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("chromium"));
    command.addAll(Browser.flags(Files.createTempDirectory(profiles, "profile")));
    command.addAll(List.of("--window-size=1440,900", "--hide-scrollbars"));
    command.add("--screenshot=" + picture);
    command.add(url);
    Process browser =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!browser.waitFor(60, TimeUnit.SECONDS)) {
      browser.destroyForcibly().waitFor();
    }
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    String failed = "/p/shop/sessions/" + Samples.sessionId(Samples.FAILED);
    String research = "/p/shop/sessions/" + Samples.sessionId(Samples.RESEARCH);
    pages.put("sessions", "/p/shop/sessions");
    pages.put("session", failed);
    pages.put("step", failed + "?step=" + Samples.stepId(Samples.FAILED, 5));
    pages.put("waterfall", research + "?view=waterfall");
    pages.put("conversation", "/p/shop/conversations/convo-abc-123");
    return pages;
  }
}
