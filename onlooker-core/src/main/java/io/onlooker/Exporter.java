package io.onlooker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends what was recorded somewhere else.
 *
 * <p>The {@code export…} methods are called on Onlooker's own thread, one call at a time, in the
 * order of what happened; they neither block nor throw: an exporter queues, and counts what it
 * drops in {@link ExportMetrics}.
 */
public interface Exporter {

  /** The time {@link #flush} and {@link #shutdown} take at most unless told (seed 000). */
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * News of a span. A started span is always followed by its end, at {@link #shutdown} at the
   * latest.
   */
  void exportTracingEvent(TracingEvent event);

  /**
   * A processor dropped the end of a span whose start was exported: nothing more will come of it.
   * Exporters that remember started spans forget it; ignored unless overridden.
   */
  default void forgetSpan(String traceId, String spanId) {}

  /** A log line; ignored unless overridden. */
  default void exportLog(LogData log) {}

  /** A captured error or message; ignored unless overridden. */
  default void exportError(ErrorData error) {}

  /**
   * Sends what waits; the exporter goes on working.
   *
   * @return whether everything was sent within the time
   */
  boolean flush(Duration timeout);

  /**
   * Ends the spans that are still open, sends what waits, and closes. Later calls do nothing.
   *
   * @return whether everything was sent within the time
   */
  boolean shutdown(Duration timeout);

  /** Why the last try to send went wrong, for a person; null when it went well or is not known. */
  default @Nullable String lastFailure() {
    return null;
  }

  /** Where it sends, as it may be shown: without any secret; null when it says nothing of it. */
  default @Nullable String place() {
    return null;
  }

  /** What was sent and what was dropped so far; null when it does not count. */
  default @Nullable ExportMetrics metrics() {
    return null;
  }

  /** As {@link #flush(Duration)}, within {@link #DEFAULT_TIMEOUT}. */
  default boolean flush() {
    return flush(DEFAULT_TIMEOUT);
  }

  /** As {@link #shutdown(Duration)}, within {@link #DEFAULT_TIMEOUT}. */
  default boolean shutdown() {
    return shutdown(DEFAULT_TIMEOUT);
  }
}
