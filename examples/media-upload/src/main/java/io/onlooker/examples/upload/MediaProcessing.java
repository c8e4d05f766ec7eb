package io.onlooker.examples.upload;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** One job: a single span with many attributes rather than a span for each step of the work. */
final class MediaProcessing {

  private static final int REDUCTION_PERCENT = 30;

  private final Onlooker onlooker;

  MediaProcessing(Onlooker onlooker) {
    this.onlooker = onlooker;
  }

  void process(Job job) {
    onlooker.<Job, RuntimeException>continueTrace(
        job.trace(),
        () -> {
          onlooker.runSpan(
              SpanOptions.named("media_processing_consumer"), parent -> consume(job, parent));
          return job;
        });
  }

  private void consume(Job job, Span parent) {
    SpanOptions consumer =
        SpanOptions.named("queue_consumer")
            .op("queue.process")
            .attribute("messaging.message.id", job.id())
            .attribute("messaging.destination.name", MediaQueue.NAME)
            .attribute("messaging.message.body.size", job.fileSize())
            .attribute(
                "messaging.message.receive.latency", System.currentTimeMillis() - job.enqueuedAt())
            .attribute("messaging.message.retry.count", job.retries());
    onlooker.runSpan(
        consumer,
        span -> {
          try {
            work(job, span);
            parent.setStatus(SpanStatus.OK);
          } catch (IllegalArgumentException e) {
            span.setAttribute("result.status", "failed");
            span.setAttribute("error.message", e.getMessage());
            parent.setStatus(SpanStatus.error("error"));
            onlooker.captureException(e);
          }
        });
  }

  private static void work(Job job, Span span) {
    long start = System.nanoTime();
    boolean image = job.fileType().startsWith("image/");
    span.setAttribute("media.size_bytes", job.fileSize());
    span.setAttribute("media.mime_type", job.fileType());
    span.setAttribute("media.size_bucket", SizeBucket.of(job.fileSize()));
    List<String> operations = image ? edit(job) : List.of();
    span.setAttribute("processing.operations", JsonMapper.shared().writeValueAsString(operations));
    span.setAttribute("processing.optimization_level", "high");
    span.setAttribute("processing.thumbnail_created", operations.contains("thumbnail"));
    span.setAttribute(
        "processing.duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    span.setAttribute("result.size_saved_bytes", job.fileSize() * REDUCTION_PERCENT / 100);
    span.setAttribute("result.size_reduction_percent", REDUCTION_PERCENT);
    span.setAttribute("result.status", "success");
  }

  /** Takes its time as real work would; there is no file behind a name here. */
  private static List<String> edit(Job job) {
    if (job.fileType().equals("image/tiff")) {
      throw new IllegalArgumentException("fileType: image/tiff (expected: a type for the web)");
    }
    List<String> operations = new ArrayList<>();
    for (String operation : List.of("optimize", "thumbnail")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      operations.add(operation);
    }
    return operations;
  }
}
