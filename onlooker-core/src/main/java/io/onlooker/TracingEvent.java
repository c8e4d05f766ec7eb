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

  /** The same news of the span as a processor changed it. */
  public TracingEvent withSpan(SpanSnapshot changed) {
    return new TracingEvent(kind, changed);
  }

  /** What there is to tell. */
  public enum Kind {
    /** The span has begun; more will be known later. */
    SPAN_STARTED,
    /** More is known of a running span: all of it, not the difference. */
    SPAN_UPDATED,
    /** The span is over and whole. */
    SPAN_ENDED
  }
}
