package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  /** Adds a word to each name, so that the order of processors shows. */
  private record Naming(String word) implements Processor {

    @Override
    public TracingEvent process(TracingEvent event) {
      SpanSnapshot span = event.span();
      return event.withSpan(
          new SpanSnapshot(
              span.traceId(),
              span.spanId(),
              span.parentSpanId(),
              span.root(),
              span.event(),
              span.name() + word,
              span.type(),
              span.op(),
              span.entityId(),
              span.entityName(),
              span.startNanos(),
              span.endNanos(),
              span.status(),
              span.error(),
              span.attributes(),
              span.input(),
              span.output(),
              span.metadata(),
              span.tags()));
    }
  }

  /** Drops all that says "secret". */
  private static final class Dropping implements Processor {

    @Override
    public @Nullable TracingEvent process(TracingEvent event) {
      return event.span().attributes().has("secret") ? null : event;
    }

    @Override
    public @Nullable LogData process(LogData log) {
      return log.body().contains("secret") ? null : log;
    }

    @Override
    public @Nullable ErrorData process(ErrorData error) {
      return null;
    }
  }

  private static final class Failing implements Processor {

    @Override
    public TracingEvent process(TracingEvent event) {
      throw new IllegalStateException("cannot redact");
    }

    @Override
    public LogData process(LogData log) {
      throw new IllegalStateException("cannot redact");
    }

    @Override
    public ErrorData process(ErrorData error) {
      throw new IllegalStateException("cannot redact");
    }
  }

  @Test
  void processors_inTheOrderGiven() {
    try (Recorded recorded =
        new Recorded(o -> o.processor(new Naming(" one")).processor(new Naming(" two")))) {
      recorded.onlooker.startSpan("span", span -> 1);

      assertThat(recorded.span().name()).isEqualTo("span one two");
    }
  }

  @Test
  void processor_dropsTheEnd() {
    try (Recorded recorded = new Recorded(options -> options.processor(new Dropping()))) {
      Span span = recorded.onlooker.startInactiveSpan("span");
      span.setAttribute("secret", true).end();
      recorded.onlooker.logger().info("a secret");
      recorded.onlooker.logger().info("no s.");
      recorded.onlooker.captureMessage("dropped", LogData.Level.INFO);

      assertThat(recorded.spans()).isEmpty();
      assertThat(recorded.forgotten).containsExactly(span.spanId());
      assertThat(recorded.logs()).hasSize(1);
      assertThat(recorded.errors()).isEmpty();
      assertThat(recorded.onlooker.metrics().dropped(Drop.PROCESSOR)).isEqualTo(3);
    }
  }

  @Test
  void processor_thatFailsLetsNoContentThrough() {
    try (Recorded recorded = new Recorded(options -> options.processor(new Failing()))) {
      SpanOptions options =
          SpanOptions.agentRun("Alice").input("my card is 4111").metadata("m", "secret");
      recorded.onlooker.runSpan(
          options, span -> span.output("secret").setStatus(SpanStatus.error("secret")));
      recorded.onlooker.logger().info("secret");
      recorded.onlooker.captureException(new IllegalStateException("secret"));

      SpanSnapshot span = recorded.span();
      assertThat(span.toString()).doesNotContain("secret", "4111", "Alice");
      assertThat(span.type()).isEqualTo(SpanType.AGENT_RUN);
      assertThat(span.status().code()).isEqualTo(SpanStatus.Code.ERROR);
      assertThat(span.attributes().toMap())
          .isEqualTo(Map.of("onlooker.dropped", "processor_failed"));
      assertThat(recorded.logs()).isEmpty();
      assertThat(recorded.errors()).isEmpty();
      assertThat(recorded.onlooker.metrics().dropped(Drop.PROCESSOR_FAILED)).isEqualTo(4);
    }
  }
}
