package io.onlooker;

/** What Onlooker does with OpenTelemetry's API when the application has it on its class path. */
public enum OtelMode {
  /** Nothing: the current span is kept in the thread. */
  OFF,
  /**
   * The current span is kept in OpenTelemetry's context, which its Java agent carries to other
   * threads; a first span takes trace id and parent from OpenTelemetry's current span. The default.
   */
  LINK,
  /**
   * As {@link #LINK}, and OpenTelemetry's spans started within ours (HTTP calls, say) become their
   * children. In a trace that we start, they are sampled as we are.
   */
  NEST
}
