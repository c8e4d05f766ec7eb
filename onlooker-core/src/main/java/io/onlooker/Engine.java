package io.onlooker;

import io.onlooker.export.SessionsExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What runs behind one {@link Onlooker}: opened once, closed once. */
final class Engine {

  private final Settings settings;
  private final Guard guard;
  private final ExportMetrics metrics = new ExportMetrics();
  private final Tracer tracer;
  private final PiiGate pii;
  private final @Nullable Thread hook;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Engine(Settings settings, Guard guard, PiiGate pii) {
    this.settings = settings;
    this.guard = guard;
    this.pii = pii;
    tracer = new Tracer(settings, guard, metrics);
    hook = settings.shutdownHook() && !settings.exporters().isEmpty() ? addHook() : null;
  }

  /** An engine that records nothing and has no thread. */
  static Engine disabled() {
    OnlookerOptions options = new OnlookerOptions().otel(OtelMode.OFF).variables(name -> null);
    Settings settings = options.settings();
    Guard guard = new Guard(false);
    return new Engine(settings, guard, new PiiGate(settings, guard));
  }

  static Engine open(Settings settings) {
    Guard guard = new Guard(settings.debug());
    List<Exporter> exporters = new ArrayList<>(settings.exporters());
    if (settings.dsn() != null) {
      exporters.add(SentryConnection.open(settings.dsn(), settings));
    }
    if (settings.apiKey() != null) {
      exporters.add(SessionsExporter.builder(settings.apiUrl(), settings.apiKey()).build());
    }
    if (exporters.isEmpty()) {
      guard.warn("dsn: none (expected: options.dsn(…), an exporter, or SENTRY_DSN); disabled");
    }
    // Last, so that nothing another processor adds gets past it.
    PiiGate pii = new PiiGate(settings, guard);
    List<Processor> processors = new ArrayList<>(settings.processors());
    processors.add(pii);
    return new Engine(settings.with(exporters, processors), guard, pii);
  }

  /** Redacts from now on. */
  void redactPii() {
    if (!closed.get()) {
      pii.open();
    }
  }

  /** The first thing that went wrong when it was last tried to send or to ask, or null. */
  @Nullable String lastFailure() {
    for (Exporter exporter : settings.exporters()) {
      String failure = exporter.lastFailure();
      if (failure != null) {
        return failure;
      }
    }
    return pii.lastFailure();
  }

  Settings settings() {
    return settings;
  }

  ExportMetrics metrics() {
    return metrics;
  }

  Tracer tracer() {
    return tracer;
  }

  @Nullable Remote remote(Map<String, ?> headers) {
    try {
      return TraceHeaders.read(headers);
    } catch (RuntimeException e) {
      guard.failed("continueTrace", e);
      return null;
    }
  }

  void breadcrumb(String message, Map<String, ?> data) {
    guard.run(
        "addBreadcrumb",
        () -> {
          Attributes.Builder attributes = Attributes.builder();
          data.forEach((key, value) -> attributes.put(key, attribute(value)));
          tracer.scope().breadcrumb(new SpanEvent(tracer.now(), message, attributes.build()));
        });
  }

  private static @Nullable Object attribute(@Nullable Object value) {
    return value == null ? null : Texts.attribute(value);
  }

  String capture(LogData.Level level, @Nullable String message, @Nullable Throwable exception) {
    String id = Ids.eventId();
    if (message == null && exception == null) {
      // Callers pass on what they were given, a getCause() say: no reason to fail them.
      guard.warn("captureException, captureMessage: null (expected: something to tell); dropped");
      metrics.countDropped(Drop.INVALID, 1);
      return id;
    }
    Current current = tracer.current();
    tracer
        .dispatcher()
        .add(
            new ErrorEntry(
                id,
                tracer.now(),
                current.span(),
                level,
                message,
                exception,
                current.scope().user(),
                current.scope().breadcrumbs()));
    return id;
  }

  boolean flush(Duration timeout) {
    long deadline = Dispatcher.deadline(timeout);
    if (closed.get()) {
      return true;
    }
    boolean drained = tracer.dispatcher().drain(timeout);
    return each(Exporter::flush, deadline) && drained;
  }

  boolean close(Duration timeout) {
    long deadline = Dispatcher.deadline(timeout);
    if (!closed.compareAndSet(false, true)) {
      return true;
    }
    removeHook();
    boolean drained = tracer.dispatcher().close(timeout);
    pii.close();
    return each(Exporter::shutdown, deadline) && drained;
  }

  /** Exporters side by side: one that cannot reach its server takes no time from the others. */
  private boolean each(BiPredicate<Exporter, Duration> step, long deadline) {
    List<Exporter> exporters = settings.exporters();
    CountDownLatch done = new CountDownLatch(exporters.size());
    AtomicInteger failed = new AtomicInteger();
    for (Exporter exporter : exporters) {
      Runnable run =
          () -> {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!step.test(exporter, left)) {
              failed.incrementAndGet();
            }
          };
      start(() -> {
        if (!guard.run("exporter " + exporter.getClass().getName(), run)) {
          failed.incrementAndGet();
        }
        done.countDown();
      });
    }
    return Dispatcher.await(done, deadline) && failed.get() == 0;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "onlooker-flush");
    thread.setDaemon(true);
    thread.start();
  }

  private @Nullable Thread addHook() {
    Thread thread = new Thread(() -> close(Exporter.DEFAULT_TIMEOUT), "onlooker-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
      return thread;
    } catch (IllegalStateException e) {
      return null; // The JVM is ending already.
    }
  }

  private void removeHook() {
    if (hook != null && !Thread.currentThread().equals(hook)) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending already.
      }
    }
  }
}
