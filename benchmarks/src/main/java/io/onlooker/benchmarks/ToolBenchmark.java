package io.onlooker.benchmarks;

import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.context.Scope;
import io.sentry.ISpan;
import io.sentry.ITransaction;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** An agent with one tool call below it, through the current span of the thread. */
@BenchmarkMode(Mode.SampleTime)
@OperationsPerInvocation(Peers.BATCH)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ToolBenchmark {

  @Benchmark
  public void onlooker(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerOnce(peers));
    }
  }

  private static String onlookerOnce(Peers peers) {
    return peers.onlooker.startSpan(
        SpanOptions.agentRun("support"),
        agent ->
            peers.onlooker.startSpan(
                SpanOptions.toolCall("search").with(Details.Tool.call("call-1")),
                tool -> {
                  tool.set(Details.Tool.ended(true));
                  return "found";
                }));
  }

  @Benchmark
  public void otelSdk(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(otelSdkOnce(peers));
    }
  }

  private static String otelSdkOnce(Peers peers) {
    SpanBuilder agentBuilder =
        peers
            .tracer
            .spanBuilder("invoke_agent support")
            .setAttribute("gen_ai.operation.name", "invoke_agent")
            .setAttribute("gen_ai.agent.name", "support");
    io.opentelemetry.api.trace.Span agent = agentBuilder.startSpan();
    try (Scope scope = agent.makeCurrent()) {
      return otelTool(peers, scope);
    } finally {
      agent.end();
    }
  }

  private static String otelTool(Peers peers, Scope outer) {
    io.opentelemetry.api.trace.Span tool =
        peers
            .tracer
            .spanBuilder("execute_tool search")
            .setAttribute("gen_ai.operation.name", "execute_tool")
            .setAttribute("gen_ai.tool.name", "search")
            .setAttribute("gen_ai.tool.type", "function")
            .setAttribute("gen_ai.tool.call.id", "call-1")
            .startSpan();
    try (Scope scope = tool.makeCurrent()) {
      tool.setAttribute("tool.success", true);
      return scope.equals(outer) ? "" : "found";
    } finally {
      tool.end();
    }
  }

  @Benchmark
  public void sentry(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(sentryOnce(peers));
    }
  }

  private static String sentryOnce(Peers peers) {
    ITransaction agent =
        peers.sentry.startTransaction("invoke_agent support", "gen_ai.invoke_agent");
    agent.setData("gen_ai.operation.name", "invoke_agent");
    agent.setData("gen_ai.agent.name", "support");
    ISpan tool = agent.startChild("gen_ai.execute_tool", "execute_tool search");
    tool.setData("gen_ai.operation.name", "execute_tool");
    tool.setData("gen_ai.tool.name", "search");
    tool.setData("gen_ai.tool.type", "function");
    tool.setData("gen_ai.tool.call.id", "call-1");
    tool.setData("tool.success", true);
    tool.finish();
    agent.finish();
    return "found";
  }

  /** A span without any attribute, for comparison. */
  @Benchmark
  public void onlookerEmptySpan(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerEmptySpanOnce(peers));
    }
  }

  private static Span onlookerEmptySpanOnce(Peers peers) {
    Span span = peers.onlooker.startInactiveSpan("empty");
    span.end();
    return span;
  }
}
