package io.onlooker.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.Chromium;
import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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

      Map<String, Double> traces =
          onlooker.figures(3, "op:[file.upload, queue.publish, queue.process]", "count()", "trace");

      assertThat(traces).hasSize(1).containsValue(3.0);
      assertChain(onlooker.read("/api/v1/traces/" + traces.keySet().iterator().next()));
    }
  }

  /** From the click to the worker, each below the one before. */
  private static void assertChain(JsonNode trace) {
    List<JsonNode> spans = trace.path("spans").valueStream().toList();
    JsonNode upload = only("op", "file.upload", spans);
    JsonNode request = only("span_id", below("queue_producer", spans), spans);
    JsonNode publish = only("name", "queue_producer", spans);
    JsonNode consumer = only("name", "media_processing_consumer", spans);
    JsonNode process = only("name", "queue_consumer", spans);

    assertThat(request.path("op").asString()).isEqualTo("http.client");
    assertThat(List.of(request, publish, consumer, process))
        .extracting(span -> span.path("parent_span_id").asString())
        .containsExactly(id(upload), id(request), id(publish), id(consumer));
    assertThat(process.path("op").asString()).isEqualTo("queue.process");
    assertThat(process.path("attributes").path("messaging.message.id").asString())
        .isEqualTo(publish.path("attributes").path("messaging.message.id").asString())
        .isEqualTo(upload.path("attributes").path("job.id").asString());
  }

  private static String below(String name, List<JsonNode> spans) {
    return only("name", name, spans).path("parent_span_id").asString();
  }

  private static String id(JsonNode span) {
    return span.path("span_id").asString();
  }

  private static JsonNode only(String member, String value, List<JsonNode> spans) {
    List<JsonNode> found =
        spans.stream().filter(span -> span.path(member).asString("").equals(value)).toList();
    assertThat(found).as(member + " " + value + " among " + spans).hasSize(1);
    return found.get(0);
  }
}
