package io.onlooker;

import static java.util.Objects.requireNonNull;

import io.onlooker.export.AttributeNames;
import io.onlooker.export.SentrySpans;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Onlooker} works; each setting has a value that is right for most.
 *
 * <p>What is not set here is read from {@code SENTRY_DSN}, {@code SENTRY_ENVIRONMENT} and {@code
 * SENTRY_RELEASE} (seed 000).
 */
public final class OnlookerOptions {

  private static final System.Logger LOGGER = System.getLogger("io.onlooker");
  private static final String SESSIONS_URL = "https://api.sentrial.com";

  private final List<Exporter> exporters = new ArrayList<>();
  private final List<Processor> processors = new ArrayList<>();
  private final List<Integration> integrations = new ArrayList<>();
  private Function<String, @Nullable String> variables = System::getenv;
  private @Nullable String dsn;
  private @Nullable String environment;
  private @Nullable String release;
  private double tracesSampleRate = 1.0;
  private @Nullable Sampler sampler;
  private AttributeNames attributeNames = AttributeNames.BOTH;
  private SentrySpans spans = SentrySpans.TRANSACTION;
  private boolean sendDefaultPii;
  private boolean pii;
  private @Nullable String apiKey;
  private String apiUrl = SESSIONS_URL;
  private boolean debug;
  private int queueSize = 16_384;
  private Duration idleTimeout = Duration.ofMinutes(10);
  private OtelMode otel = OtelMode.LINK;
  private boolean shutdownHook = true;

  OnlookerOptions() {}

  /** Where to send: {@code https://KEY@HOST/PROJECT}, of Sentry or of an Onlooker server. */
  public OnlookerOptions dsn(@Nullable String address) {
    dsn = address;
    return this;
  }

  /**
   * The key to send sessions with, to Sentrial or to an Onlooker server (seed 004). With it {@code
   * SENTRY_DSN} is not looked at.
   */
  public OnlookerOptions apiKey(@Nullable String key) {
    apiKey = key;
    return this;
  }

  /** Where the {@link #apiKey} belongs to, {@code https://api.sentrial.com} unless set. */
  public OnlookerOptions apiUrl(@Nullable String url) {
    apiUrl = url == null ? SESSIONS_URL : url;
    return this;
  }

  /** {@code production} (the default), {@code staging} … */
  public OnlookerOptions environment(@Nullable String name) {
    environment = name;
    return this;
  }

  /** The application's version. */
  public OnlookerOptions release(@Nullable String version) {
    release = version;
    return this;
  }

  /** The part of the traces to record, 0.0 to 1.0 (the default). */
  public OnlookerOptions tracesSampleRate(double rate) {
    tracesSampleRate = rate;
    return this;
  }

  /** Decides which traces to record, instead of {@link #tracesSampleRate}. */
  public OnlookerOptions sampler(Sampler decision) {
    sampler = requireNonNull(decision, "decision");
    return this;
  }

  /**
   * Which spelling of attributes is sent to the {@link #dsn}, {@link AttributeNames#BOTH} unless
   * set; an exporter that is {@linkplain #exporter added} has settings of its own.
   */
  public OnlookerOptions attributeNames(AttributeNames names) {
    attributeNames = requireNonNull(names, "names");
    return this;
  }

  /**
   * The items in which spans are sent to the {@link #dsn}, {@link SentrySpans#TRANSACTION} unless
   * set; an exporter that is {@linkplain #exporter added} has settings of its own.
   */
  public OnlookerOptions spans(SentrySpans items) {
    spans = requireNonNull(items, "items");
    return this;
  }

  /**
   * Adds an exporter. With at least one, {@code SENTRY_DSN} is not looked at: what is recorded goes
   * where it was told to.
   */
  public OnlookerOptions exporter(Exporter exporter) {
    exporters.add(requireNonNull(exporter, "exporter"));
    return this;
  }

  /** Adds a processor behind those added before. */
  public OnlookerOptions processor(Processor processor) {
    processors.add(requireNonNull(processor, "processor"));
    return this;
  }

  /** Adds instrumentations of libraries with settings of their own (seed 003). */
  public OnlookerOptions integrations(Integration... all) {
    integrations.addAll(List.of(all));
    return this;
  }

  /**
   * Whether instrumented libraries record prompts and answers unless told otherwise; false unless
   * set (seed 003). What the application itself says about a span is always recorded.
   */
  public OnlookerOptions sendDefaultPii(boolean send) {
    sendDefaultPii = send;
    return this;
  }

  /**
   * Whether personal data is redacted before anything is sent, by the rules of the project on the
   * server of the {@link #apiKey} or {@link #dsn}; false unless set (seed 004). They are asked for
   * again and again; until they come, and whenever they cannot be had at first, every kind is
   * redacted. Happens behind all other processors.
   */
  public OnlookerOptions pii(boolean redact) {
    pii = redact;
    return this;
  }

  /** Whether every problem of ours is logged, not only the first of its kind. */
  public OnlookerOptions debug(boolean on) {
    debug = on;
    return this;
  }

  /** How many events may wait to be exported, 2 to 1,000,000 (16,384); what is more is dropped. */
  public OnlookerOptions queueSize(int events) {
    queueSize = events;
    return this;
  }

  /**
   * How long nothing may happen in a run that a framework left open before its spans are ended as
   * {@link SpanStatus#ABANDONED}; 10 minutes unless set. See {@link SpanOptions#endWhenIdle}.
   */
  public OnlookerOptions idleTimeout(Duration time) {
    idleTimeout = requireNonNull(time, "time");
    return this;
  }

  /** How to get on with OpenTelemetry's API, if the application has it; {@link OtelMode#LINK}. */
  public OnlookerOptions otel(OtelMode mode) {
    otel = requireNonNull(mode, "mode");
    return this;
  }

  /**
   * Whether to close when the JVM ends, so that what was recorded last is sent as well; true unless
   * set. Two seconds are what it takes at most. Closing before takes the hook away. A framework
   * that closes in an order of its own wants false.
   */
  public OnlookerOptions shutdownHook(boolean add) {
    shutdownHook = add;
    return this;
  }

  /** Reads the environment's variables from here. */
  OnlookerOptions variables(Function<String, @Nullable String> source) {
    variables = source;
    return this;
  }

  /**
   * The settings, checked.
   *
   * @throws IllegalArgumentException for a value that cannot be
   */
  Settings settings() {
    if (!(tracesSampleRate >= 0 && tracesSampleRate <= 1)) {
      throw new IllegalArgumentException(
          "tracesSampleRate: " + tracesSampleRate + " (expected: 0.0 to 1.0)");
    }
    if (queueSize < 2 || queueSize > 1_000_000) {
      throw new IllegalArgumentException("queueSize: " + queueSize + " (expected: 2 to 1000000)");
    }
    if (idleTimeout.isNegative() || idleTimeout.isZero()) {
      throw new IllegalArgumentException("idleTimeout: " + idleTimeout + " (expected: above zero)");
    }
    boolean told = dsn != null || apiKey != null || !exporters.isEmpty();
    return new Settings(
        told ? dsn : environmentsDsn(),
        apiKey,
        apiUrl,
        orElse(environment, orElse(variable("SENTRY_ENVIRONMENT"), "production")),
        release != null ? release : variable("SENTRY_RELEASE"),
        sampler != null ? sampler : Sampler.ratio(tracesSampleRate),
        sampler != null ? null : tracesSampleRate,
        attributeNames,
        spans,
        List.copyOf(exporters),
        List.copyOf(processors),
        List.copyOf(integrations),
        sendDefaultPii,
        pii,
        debug,
        queueSize,
        idleTimeout,
        otel,
        shutdownHook);
  }

  /** Who sets variables may not see the application start: a bad one must not keep it from it. */
  private @Nullable String environmentsDsn() {
    String value = variable("SENTRY_DSN");
    String problem = value == null ? null : SentryConnection.problem(value);
    if (problem == null) {
      return value;
    }
    LOGGER.log(Level.WARNING, () -> "SENTRY_DSN: " + problem + "; nothing is sent there");
    return null;
  }

  private @Nullable String variable(String name) {
    String value = variables.apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
