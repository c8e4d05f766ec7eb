package io.onlooker.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.Chromium;
import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Timeout(180)
class PageTest {

  @TempDir Path folder;

  @Test
  void typingOn_abortsTheRequestOnItsWay() throws Exception {
    OnlookerProcess.assumeBuilt();
    Chromium.assumeSentryInstalled();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder);
        ExampleProcess backend =
            ExampleProcess.start(SearchBackend.class, onlooker.dsn(), Map.of());
        Chromium page = Chromium.open(backend.address())) {
      page.find("#query").sendKeys("*");
      page.awaitText("#results", "Searching");
      page.find("#query").sendKeys("\uE003star w");
      page.awaitText("#results", "Star Wars");

      assertThat(onlooker.figure(1, "op:function ui.aborted:true", "count()")).isEqualTo(1);
      assertThat(onlooker.figure(1, "op:http.client ui.aborted:true", "count()")).isEqualTo(1);
      assertThat(onlooker.figure(1, "op:http.client results.has_results:true", "count()"))
          .isEqualTo(1);
    }
  }
}
