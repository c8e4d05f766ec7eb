package io.onlooker.benchmarks;

import io.onlooker.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.sentry.SentryWrapper;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Carrying the current span over to a task, and running the task. */
@BenchmarkMode(Mode.SampleTime)
@OperationsPerInvocation(Peers.BATCH)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(org.openjdk.jmh.annotations.Scope.Thread)
@SuppressWarnings({"NullAway.Init", "MustBeClosedChecker"}) // JMH calls open() and close()
public class WrapBenchmark {

  private static String task() {
    return "done";
  }

  private Scope scope;
  private io.opentelemetry.api.trace.Span otelSpan;

  // Wrapped within another span than the one in which they run, as a pool's thread finds them.
  private Supplier<String> onlookerTask;
  private Supplier<String> otelTask;
  private Supplier<String> sentryTask;

  @Setup(Level.Iteration)
  public void open(Peers peers) {
    Tracer tracer = peers.tracer;
    otelSpan = tracer.spanBuilder("outer").startSpan();
    scope = otelSpan.makeCurrent();
    Supplier<String> task = WrapBenchmark::task;
    onlookerTask = peers.onlooker.startSpan("other", span -> peers.onlooker.wrap(task));
    otelTask = Context.current().with(tracer.spanBuilder("other").startSpan()).wrapSupplier(task);
    sentryTask = SentryWrapper.wrapSupplier(task);
  }

  @TearDown(Level.Iteration)
  public void close() {
    scope.close();
    otelSpan.end();
  }

  @Benchmark
  public void onlooker(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerOnce(peers));
    }
  }

  private static String onlookerOnce(Peers peers) {
    return peers.onlooker.wrap((Supplier<String>) WrapBenchmark::task).get();
  }

  @Benchmark
  public void otelSdk(CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(otelSdkOnce());
    }
  }

  private static String otelSdkOnce() {
    return Context.current().wrapSupplier(WrapBenchmark::task).get();
  }

  @Benchmark
  public void sentry(CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(sentryOnce());
    }
  }

  private static String sentryOnce() {
    return SentryWrapper.wrapSupplier(WrapBenchmark::task).get();
  }

  @Benchmark
  public void onlookerElsewhere(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerTask.get());
    }
  }

  @Benchmark
  public void otelSdkElsewhere(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(otelTask.get());
    }
  }

  @Benchmark
  public void sentryElsewhere(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(sentryTask.get());
    }
  }

  /** The current span, which each start of a span asks for. */
  @Benchmark
  public void onlookerCurrentSpan(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerCurrentSpanOnce(peers));
    }
  }

  private static Span onlookerCurrentSpanOnce(Peers peers) {
    return peers.onlooker.currentSpan();
  }
}
