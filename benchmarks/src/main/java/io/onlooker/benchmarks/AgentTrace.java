package io.onlooker.benchmarks;

import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.OtelMode;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.TracingEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sentry.IScopes;
import io.sentry.ISpan;
import io.sentry.ITransaction;
import io.sentry.protocol.SentryTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an agent as each of the three records it: the agent, and below it ten rounds of a
 * model call (thirteen attributes, half a kilobyte of messages) and a tool call (six), the last
 * round without a tool: twenty spans.
 */
final class AgentTrace {

  private static final int ROUNDS = 10;
  private static final String MESSAGES =
      "[{\"role\":\"user\",\"content\":\"" + "Where is my order? ".repeat(25) + "\"}]";

  private AgentTrace() {}

  /** What an exporter gets of it, in the order in which it happened. */
  static List<TracingEvent> onlooker() {
    Kept kept = new Kept();
    try (Onlooker onlooker =
        Onlooker.create(options -> options.exporter(kept).otel(OtelMode.OFF))) {
      Span agent = onlooker.startInactiveSpan(SpanOptions.agentRun("support"));
      for (int i = 0; i < ROUNDS; i++) {
        agent.startChild(SpanOptions.modelGeneration("gpt-4o", "openai").attributes(chat(i))).end();
        if (i < ROUNDS - 1) {
          agent.startChild(SpanOptions.toolCall("search").attributes(tool(i))).end();
        }
      }
      agent.end();
    }
    return List.copyOf(kept.events);
  }

  static List<SpanData> otel() {
    OtelKept kept = new OtelKept();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept)).build()) {
      io.opentelemetry.api.trace.Tracer tracer = provider.get("benchmarks");
      io.opentelemetry.api.trace.Span agent =
          tracer.spanBuilder("invoke_agent support").setAllAttributes(otel(agent())).startSpan();
      Context below = Context.root().with(agent);
      for (int i = 0; i < ROUNDS; i++) {
        child(tracer, below, "chat gpt-4o", chat(i));
        if (i < ROUNDS - 1) {
          child(tracer, below, "execute_tool search", tool(i));
        }
      }
      agent.end();
    }
    return List.copyOf(kept.spans);
  }

  private static void child(
      io.opentelemetry.api.trace.Tracer tracer, Context above, String name, Map<String, ?> said) {
    tracer.spanBuilder(name).setParent(above).setAllAttributes(otel(said)).startSpan().end();
  }

  private static Attributes otel(Map<String, ?> said) {
    AttributesBuilder attributes = Attributes.builder();
    said.forEach((key, value) -> {
      if (value instanceof Long number) {
        attributes.put(key, number);
      } else {
        attributes.put(key, value.toString());
      }
    });
    return attributes.build();
  }

  /** Ends up in {@code kept}, which the scopes' options call before they send. */
  static SentryTransaction sentry(IScopes scopes, List<SentryTransaction> kept) {
    ITransaction agent = scopes.startTransaction("invoke_agent support", "gen_ai.invoke_agent");
    agent().forEach(agent::setData);
    for (int i = 0; i < ROUNDS; i++) {
      child(agent, "gen_ai.chat", "chat gpt-4o", chat(i));
      if (i < ROUNDS - 1) {
        child(agent, "gen_ai.execute_tool", "execute_tool search", tool(i));
      }
    }
    agent.finish();
    return kept.get(kept.size() - 1);
  }

  private static void child(ITransaction above, String op, String name, Map<String, ?> said) {
    ISpan span = above.startChild(op, name);
    said.forEach(span::setData);
    span.finish();
  }

  private static Map<String, Object> agent() {
    return Map.of("gen_ai.operation.name", "invoke_agent", "gen_ai.agent.name", "support");
  }

  private static Map<String, Object> chat(int round) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("gen_ai.operation.name", "chat");
    said.put("gen_ai.provider.name", "openai");
    said.put("gen_ai.request.model", "gpt-4o");
    said.put("gen_ai.response.model", "gpt-4o-2024-08-06");
    said.put("gen_ai.response.id", "chatcmpl-" + round);
    said.put("gen_ai.agent.name", "support");
    said.put("gen_ai.conversation.id", "conv-1");
    said.put("server.address", "api.openai.com");
    said.put("gen_ai.usage.input_tokens", 1234L + round);
    said.put("gen_ai.usage.output_tokens", 567L);
    said.put("gen_ai.usage.total_tokens", 1801L + round);
    said.put("gen_ai.request.max_tokens", 4096L);
    said.put("gen_ai.input.messages", MESSAGES);
    return said;
  }

  private static Map<String, Object> tool(int round) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("gen_ai.operation.name", "execute_tool");
    said.put("gen_ai.tool.name", "search");
    said.put("gen_ai.tool.type", "function");
    said.put("gen_ai.tool.call.id", "call-" + round);
    said.put("gen_ai.tool.call.arguments", "{\"order\":\"A-" + round + "\"}");
    said.put("gen_ai.tool.call.result", "{\"status\":\"shipped\",\"days\":2}");
    return said;
  }

  private static final class Kept implements Exporter {

    final List<TracingEvent> events = new ArrayList<>();

    @Override
    public void exportTracingEvent(TracingEvent event) {
      events.add(event);
    }

    @Override
    public boolean flush(Duration timeout) {
      return true;
    }

    @Override
    public boolean shutdown(Duration timeout) {
      return true;
    }
  }

  private static final class OtelKept implements SpanExporter {

    final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
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
