package io.onlooker.examples.upload;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.web.Fetch;
import io.onlooker.examples.web.Visit;
import io.onlooker.examples.web.Visitor;
import io.onlooker.examples.web.Visits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Does what the page does, without a browser: images, a film, and two that go wrong. */
public final class Uploaders {

  private final Onlooker onlooker;
  private final Visitor visitor;

  private Uploaders(Onlooker onlooker, Visitor visitor) {
    this.onlooker = onlooker;
    this.visitor = visitor;
  }

  /** Takes the backend's address: {@code http://localhost:8080}. */
  public static void main(String[] arguments) throws InterruptedException {
    Visits uploading = Uploaders::visits;
    uploading.run(URI.create(arguments[0]));
  }

  /** Four that go well, one that the worker cannot read, and one that is refused. */
  public static List<Visit> visits(Onlooker onlooker, URI backend) {
    Uploaders uploaders = new Uploaders(onlooker, new Visitor(onlooker, backend));
    return List.of(
        () -> uploaders.upload("portrait.jpg", "image/jpeg", 240_000),
        () -> uploaders.upload("harbour.jpg", "image/jpeg", 4_000_000),
        () -> uploaders.upload("chart.png", "image/png", 90_000),
        () -> uploaders.upload("holiday.mp4", "video/mp4", 48_000_000),
        () -> uploaders.upload("scan.tiff", "image/tiff", 12_000_000),
        () -> uploaders.upload("film.mov", "video/quicktime", 90_000_000));
  }

  private void upload(String name, String type, long size) {
    SpanOptions upload =
        SpanOptions.named("Upload media")
            .op("file.upload")
            .attribute("file.size_bytes", size)
            .attribute("file.size_bucket", SizeBucket.of(size))
            .attribute("file.mime_type", type);
    Map<String, Object> body = Map.of("fileName", name, "fileType", type, "fileSize", size);
    onlooker.runSpan(upload, span -> upload(body, span));
  }

  private void upload(Map<String, Object> body, Span span) {
    long start = System.nanoTime();
    try (Fetch fetch = visitor.post("/api/upload", body)) {
      String job = fetch.json().path("jobId").asString();
      span.setAttribute("upload.success", true);
      span.setAttribute(
          "upload.duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      span.setAttribute("job.id", job);
    } catch (IllegalStateException e) {
      span.setStatus(SpanStatus.error("error"));
      span.setAttribute("upload.success", false);
      span.setAttribute("upload.error", e.getMessage());
      onlooker.captureException(e);
    }
  }
}
