package io.onlooker.adk;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run begins. ADK leaves its contexts behind on the threads that it worked on, and a span
 * in them that has ended, ours or OpenTelemetry's, is no place for the next run.
 */
final class Places {

  private Places() {}

  /** Runs the body where the thread stands, or in no trace when what it stands in is over. */
  @SuppressWarnings("try") // a scope is there to be closed
  static <T extends @Nullable Object> T begin(
      Onlooker onlooker, Onlooker.Body<T, RuntimeException> body) {
    if (!isOver(onlooker)) {
      return body.run();
    }
    try (Scope nowhere = Context.root().makeCurrent()) {
      return onlooker.continueTrace(Map.of(), body);
    }
  }

  private static boolean isOver(Onlooker onlooker) {
    Span current = onlooker.currentSpan();
    if (current.recording()) {
      return false;
    }
    String header = onlooker.traceData().get("traceparent");
    if (header != null) {
      // One that is not sampled records nothing either, but what is below it stays out.
      return header.endsWith("-01");
    }
    var foreign = io.opentelemetry.api.trace.Span.current();
    return foreign.getSpanContext().isValid() && !foreign.isRecording();
  }
}
