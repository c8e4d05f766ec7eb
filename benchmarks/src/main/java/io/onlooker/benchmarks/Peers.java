package io.onlooker.benchmarks;

import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.OtelMode;
import io.onlooker.TracingEvent;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sentry.IScopes;
import io.sentry.Sentry;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The three recorders, each with a queue and an exporter that sends nothing. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class Peers {

  /** Operations per measurement: fewer than any queue holds. */
  static final int BATCH = 1000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where Onlooker keeps the current span. */
  @Param({"OFF", "LINK"})
  public OtelMode otel;

  Onlooker onlooker;
  Tracer tracer;
  IScopes sentry;
  private SdkTracerProvider provider;

  @Setup(Level.Trial)
  public void open() {
    onlooker = Onlooker.create(options -> options.exporter(new Nothing()).otel(otel));
    provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(new OtelNothing()).build())
            .build();
    tracer = provider.get("benchmarks");
    Sentry.init(options -> {
      options.setDsn("http://key@localhost:1/1");
      options.setTracesSampleRate(1.0);
      options.setTransportGate(() -> false);
      options.setEnableUncaughtExceptionHandler(false);
      options.setEnableShutdownHook(false);
    });
    sentry = Sentry.getCurrentScopes();
  }

  /** Before each batch, outside of what is measured: the queues are empty, as they usually are. */
  @Setup(Level.Invocation)
  public void drain() {
    onlooker.flush(PATIENCE);
    provider.forceFlush().join(10, TimeUnit.SECONDS);
  }

  @TearDown(Level.Trial)
  public void close() {
    System.out.println("onlooker: " + onlooker.metrics());
    onlooker.close();
    provider.close();
    Sentry.close();
  }

  static final class Nothing implements Exporter {

    @Override
    public void exportTracingEvent(TracingEvent event) {}

    @Override
    public boolean flush(Duration timeout) {
      return true;
    }

    @Override
    public boolean shutdown(Duration timeout) {
      return true;
    }
  }

  private static final class OtelNothing implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
