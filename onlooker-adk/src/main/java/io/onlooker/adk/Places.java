package io.onlooker.adk;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import org.jspecify.annotations.Nullable;

/**
 * Where a run begins. ADK leaves its contexts behind on the threads that it worked on, and a span
 * in them that has ended is no place for the next run.
 */
final class Places {

  private Places() {}

  /** Runs the body where the thread stands, or in no trace when what it stands in is over. */
  static <T extends @Nullable Object> T without(
      Onlooker onlooker, Onlooker.Body<T, RuntimeException> body) {
    return isOver(onlooker) ? onlooker.continueTrace(java.util.Map.of(), body) : body.run();
  }

  /** A span that is not sampled records nothing either, but what is below it stays out. */
  private static boolean isOver(Onlooker onlooker) {
    Span current = onlooker.currentSpan();
    String header = onlooker.traceData().get("traceparent");
    return !current.recording() && header != null && header.endsWith("-01");
  }
}
