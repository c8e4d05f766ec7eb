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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans, errors and logs to Sentry, or to any server that takes Sentry's envelopes.
 *
 * <p>Safe for many threads. No method blocks but {@link #flush} and {@link #shutdown}, and none
 * throws. Without a DSN the exporter is disabled: every call does nothing.
 */
public final class SentryExporter implements Exporter {

  private static final Batch.Size SPANS =
      new Batch.Size(1000, SentryWriter.MOST_ITEM_BYTES, TimeUnit.SECONDS.toNanos(1));
  private static final Batch.Size LOGS =
      new Batch.Size(100, SentryWriter.MOST_ITEM_BYTES, TimeUnit.SECONDS.toNanos(1));

  private final ExportMetrics metrics = new ExportMetrics();
  private final Guard guard = new Guard(metrics);
  private final @Nullable Pipeline pipeline;

  private SentryExporter(Builder builder) {
    Dsn dsn = builder.resolvedDsn();
    pipeline = dsn == null ? null : new Pipeline(guard, builder, dsn, metrics);
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
    return pipeline != null;
  }

  /** What was sent and what was dropped so far, in spans, errors and log lines. */
  @Override
  public ExportMetrics metrics() {
    return metrics;
  }

  @Override
  public void exportTracingEvent(TracingEvent event) {
    export(to -> to.tracker.accept(event));
  }

  @Override
  public void forgetSpan(String traceId, String spanId) {
    export(to -> to.tracker.forget(traceId, spanId));
  }

  @Override
  public void exportLog(LogData log) {
    export(to -> to.logs.add(to.writer.log(log)));
  }

  @Override
  public void exportError(ErrorData error) {
    export(to -> to.captured(error));
  }

  @Override
  public @Nullable String place() {
    return pipeline == null ? null : pipeline.sender.place();
  }

  @Override
  public @Nullable String lastFailure() {
    return pipeline == null ? null : pipeline.sender.lastFailure();
  }

  @Override
  public boolean flush(Duration timeout) {
    return pipeline == null || pipeline.sender.flush(timeout);
  }

  @Override
  public boolean shutdown(Duration timeout) {
    if (pipeline == null) {
      return true;
    }
    return !guard.close(() -> pipeline.tracker.endAll(Times.now()))
        || pipeline.sender.shutdown(timeout);
  }

  private void export(Consumer<Pipeline> work) {
    if (pipeline != null) {
      guard.export(() -> work.accept(pipeline));
    }
  }

  /** What an exporter with a DSN is made of. */
  private static final class Pipeline {

    final SentryWriter writer;
    final EventWriter events;
    final Sender sender;
    final SpanTracker tracker;
    final Batch logs;

    Pipeline(Guard guard, Builder from, Dsn dsn, ExportMetrics metrics) {
      SentrySettings settings = from.settings(dsn);
      writer = new SentryWriter(settings);
      events = new EventWriter(settings);
      Drops drops = new Drops(metrics);
      Http http = from.sending.http();
      sender = from.sender(dsn, http, metrics, drops);
      logs =
          Batch.open(
              sender,
              Category.LOG,
              LOGS,
              (items, count) -> Envelope.container("log", Envelope.LOGS, items, count));
      Batch spans =
          Batch.open(
              sender,
              Category.SPAN,
              SPANS,
              (items, count) -> Envelope.container("span", Envelope.SPANS, items, count));
      Offer offer = new Offer(dsn, http, from.runningSpans);
      offer.onAnswer(sender::wake);
      RunningSpans running = new RunningSpans(guard, writer, sender, offer, from.tracesSampleRate);
      tracker =
          new SpanTracker(
              new SentrySink(
                  writer,
                  events,
                  sender,
                  spans,
                  drops,
                  running,
                  from.spans,
                  from.tracesSampleRate));
    }

    void captured(ErrorData error) {
      OpenSpan span = tracker.find(error.traceId(), error.spanId());
      if (span != null && !span.gathered.tell(error)) {
        return;
      }
      Segment segment = span == null || span.folded ? null : span.segment;
      sender.offer(Payload.of(Category.ERROR, 1, events.captured(error, segment)));
    }
  }

  /** Reads one variable of the environment. */
  interface Environment {
    @Nullable String get(String name);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final Environment variables;
    private final SendSettings sending = new SendSettings();
    private @Nullable Dsn dsn;
    private @Nullable String environment;
    private @Nullable String release;
    private double tracesSampleRate = 1.0;
    private SentrySpans spans = SentrySpans.TRANSACTION;
    private AttributeNames names = AttributeNames.BOTH;
    private String origin = "auto.ai.mastra";
    private boolean aggregateUsage = true;
    private boolean runningSpans = true;
    private @Nullable Path spoolFolder;

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
     * Whether to ask the receiver if it takes spans that still run, so that an agent shows while it
     * works; true unless set. Onlooker's server does; Sentry's is never asked.
     */
    public Builder runningSpans(boolean ask) {
      runningSpans = ask;
      return this;
    }

    /**
     * How many characters of one value are sent, 131072 unless set; what was cut is said.
     *
     * @throws IllegalArgumentException below 256
     */
    public Builder maxValueChars(int chars) {
      sending.maxValueChars(chars);
      return this;
    }

    /**
     * How many bytes of encoded envelopes may wait, 16 MiB unless set; what does not fit is dropped
     * and counted.
     *
     * @throws IllegalArgumentException below 65536
     */
    public Builder queueBytes(long bytes) {
      sending.queueBytes(bytes);
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
      sending.httpClient(client);
      return this;
    }

    /**
     * The time one request may take, 10 seconds unless set.
     *
     * @throws IllegalArgumentException unless it is one millisecond to one hour
     */
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
    public SentryExporter build() {
      return new SentryExporter(this);
    }

    /** The DSN given, else that of the environment; null, with a warning, when there is none. */
    private @Nullable Dsn resolvedDsn() {
      if (dsn != null) {
        return dsn;
      }
      String text = variable("SENTRY_DSN");
      if (text == null) {
        Trouble.warn("nothing is sent to Sentry: SENTRY_DSN is not set, and no dsn was given");
        return null;
      }
      try {
        return Dsn.parse(text);
      } catch (IllegalArgumentException e) {
        Trouble.warn("nothing is sent to Sentry: SENTRY_DSN is malformed: " + e.getMessage());
        return null;
      }
    }

    private SentrySettings settings(Dsn dsn) {
      String deployment = environment == null ? variable("SENTRY_ENVIRONMENT") : environment;
      return new SentrySettings(
          deployment == null ? "production" : deployment,
          release == null ? variable("SENTRY_RELEASE") : release,
          dsn.key(),
          tracesSampleRate,
          names,
          origin,
          aggregateUsage,
          sending.maxValueChars(),
          Envelope.newId());
    }

    private Sender sender(Dsn dsn, Http http, ExportMetrics metrics, Drops drops) {
      return sending.sender(
          new SentryTarget(dsn, new RateLimits(System::nanoTime), drops),
          http,
          metrics,
          drops,
          spoolFolder == null ? null : Spool.open(spoolFolder, Spool.MOST_BYTES, drops));
    }

    private @Nullable String variable(String name) {
      String value = variables.get(name);
      return value == null || value.isBlank() ? null : value.strip();
    }
  }
}
