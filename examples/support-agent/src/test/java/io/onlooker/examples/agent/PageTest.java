package io.onlooker.examples.agent;

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
  void turn_isInTheTraceOfTheAgent() throws Exception {
    OnlookerProcess.assumeBuilt();
    Chromium.assumeSentryInstalled();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder);
        ExampleProcess backend =
            ExampleProcess.start(SupportBackend.class, onlooker.dsn(), Map.of());
        Chromium page = Chromium.open(backend.address())) {
      page.find("#message").sendKeys("Can I return a jacket?\n");
      page.awaitText("#conversation", "within 30 days");

      assertThat(
              onlooker.figures(
                  5,
                  "op:[gen_ai.invoke_agent, gen_ai.request, gen_ai.execute_tool]",
                  "count()",
                  "trace"))
          .hasSize(1)
          .containsValue(5.0);
    }
  }
}
