package io.onlooker.export;

import io.onlooker.ErrorInfo;
import io.onlooker.SpanSnapshot;
import org.jspecify.annotations.Nullable;

/** Takes what a {@link SpanTracker} has sorted out. Called by one thread at a time. */
interface SpanSink {

  /** A span that will be sent has begun. */
  default void started(OpenSpan span) {}

  /** There is news of a span that will be sent and still runs. */
  default void updated(OpenSpan span) {}

  /** A span has ended, with everything learned from below; its content is forgotten afterwards. */
  void ended(OpenSpan span);

  /**
   * The span itself must not be sent after all; what was collected below it still is. Only its
   * place in the trace is left of it.
   */
  default void forgotten(OpenSpan span) {}

  /** Something happened at one moment below the span; null when the span above is not known. */
  void moment(@Nullable OpenSpan above, SpanSnapshot event);

  /** A span failed, and the failure was not seen below it already. */
  default void failed(OpenSpan span, ErrorInfo error) {}
}
