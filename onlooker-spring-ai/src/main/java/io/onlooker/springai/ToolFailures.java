package io.onlooker.springai;

import io.micrometer.observation.Observation;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

/** Tells the tool that the thread is in that it failed: Spring AI takes failures for results. */
final class ToolFailures {

  private ToolFailures() {}

  static void note(Throwable failure) {
    Observation.Context context = Scopes.innermost();
    Node node = context instanceof ToolCallingObservationContext ? Node.of(context) : null;
    if (node != null) {
      node.failed(cause(failure));
    }
  }

  /** What the tool threw. */
  static Throwable cause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof ToolExecutionException && cause != null ? cause : thrown;
  }
}
