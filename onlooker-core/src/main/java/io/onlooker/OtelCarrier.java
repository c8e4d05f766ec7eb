package io.onlooker;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * Keeps it in OpenTelemetry's context, which its Java agent carries over pools, futures and virtual
 * threads, whatever its sampler says. Loaded only when that API is on the class path.
 */
final class OtelCarrier implements Carrier {

  private final ContextKey<Current> key = ContextKey.named("onlooker");
  private final boolean nest;

  /**
   * @param nest whether OpenTelemetry's spans become children of ours
   */
  OtelCarrier(boolean nest) {
    this.nest = nest;
  }

  @Override
  public @Nullable Current current() {
    return Context.current().get(key);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // whoever attaches closes
  public Attached attach(Current current) {
    Context context = Context.current().with(key, current);
    Span span = current.span();
    if (nest && span != null && span.recording()) {
      context = context.with(io.opentelemetry.api.trace.Span.wrap(contextOf(span)));
    }
    return context.makeCurrent()::close;
  }

  @Override
  public @Nullable Remote foreign() {
    SpanContext context = io.opentelemetry.api.trace.Span.current().getSpanContext();
    return context.isValid() ? Remote.of(context.getTraceId(), context.getSpanId()) : null;
  }

  /** Keeps the flags of the trace we adopted, so that its sampler's decision stays as it is. */
  private static SpanContext contextOf(Span span) {
    SpanContext outer = io.opentelemetry.api.trace.Span.current().getSpanContext();
    boolean same = outer.isValid() && outer.getTraceId().equals(span.traceId());
    return SpanContext.create(
        span.traceId(),
        span.spanId(),
        same ? outer.getTraceFlags() : TraceFlags.getSampled(),
        same ? outer.getTraceState() : TraceState.getDefault());
  }
}
