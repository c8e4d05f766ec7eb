package io.onlooker.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.Chromium;
import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import java.nio.file.Files;
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
  void upload_isInTheTraceOfTheWork() throws Exception {
    OnlookerProcess.assumeBuilt();
    Chromium.assumeSentryInstalled();
    Path file = Files.writeString(folder.resolve("portrait.png"), "not really a picture");
    Map<String, String> queue = Map.of("QUEUE", folder.resolve("queue").toString());
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder.resolve("data"));
        ExampleProcess worker = ExampleProcess.start(MediaWorker.class, onlooker.dsn(), queue);
        ExampleProcess backend = ExampleProcess.start(UploadBackend.class, onlooker.dsn(), queue);
        Chromium page = Chromium.open(backend.address())) {
      worker.said("works off");
      page.find("#file").sendKeys(file.toString());
      page.find("#upload").click();
      page.awaitText("#outcome", "is being processed");

      assertThat(
              onlooker.figures(
                  3, "op:[file.upload, queue.publish, queue.process]", "count()", "trace"))
          .hasSize(1)
          .containsValue(3.0);
    }
  }
}
