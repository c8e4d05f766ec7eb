package io.onlooker;

import io.onlooker.export.AttributeNames;
import io.onlooker.export.SentrySpans;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link OnlookerOptions} became, checked and complete. */
record Settings(
    @Nullable String dsn,
    @Nullable String apiKey,
    String apiUrl,
    String environment,
    @Nullable String release,
    Sampler sampler,
    @Nullable Double sampleRate,
    AttributeNames attributeNames,
    SentrySpans spans,
    List<Exporter> exporters,
    List<Processor> processors,
    List<Integration> integrations,
    boolean sendDefaultPii,
    boolean pii,
    boolean debug,
    int queueSize,
    Duration idleTimeout,
    OtelMode otel,
    boolean shutdownHook) {

  @Nullable String publicKey() {
    return dsn == null ? null : SentryConnection.publicKey(dsn);
  }

  /** The same with what records go through: all exporters, all processors. */
  Settings with(List<Exporter> allExporters, List<Processor> allProcessors) {
    return new Settings(
        dsn,
        apiKey,
        apiUrl,
        environment,
        release,
        sampler,
        sampleRate,
        attributeNames,
        spans,
        List.copyOf(allExporters),
        List.copyOf(allProcessors),
        integrations,
        sendDefaultPii,
        pii,
        debug,
        queueSize,
        idleTimeout,
        otel,
        shutdownHook);
  }

  /** Where threads keep their current span. */
  Carrier carrier() {
    if (otel == OtelMode.OFF || !otelPresent()) {
      return new ThreadCarrier();
    }
    return new OtelCarrier(otel == OtelMode.NEST);
  }

  private static boolean otelPresent() {
    try {
      ClassLoader loader = Settings.class.getClassLoader();
      Class.forName("io.opentelemetry.context.ContextKey", false, loader);
      Class.forName("io.opentelemetry.api.trace.SpanContext", false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
