package io.onlooker.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.onlooker.TracingEvent;
import io.onlooker.export.AttributeNames;
import io.onlooker.export.SentryExporter;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.sentry.ISerializer;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.protocol.SentryTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A trace of twenty spans to the bytes of one request, before compression; none of it happens on a
 * thread of the application.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class EncodingBenchmark {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private HttpServer receiver;
  private SentryExporter both;
  private SentryExporter current;
  private List<TracingEvent> events;
  private List<SpanData> otelSpans;
  private ISerializer sentrySerializer;
  private SentryTransaction sentryTransaction;

  @Setup(Level.Trial)
  public void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    String dsn = "http://key@127.0.0.1:" + receiver.getAddress().getPort() + "/1";
    both = SentryExporter.builder().dsn(dsn).names(AttributeNames.BOTH).build();
    current = SentryExporter.builder().dsn(dsn).names(AttributeNames.CURRENT).build();
    otelSpans = AgentTrace.otel();
    List<SentryTransaction> kept = new ArrayList<>();
    Sentry.init(options -> {
      options.setDsn(dsn);
      options.setTracesSampleRate(1.0);
      options.setTransportGate(() -> false);
      options.setBeforeSendTransaction((transaction, hint) -> {
        kept.add(transaction);
        return transaction;
      });
      sentrySerializer = options.getSerializer();
    });
    sentryTransaction = AgentTrace.sentry(Sentry.getCurrentScopes(), kept);
  }

  /** Before each trace, outside of what is measured: a new trace, and what was before is sent. */
  @Setup(Level.Invocation)
  public void renew() {
    events = AgentTrace.onlooker();
    both.flush(PATIENCE);
    current.flush(PATIENCE);
  }

  @TearDown(Level.Trial)
  public void close() {
    System.out.println("onlooker: " + both.metrics() + ", " + current.metrics());
    both.shutdown(PATIENCE);
    current.shutdown(PATIENCE);
    receiver.stop(0);
    Sentry.close();
  }

  /** All that the exporter does with the events, up to the queued envelope; both spellings. */
  @Benchmark
  public void onlookerBothNames() {
    events.forEach(both::exportTracingEvent);
  }

  /** The same with one spelling of each attribute, as the others have it. */
  @Benchmark
  public void onlookerCurrentNames() {
    events.forEach(current::exportTracingEvent);
  }

  @Benchmark
  public byte[] otelSdkJson() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceRequestMarshaler.create(otelSpans).writeJsonTo(out);
    return out.toByteArray();
  }

  @Benchmark
  public byte[] otelSdkProtobuf() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceRequestMarshaler.create(otelSpans).writeBinaryTo(out);
    return out.toByteArray();
  }

  @Benchmark
  public byte[] sentry() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SentryEnvelope envelope = SentryEnvelope.from(sentrySerializer, sentryTransaction, null);
    sentrySerializer.serialize(envelope, out);
    return out.toByteArray();
  }
}
