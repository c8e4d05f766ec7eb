package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.LogData;
import io.onlooker.TracingEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans and logs to any OpenTelemetry backend, as OTLP over HTTP in JSON, with the names of
 * today's GenAI conventions.
 *
 * <p>Safe for many threads. No method blocks but {@link #flush} and {@link #shutdown}, and none
 * throws.
 */
public final class OtlpExporter implements Exporter {

  /** OpenTelemetry's usual batch, sooner than its usual five seconds. */
  private static final Batch.Size BATCH = new Batch.Size(512, 2 << 20, TimeUnit.SECONDS.toNanos(1));

  private final ExportMetrics metrics = new ExportMetrics();
  private final Guard guard = new Guard(metrics);
  private final int maxChars;
  private final Sender sender;
  private final SpanTracker tracker;
  private final Batch logs;

  private OtlpExporter(Builder builder) {
    OtlpWriter writer = new OtlpWriter(builder.resource());
    maxChars = builder.sending.maxValueChars();
    sender =
        builder.sending.sender(
            new OtlpTarget(builder.endpoint, builder.headers),
            builder.sending.http(),
            metrics,
            new Drops(metrics),
            null);
    logs = Batch.open(sender, Category.LOG, BATCH, (items, count) -> writer.logs(items));
    Batch spans = Batch.open(sender, Category.SPAN, BATCH, (items, count) -> writer.traces(items));
    tracker = new SpanTracker(new OtlpSink(spans, maxChars));
  }

  /**
   * A builder for the receiver at this address, without {@code /v1/traces}: {@code
   * http://localhost:4318}.
   *
   * @throws IllegalArgumentException when the address is no http(s) address
   */
  public static Builder builder(String endpoint) {
    return new Builder(endpoint);
  }

  /** What was sent and what was dropped so far, in spans and log records. */
  @Override
  public ExportMetrics metrics() {
    return metrics;
  }

  @Override
  public void exportTracingEvent(TracingEvent event) {
    guard.export(() -> tracker.accept(event));
  }

  @Override
  public void forgetSpan(String traceId, String spanId) {
    guard.export(() -> tracker.forget(traceId, spanId));
  }

  @Override
  public void exportLog(LogData log) {
    guard.export(() -> logs.add(OtlpWriter.log(log, maxChars)));
  }

  @Override
  public void exportError(ErrorData error) {
    guard.export(() -> logs.add(OtlpWriter.error(error, maxChars)));
  }

  @Override
  public @Nullable String place() {
    return sender.place();
  }

  @Override
  public @Nullable String lastFailure() {
    return sender.lastFailure();
  }

  @Override
  public boolean flush(Duration timeout) {
    return sender.flush(timeout);
  }

  @Override
  public boolean shutdown(Duration timeout) {
    return !guard.close(() -> tracker.endAll(Times.now())) || sender.shutdown(timeout);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final URI endpoint;
    private final SendSettings sending = new SendSettings();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String serviceName = "unknown_service:java";
    private @Nullable String release;
    private @Nullable String environment;

    private Builder(String endpoint) {
      this.endpoint = WebAddress.of("endpoint", requireNonNull(endpoint, "endpoint"));
    }

    /**
     * A header of every request, as {@code Authorization}; its value is never logged.
     *
     * @throws IllegalArgumentException when HTTP does not allow it
     */
    public Builder header(String name, String value) {
      requireNonNull(value, "value");
      try {
        HttpRequest.newBuilder().header(requireNonNull(name, "name"), value);
      } catch (IllegalArgumentException e) {
        // Its message would show the value.
        throw new IllegalArgumentException(
            "header: '" + name + "' (expected: a name and value that HTTP allows)");
      }
      headers.put(name, value);
      return this;
    }

    /** {@code service.name}, {@code unknown_service:java} unless set. */
    public Builder serviceName(String name) {
      serviceName = requireNonNull(name, "name");
      return this;
    }

    /** {@code service.version}, or null for none. */
    public Builder release(@Nullable String release) {
      this.release = release;
      return this;
    }

    /** {@code deployment.environment.name}, or null for none. */
    public Builder environment(@Nullable String environment) {
      this.environment = environment;
      return this;
    }

    /** As {@link SentryExporter.Builder#maxValueChars}. */
    public Builder maxValueChars(int chars) {
      sending.maxValueChars(chars);
      return this;
    }

    /** As {@link SentryExporter.Builder#queueBytes}. */
    public Builder queueBytes(long bytes) {
      sending.queueBytes(bytes);
      return this;
    }

    /** As {@link SentryExporter.Builder#httpClient}. */
    public Builder httpClient(@Nullable HttpClient client) {
      sending.httpClient(client);
      return this;
    }

    /** As {@link SentryExporter.Builder#requestTimeout}. */
    public Builder requestTimeout(Duration timeout) {
      sending.requestTimeout(timeout);
      return this;
    }

    /** For tests that do not want to wait. */
    Builder backoff(Backoff backoff) {
      sending.backoff(backoff);
      return this;
    }

    /** An exporter with the settings of this moment; its thread starts with the first payload. */
    public OtlpExporter build() {
      return new OtlpExporter(this);
    }

    private Attributes resource() {
      return Attributes.builder()
          .put("service.name", serviceName)
          .put("service.version", release)
          .put("deployment.environment.name", environment)
          .put("telemetry.sdk.name", "onlooker")
          .put("telemetry.sdk.language", "java")
          .put("telemetry.sdk.version", Sdk.VERSION)
          .build();
    }
  }
}
