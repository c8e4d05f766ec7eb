package io.onlooker;

import org.jspecify.annotations.Nullable;

/**
 * Changes or drops what was recorded before any exporter sees it.
 *
 * <p>Runs on Onlooker's own thread, one call at a time. May take its time, must not block for ever.
 * When a method throws, the content is dropped and counted, and the application goes on.
 */
public interface Processor {

  /** The event to pass on, changed or not, or null to drop it. */
  default @Nullable TracingEvent process(TracingEvent event) {
    return event;
  }

  /** The log line to pass on, or null to drop it. */
  default @Nullable LogData process(LogData log) {
    return log;
  }

  /** The error to pass on, or null to drop it. */
  default @Nullable ErrorData process(ErrorData error) {
    return error;
  }
}
