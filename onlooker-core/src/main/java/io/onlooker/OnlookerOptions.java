package io.onlooker;

import static java.util.Objects.requireNonNull;

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

  private final List<Exporter> exporters = new ArrayList<>();
  private final List<Processor> processors = new ArrayList<>();
  private final List<Integration> integrations = new ArrayList<>();
  private Function<String, @Nullable String> variables = System::getenv;
  private @Nullable String dsn;
  private @Nullable String environment;
  private @Nullable String release;
  private double tracesSampleRate = 1.0;
  private @Nullable Sampler sampler;
  private boolean sendDefaultPii;
  private boolean debug;
  private int queueSize = 8192;
  private OtelMode otel = OtelMode.LINK;
  private boolean shutdownHook;

  OnlookerOptions() {}

  /** Where to send: {@code https://KEY@HOST/PROJECT}, of Sentry or of an Onlooker server. */
  public OnlookerOptions dsn(@Nullable String address) {
    dsn = address;
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

  /** Whether every problem of ours is logged, not only the first of its kind. */
  public OnlookerOptions debug(boolean on) {
    debug = on;
    return this;
  }

  /** How many events may wait to be exported, 2 to 1,000,000 (8,192); what is more is dropped. */
  public OnlookerOptions queueSize(int events) {
    queueSize = events;
    return this;
  }

  public OnlookerOptions otel(OtelMode mode) {
    otel = requireNonNull(mode, "mode");
    return this;
  }

  /**
   * Whether to close when the JVM ends; false unless set, for frameworks have hooks of their own.
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
    String address = dsn != null || !exporters.isEmpty() ? dsn : variable("SENTRY_DSN");
    return new Settings(
        address,
        orElse(environment, orElse(variable("SENTRY_ENVIRONMENT"), "production")),
        release != null ? release : variable("SENTRY_RELEASE"),
        sampler != null ? sampler : Sampler.ratio(tracesSampleRate),
        sampler != null ? null : tracesSampleRate,
        List.copyOf(exporters),
        List.copyOf(processors),
        List.copyOf(integrations),
        sendDefaultPii,
        debug,
        queueSize,
        otel,
        shutdownHook);
  }

  private @Nullable String variable(String name) {
    String value = variables.apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
