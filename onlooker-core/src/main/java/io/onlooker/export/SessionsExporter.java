package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import io.onlooker.ErrorData;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.TracingEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends sessions to Sentrial, or to an Onlooker server, by Sentrial's calls (seed 004): each run of
 * an agent is a session, its model and tool calls are the session's events, in the order in which
 * they began.
 *
 * <p>Ids are made here and sent along, so that what is sent twice counts once. A server that says
 * so gets many calls in one request. Other spans, and logs, are not part of it and are counted as
 * not kept. Safe for many threads. No method blocks but {@link #flush} and {@link #shutdown}, and
 * none throws.
 */
public final class SessionsExporter implements Exporter {

  private static final Batch.Size BATCH = new Batch.Size(256, 1 << 20, TimeUnit.SECONDS.toNanos(1));

  private final ExportMetrics metrics = new ExportMetrics();
  private final Guard guard = new Guard(metrics);
  private final Sender sender;
  private final SessionsSink sink;
  private final SpanTracker tracker;

  private SessionsExporter(Builder builder) {
    sender =
        builder.sending.sender(
            new SessionsTarget(new SessionsApi(builder.address, builder.apiKey), builder.batch),
            builder.sending.http(),
            metrics,
            new Drops(metrics),
            null);
    Batch lines = Batch.ofLines(sender, Category.SESSION, BATCH);
    sink = new SessionsSink(lines::add, metrics, builder.sending.maxValueChars());
    tracker = new SpanTracker(sink);
  }

  /**
   * A builder for the server at this address, without {@code /api/sdk}: {@code
   * https://api.sentrial.com}, {@code http://localhost:8600}.
   *
   * @throws IllegalArgumentException when the address is no http(s) address, or HTTP does not allow
   *     the key
   */
  public static Builder builder(String apiUrl, String apiKey) {
    return new Builder(apiUrl, apiKey);
  }

  /** What was sent and what was dropped so far, in calls; spans that are no part, as not kept. */
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
  public void exportError(ErrorData error) {
    guard.export(() -> sink.error(tracker.find(error.traceId(), error.spanId()), error));
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

    private final URI address;
    private final String apiKey;
    private final SendSettings sending = new SendSettings();
    private @Nullable Boolean batch;

    private Builder(String apiUrl, String apiKey) {
      this.address = WebAddress.of("apiUrl", requireNonNull(apiUrl, "apiUrl"));
      this.apiKey = checked(requireNonNull(apiKey, "apiKey"));
    }

    /**
     * Whether many calls go in one request, {@code POST /api/sdk/batch}; unless set, the server is
     * asked.
     */
    public Builder batch(boolean together) {
      batch = together;
      return this;
    }

    /** As {@link SentryExporter.Builder#maxValueChars}. */
    public Builder maxValueChars(int chars) {
      sending.maxValueChars(chars);
      return this;
    }

    /** As {@link SentryExporter.Builder#queueBytes}, in encoded calls. */
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

    public SessionsExporter build() {
      return new SessionsExporter(this);
    }

    private static String checked(String key) {
      try {
        HttpRequest.newBuilder().header("Authorization", "Bearer " + key);
        return key;
      } catch (IllegalArgumentException e) {
        // Its message would show the key.
        throw new IllegalArgumentException("apiKey: *** (expected: characters HTTP allows)");
      }
    }
  }
}
