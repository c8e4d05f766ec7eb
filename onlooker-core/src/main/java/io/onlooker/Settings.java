package io.onlooker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link OnlookerOptions} became, checked and complete. */
record Settings(
    @Nullable String dsn,
    String environment,
    @Nullable String release,
    Sampler sampler,
    @Nullable Double sampleRate,
    List<Exporter> exporters,
    List<Processor> processors,
    List<Integration> integrations,
    boolean sendDefaultPii,
    boolean debug,
    int queueSize,
    OtelMode otel,
    boolean shutdownHook) {

  @Nullable String publicKey() {
    return dsn == null ? null : SentryConnection.publicKey(dsn);
  }

  Settings withExporters(List<Exporter> all) {
    return new Settings(
        dsn,
        environment,
        release,
        sampler,
        sampleRate,
        List.copyOf(all),
        processors,
        integrations,
        sendDefaultPii,
        debug,
        queueSize,
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
