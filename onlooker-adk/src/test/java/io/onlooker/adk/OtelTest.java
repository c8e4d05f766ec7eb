package io.onlooker.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.ParallelAgent;
import com.google.adk.runner.Runner;
import com.google.adk.telemetry.Tracing;
import io.onlooker.SpanSnapshot;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ADK's own spans are real ones here, and stay current on threads that are done with them. */
@Timeout(60)
class OtelTest {

  private final SpanRecorder recorder = SpanRecorder.create();
  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final SdkTracerProvider otel =
      SdkTracerProvider.builder().addSpanProcessor(new Listening()).build();

  /** Without one that listens OpenTelemetry makes no spans. */
  private static final class Listening implements SpanProcessor {

    @Override
    public void onStart(Context context, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return false;
    }
  }

  @BeforeEach
  void open() {
    Tracing.setTracerForTesting(otel.get("adk"));
  }

  @AfterEach
  void close() {
    Tracing.setTracerForTesting(OpenTelemetry.noop().getTracer("adk"));
    otel.close();
    server.close();
    recorder.close();
  }

  private Runner tracked() {
    server.when(body -> true, Reply.text("Yes."));
    ParallelAgent both =
        ParallelAgent.builder()
            .name("both")
            .subAgents(Adk.agent("one", server).build(), Adk.agent("two", server).build())
            .build();
    return OnlookerAdk.instrumentAgent(Adk.runner(both), o -> o.onlooker(recorder.onlooker()));
  }

  @Test
  void runs_ofOneThread_areApart() {
    Runner runner = tracked();

    Adk.run(runner, "First?");
    Adk.run(runner, "Second?");

    RecordedSession first = recorder.takeSession();
    RecordedSession second = recorder.takeSession();
    assertThat(second.root().traceId()).isNotEqualTo(first.root().traceId());
    assertThat(first.spans()).hasSize(6);
    assertThat(second.spans()).hasSize(6);
    for (RecordedSession session : new RecordedSession[] {first, second}) {
      SpanSnapshot parallel = session.children(session.root()).get(0);
      assertThat(session.children(parallel))
          .hasSize(2)
          .allSatisfy(agent -> assertThat(session.children(agent)).hasSize(1));
    }
  }

  @Test
  @SuppressWarnings("try") // a scope is there to be closed
  void run_withinASpanOfTheApplications() {
    Span request = otel.get("app").spanBuilder("GET /").startSpan();

    try (Scope here = Context.current().with(request).makeCurrent()) {
      Adk.run(tracked(), "Hello?");
    }
    request.end();

    RecordedSession session = recorder.takeSession();
    assertThat(session.root().traceId()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(Objects.requireNonNull(session.root().parentSpanId()))
        .isEqualTo(request.getSpanContext().getSpanId());
    assertThat(session.spans()).hasSize(6);
  }
}
