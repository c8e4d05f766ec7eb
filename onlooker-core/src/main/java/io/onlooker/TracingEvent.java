package io.onlooker;

import static java.util.Objects.requireNonNull;

/**
 * News of a span, on its way through the processors to every exporter.
 *
 * <p>A span that stands for a single moment ({@link SpanSnapshot#event()}) gives only {@link
 * Kind#SPAN_ENDED}.
 */
public record TracingEvent(Kind kind, SpanSnapshot span) {

  public TracingEvent {
    requireNonNull(kind, "kind");
    requireNonNull(span, "span");
  }

  public TracingEvent withSpan(SpanSnapshot changed) {
    return new TracingEvent(kind, changed);
  }

  public enum Kind {
    SPAN_STARTED,
    SPAN_UPDATED,
    SPAN_ENDED
  }
}
