package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import io.onlooker.Drop;
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
  private boolean closed;

  private SessionsExporter(Builder builder) {
    sender =
        new Sender(
            new SessionsTarget(new SessionsApi(builder.address, builder.apiKey), builder.batch),
            new Http(builder.httpClient, builder.requestTimeout),
            builder.backoff,
            new SendQueue(builder.queueBytes),
            metrics,
            new Drops(metrics),
            null);
    Batch lines = Batch.ofLines(sender, Category.SESSION, BATCH);
    sink = new SessionsSink(lines::add, metrics, builder.maxValueChars);
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
    export(() -> tracker.accept(event));
  }

  @Override
  public void forgetSpan(String traceId, String spanId) {
    export(() -> tracker.forget(traceId, spanId));
  }

  @Override
  public void exportError(ErrorData error) {
    export(() -> sink.error(tracker.find(error.traceId(), error.spanId()), error));
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
    synchronized (this) {
      if (closed) {
        return true;
      }
      guard.run(() -> tracker.endAll(Times.now()));
      closed = true;
    }
    return sender.shutdown(timeout);
  }

  private synchronized void export(Runnable work) {
    if (closed) {
      metrics.countDropped(Drop.CLOSED, 1);
    } else {
      guard.run(work);
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final URI address;
    private final String apiKey;
    private @Nullable Boolean batch;
    private int maxValueChars = 128 * 1024;
    private long queueBytes = 16L << 20;
    private @Nullable HttpClient httpClient;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Backoff backoff = Backoff.USUAL;

    private Builder(String apiUrl, String apiKey) {
      this.address = address(requireNonNull(apiUrl, "apiUrl"));
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

    /**
     * How many characters of one value are sent, 131072 unless set; what was cut is said.
     *
     * @throws IllegalArgumentException below 256
     */
    public Builder maxValueChars(int chars) {
      maxValueChars = (int) Checks.atLeast("maxValueChars", chars, 256);
      return this;
    }

    /**
     * How many bytes of encoded calls may wait, 16 MiB unless set; what does not fit is dropped and
     * counted.
     *
     * @throws IllegalArgumentException below 65536
     */
    public Builder queueBytes(long bytes) {
      queueBytes = Checks.atLeast("queueBytes", bytes, 65_536);
      return this;
    }

    /** The client to send with, for a proxy or own certificates; null makes one. */
    public Builder httpClient(@Nullable HttpClient client) {
      httpClient = client;
      return this;
    }

    /**
     * The time one request may take, 10 seconds unless set.
     *
     * @throws IllegalArgumentException when not positive
     */
    public Builder requestTimeout(Duration timeout) {
      Checks.atLeast("requestTimeout in ms", timeout.toMillis(), 1);
      requestTimeout = timeout;
      return this;
    }

    /** For tests that do not want to wait. */
    Builder backoff(Backoff backoff) {
      this.backoff = backoff;
      return this;
    }

    public SessionsExporter build() {
      return new SessionsExporter(this);
    }

    private static URI address(String apiUrl) {
      String trimmed = apiUrl.strip().replaceAll("/+$", "");
      try {
        URI uri = URI.create(trimmed);
        if (Checks.web(uri.getScheme()) && uri.getHost() != null) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        throw malformed(apiUrl, e);
      }
      throw malformed(apiUrl, null);
    }

    private static IllegalArgumentException malformed(String apiUrl, @Nullable Exception cause) {
      return new IllegalArgumentException(
          "apiUrl: '" + Checks.masked(apiUrl) + "' (expected: http(s)://HOST[:PORT][/PATH])",
          cause);
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
