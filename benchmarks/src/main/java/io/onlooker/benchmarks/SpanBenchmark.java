package io.onlooker.benchmarks;

import io.onlooker.Span;
import io.onlooker.SpanOptions;
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

/** One span from start to end with twelve attributes: eight texts, four whole numbers. */
@BenchmarkMode(Mode.SampleTime)
@OperationsPerInvocation(Peers.BATCH)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SpanBenchmark {

  private static final SpanOptions CHAT = SpanOptions.named("chat gpt-4o").op("gen_ai.chat");

  @Benchmark
  public void onlooker(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(onlookerOnce(peers));
    }
  }

  private static Span onlookerOnce(Peers peers) {
    Span span = peers.onlooker.startInactiveSpan(CHAT);
    span.setAttribute("gen_ai.operation.name", "chat");
    span.setAttribute("gen_ai.provider.name", "openai");
    span.setAttribute("gen_ai.request.model", "gpt-4o");
    span.setAttribute("gen_ai.response.model", "gpt-4o-2024-08-06");
    span.setAttribute("gen_ai.response.id", "chatcmpl-1");
    span.setAttribute("gen_ai.agent.name", "support");
    span.setAttribute("gen_ai.conversation.id", "conv-1");
    span.setAttribute("server.address", "api.openai.com");
    span.setAttribute("gen_ai.usage.input_tokens", 1234L);
    span.setAttribute("gen_ai.usage.output_tokens", 567L);
    span.setAttribute("gen_ai.usage.total_tokens", 1801L);
    span.setAttribute("gen_ai.request.max_tokens", 4096L);
    span.end();
    return span;
  }

  @Benchmark
  public void otelSdk(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(otelSdkOnce(peers));
    }
  }

  private static io.opentelemetry.api.trace.Span otelSdkOnce(Peers peers) {
    io.opentelemetry.api.trace.Span span = peers.tracer.spanBuilder("chat gpt-4o").startSpan();
    span.setAttribute("gen_ai.operation.name", "chat");
    span.setAttribute("gen_ai.provider.name", "openai");
    span.setAttribute("gen_ai.request.model", "gpt-4o");
    span.setAttribute("gen_ai.response.model", "gpt-4o-2024-08-06");
    span.setAttribute("gen_ai.response.id", "chatcmpl-1");
    span.setAttribute("gen_ai.agent.name", "support");
    span.setAttribute("gen_ai.conversation.id", "conv-1");
    span.setAttribute("server.address", "api.openai.com");
    span.setAttribute("gen_ai.usage.input_tokens", 1234L);
    span.setAttribute("gen_ai.usage.output_tokens", 567L);
    span.setAttribute("gen_ai.usage.total_tokens", 1801L);
    span.setAttribute("gen_ai.request.max_tokens", 4096L);
    span.end();
    return span;
  }

  @Benchmark
  public void sentry(Peers peers, CallerBytes caller, Blackhole sink) {
    for (int i = 0; i < Peers.BATCH; i++) {
      sink.consume(sentryOnce(peers));
    }
  }

  private static ITransaction sentryOnce(Peers peers) {
    ITransaction span = peers.sentry.startTransaction("chat gpt-4o", "gen_ai.chat");
    span.setData("gen_ai.operation.name", "chat");
    span.setData("gen_ai.provider.name", "openai");
    span.setData("gen_ai.request.model", "gpt-4o");
    span.setData("gen_ai.response.model", "gpt-4o-2024-08-06");
    span.setData("gen_ai.response.id", "chatcmpl-1");
    span.setData("gen_ai.agent.name", "support");
    span.setData("gen_ai.conversation.id", "conv-1");
    span.setData("server.address", "api.openai.com");
    span.setData("gen_ai.usage.input_tokens", 1234L);
    span.setData("gen_ai.usage.output_tokens", 567L);
    span.setData("gen_ai.usage.total_tokens", 1801L);
    span.setData("gen_ai.request.max_tokens", 4096L);
    span.finish();
    return span;
  }
}
