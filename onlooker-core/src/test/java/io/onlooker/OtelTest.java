package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside a real OpenTelemetry SDK. */
class OtelTest {

  private static final class Exported implements SpanExporter {

    final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
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

  private final Exported exported = new Exported();
  private final SdkTracerProvider provider = provider(Sampler.alwaysOn());
  private final Tracer otel = provider.get("test");

  private SdkTracerProvider provider(Sampler sampler) {
    return SdkTracerProvider.builder()
        .setSampler(sampler)
        .addSpanProcessor(SimpleSpanProcessor.create(exported))
        .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void link_adoptsTheTraceOfTheCurrentSpan() {
    try (Recorded recorded = new Recorded()) {
      Span request = otel.spanBuilder("GET /chat").startSpan();
      try (Scope scope = request.makeCurrent()) {
        assertThat(scope).isNotNull();
        recorded.onlooker.startSpan("agent", span -> 1);
      }
      request.end();

      SpanSnapshot agent = recorded.span();
      assertThat(agent.traceId()).isEqualTo(request.getSpanContext().getTraceId());
      assertThat(agent.parentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
      assertThat(agent.root()).isTrue();
    }
  }

  @Test
  void link_recordsAlthoughTheApplicationsSamplerSaysNo() {
    try (Recorded recorded = new Recorded();
        SdkTracerProvider off = provider(Sampler.alwaysOff())) {
      Span request = off.get("test").spanBuilder("GET /chat").startSpan();
      try (Scope scope = request.makeCurrent()) {
        assertThat(scope).isNotNull();
        recorded.onlooker.startSpan("agent", span -> 1);
      }

      assertThat(recorded.span().traceId()).isEqualTo(request.getSpanContext().getTraceId());
    }
  }

  @Test
  void link_spanTravelsInTheContext() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Recorded recorded = new Recorded()) {
      recorded.onlooker.runSpan(
          SpanOptions.named("outer"),
          span -> {
            Runnable task = () -> recorded.onlooker.startInactiveSpan("child").end();
            pool.submit(Context.current().wrap(task)).get();
          });

      assertThat(recorded.span("child").parentSpanId()).isEqualTo(recorded.span("outer").spanId());
      assertThat(Context.current()).isSameAs(Context.root());
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void link_leavesTheirCurrentSpanAlone() {
    try (Recorded recorded = new Recorded()) {
      recorded.onlooker.runSpan(
          SpanOptions.named("ours"),
          span -> {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            otel.spanBuilder("theirs").startSpan().end();
          });

      assertThat(exported.spans.get(0).getParentSpanContext().isValid()).isFalse();
    }
  }

  @Test
  void nest_theirSpansAreChildrenOfOurs() {
    try (Recorded recorded = new Recorded(options -> options.otel(OtelMode.NEST))) {
      recorded.onlooker.runSpan(
          SpanOptions.named("ours"), span -> otel.spanBuilder("HTTP POST").startSpan().end());

      SpanData theirs = exported.spans.get(0);
      assertThat(theirs.getTraceId()).isEqualTo(recorded.span().traceId());
      assertThat(theirs.getParentSpanId()).isEqualTo(recorded.span().spanId());
    }
  }

  @Test
  void nest_keepsTheDecisionOfTheirTrace() {
    try (Recorded recorded = new Recorded(options -> options.otel(OtelMode.NEST));
        SdkTracerProvider off = provider(Sampler.alwaysOff())) {
      Span request = off.get("test").spanBuilder("GET /chat").startSpan();
      try (Scope scope = request.makeCurrent()) {
        assertThat(scope).isNotNull();
        recorded.onlooker.runSpan(
            SpanOptions.named("ours"),
            span -> assertThat(Span.current().getSpanContext().isSampled()).isFalse());
      }
    }
  }

  @Test
  void off_doesNotLook() {
    try (Recorded recorded = new Recorded(options -> options.otel(OtelMode.OFF))) {
      Span request = otel.spanBuilder("GET /chat").startSpan();
      try (Scope scope = request.makeCurrent()) {
        assertThat(scope).isNotNull();
        recorded.onlooker.startSpan("agent", span -> 1);
      }

      assertThat(recorded.span().traceId()).isNotEqualTo(request.getSpanContext().getTraceId());
      assertThat(recorded.span().parentSpanId()).isNull();
    }
  }
}
