package io.onlooker;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes what was recorded through the processors to every exporter; on the dispatcher's thread.
 * What fails on the way fails alone.
 */
final class Delivery {

  private final List<Processor> processors;
  private final List<Exporter> exporters;
  private final Guard guard;
  private final ExportMetrics metrics;

  Delivery(
      List<Processor> processors, List<Exporter> exporters, Guard guard, ExportMetrics metrics) {
    this.processors = processors;
    this.exporters = exporters;
    this.guard = guard;
    this.metrics = metrics;
  }

  void deliver(TracingEvent event) {
    TracingEvent processed;
    try {
      processed = process(event, Processor::process);
    } catch (ProcessorFailure e) {
      processed = event.withSpan(bare(event.span()));
    }
    if (processed != null) {
      TracingEvent passed = processed;
      each(exporter -> exporter.exportTracingEvent(passed));
    } else if (event.kind() == TracingEvent.Kind.SPAN_ENDED) {
      metrics.countDropped(Drop.PROCESSOR, 1);
      each(exporter -> exporter.forgetSpan(event.span().traceId(), event.span().spanId()));
    }
  }

  void deliver(LogData log) {
    try {
      LogData passed = process(log, Processor::process);
      send(passed, exporter -> exporter.exportLog(java.util.Objects.requireNonNull(passed)));
    } catch (ProcessorFailure e) {
      // Counted; without its content a log line is nothing.
    }
  }

  void deliver(ErrorData error) {
    try {
      ErrorData passed = process(error, Processor::process);
      send(passed, exporter -> exporter.exportError(java.util.Objects.requireNonNull(passed)));
    } catch (ProcessorFailure e) {
      // Counted; without its content an error says nothing.
    }
  }

  private void send(@Nullable Object passed, Export export) {
    if (passed == null) {
      metrics.countDropped(Drop.PROCESSOR, 1);
    } else {
      each(export);
    }
  }

  private void each(Export export) {
    for (Exporter exporter : exporters) {
      guard.run("exporter " + exporter.getClass().getName(), () -> export.to(exporter));
    }
  }

  private <T> @Nullable T process(T item, BiFunction<Processor, T, @Nullable T> step)
      throws ProcessorFailure {
    T result = item;
    for (Processor processor : processors) {
      try {
        result = step.apply(processor, result);
      } catch (Exception | Error e) {
        metrics.countDropped(Drop.PROCESSOR_FAILED, 1);
        guard.failed("processor " + processor.getClass().getName(), e);
        throw new ProcessorFailure();
      }
      if (result == null) {
        return null;
      }
    }
    return result;
  }

  /** That the span was, and nothing of what it said: it could not be redacted. */
  private static SpanSnapshot bare(SpanSnapshot span) {
    return new SpanSnapshot(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.root(),
        span.event(),
        span.type().name().toLowerCase(java.util.Locale.ROOT),
        span.type(),
        null,
        null,
        null,
        span.startNanos(),
        span.endNanos(),
        new SpanStatus(span.status().code(), null),
        null,
        Attributes.of(Map.of("onlooker.dropped", "processor_failed")),
        null,
        null,
        Map.of(),
        List.of());
  }

  private interface Export {
    void to(Exporter exporter);
  }

  private static final class ProcessorFailure extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
