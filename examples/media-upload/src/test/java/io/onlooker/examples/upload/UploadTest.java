package io.onlooker.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.examples.testing.SentSpan;
import io.onlooker.examples.testing.Shown;
import io.onlooker.test.CaptureServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Producer, consumer and uploaders in three processes, with the queue between the first two. */
@Timeout(180)
class UploadTest {

  @TempDir Path folder;

  @Test
  void spans_onTheWire_areTheOnesOfTheSeed() throws Exception {
    try (CaptureServer sentry = CaptureServer.start();
        ExampleProcess backend = backend(sentry.dsn());
        ExampleProcess worker = worker(sentry.dsn())) {
      worker.said("works off");
      upload(sentry.dsn(), backend);

      List<SentSpan> spans = new ArrayList<>();
      while (count("Upload media", spans) < 6
          || count("queue_producer", spans) < 5
          || count("queue_consumer", spans) < 5) {
        spans.addAll(SentSpan.take(sentry));
      }
      SentSpan parent = SentSpan.named("media_processing_consumer", spans);
      SentSpan producer = span(parent.parent(), spans);
      SentSpan consumer = below(parent, spans);

      assertThat(producer.name()).isEqualTo("queue_producer");
      assertThat(producer.op()).isEqualTo("queue.publish");
      assertThat(producer.attributes())
          .containsOnlyKeys(
              "messaging.message.id", "messaging.destination.name", "messaging.message.body.size");
      assertThat(consumer.name()).isEqualTo("queue_consumer");
      assertThat(consumer.op()).isEqualTo("queue.process");
      assertThat(consumer.attributes())
          .containsOnlyKeys(
              "messaging.message.id",
              "messaging.destination.name",
              "messaging.message.body.size",
              "messaging.message.receive.latency",
              "messaging.message.retry.count",
              "media.size_bytes",
              "media.mime_type",
              "media.size_bucket",
              "processing.operations",
              "processing.optimization_level",
              "processing.thumbnail_created",
              "processing.duration_ms",
              "result.size_saved_bytes",
              "result.size_reduction_percent",
              "result.status");
      assertThat(consumer.text("messaging.message.id"))
          .isEqualTo(producer.text("messaging.message.id"));
      assertThat(SentSpan.attributesOf("Upload media", "file.upload", spans))
          .containsExactlyInAnyOrder(
              "file.size_bytes",
              "file.size_bucket", // only among what the seed monitors
              "file.mime_type",
              "upload.success",
              "upload.duration_ms",
              "upload.error",
              "job.id");
      // The SDK says of a span without an operation that it is a generic one.
      assertThat(parent.attributes()).containsOnlyKeys("gen_ai.operation.name");
    }
  }

  @Test
  void savedViews_showTheMetricsToMonitor() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder.resolve("data"));
        ExampleProcess backend = backend(onlooker.dsn());
        ExampleProcess worker = worker(onlooker.dsn())) {
      worker.said("works off");
      upload(onlooker.dsn(), backend);
      onlooker.await(6, "op:file.upload");
      onlooker.await(10, "op:[queue.publish, queue.process]");

      assertViews(onlooker.views("Media upload"));
    }
  }

  private static void assertViews(Shown views) {
    assertThat(views.titles())
        .containsExactly(
            "Slow uploads by size of the file",
            "Processing that succeeds, by type of media",
            "Bytes that processing saves",
            "Waiting in queues",
            "Throughput of queues",
            "Published and processed, by queue");
    assertThat(views.view("Slow uploads by size of the file"))
        .containsOnlyKeys("small", "medium", "large")
        .allSatisfy((size, figures) -> assertThat(figures.get(0)).isPositive());
    assertThat(views.first("Processing that succeeds, by type of media"))
        .containsOnly(
            Map.entry("image/jpeg", 1.0),
            Map.entry("image/png", 1.0),
            Map.entry("video/mp4", 1.0),
            Map.entry("image/tiff", 0.0));
    assertThat(views.view("Bytes that processing saves"))
        .containsEntry("", List.of(0.3 * (240_000 + 4_000_000 + 90_000 + 48_000_000) / 4));
    assertThat(views.figures("Waiting in queues", MediaQueue.NAME))
        .hasSize(2)
        .allSatisfy(millis -> assertThat(millis).isBetween(0.0, 120_000.0));
    assertThat(views.first("Throughput of queues"))
        .containsOnly(Map.entry("queue.publish", 5.0), Map.entry("queue.process", 5.0));
    assertThat(views.view("Published and processed, by queue"))
        .containsEntry(MediaQueue.NAME, List.of(5.0, 5.0));
  }

  @Test
  void jobThatAWorkerLeft_isTakenAgainAndCounted() throws Exception {
    try (CaptureServer sentry = CaptureServer.start();
        ExampleProcess backend = backend(sentry.dsn())) {
      upload(sentry.dsn(), backend);
      leaveOne();

      try (ExampleProcess worker = worker(sentry.dsn())) {
        worker.said("works off");
        List<SentSpan> spans = new ArrayList<>();
        while (consumers(spans).size() < 5) {
          spans.addAll(SentSpan.take(sentry, "media_processing_consumer"));
        }

        assertThat(consumers(spans))
            .extracting(span -> span.text("messaging.message.retry.count"))
            .containsExactlyInAnyOrder("0", "0", "0", "0", "1");
      }
    }
  }

  /** As a worker does that ends in the middle of its work. */
  private void leaveOne() throws Exception {
    Path queue = folder.resolve("queue");
    try (Stream<Path> waiting = Files.list(queue.resolve("waiting"))) {
      Path job = waiting.findFirst().orElseThrow();
      Files.move(job, queue.resolve("taken").resolve(job.getFileName()));
    }
  }

  private ExampleProcess backend(String dsn) throws Exception {
    return ExampleProcess.start(UploadBackend.class, dsn, queue());
  }

  private ExampleProcess worker(String dsn) throws Exception {
    return ExampleProcess.start(MediaWorker.class, dsn, queue());
  }

  private Map<String, String> queue() {
    return Map.of("QUEUE", folder.resolve("queue").toString());
  }

  private static void upload(String dsn, ExampleProcess backend) throws Exception {
    String address = backend.address().toString();
    try (ExampleProcess uploaders = ExampleProcess.start(Uploaders.class, dsn, Map.of(), address)) {
      uploaders.done();
    }
  }

  private static long count(String name, List<SentSpan> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).count();
  }

  private static List<SentSpan> consumers(List<SentSpan> spans) {
    return spans.stream().filter(span -> span.op().equals("queue.process")).toList();
  }

  private static SentSpan span(String id, List<SentSpan> spans) {
    return spans.stream().filter(span -> span.id().equals(id)).findFirst().orElseThrow();
  }

  private static SentSpan below(SentSpan parent, List<SentSpan> spans) {
    return spans.stream()
        .filter(span -> span.parent().equals(parent.id()))
        .findFirst()
        .orElseThrow();
  }
}
