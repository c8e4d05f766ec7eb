package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;

/**
 * What OTLP tells of a span, whichever way it was put into bytes.
 *
 * @param traceId hex digits as they came, not checked; so are the other ids
 * @param kind the number of OTLP's span kind
 * @param attributes its own
 */
record OtlpSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String traceState,
    int flags,
    String name,
    int kind,
    long startNanos,
    long endNanos,
    Attributes.Builder attributes,
    List<Span.Event> events,
    List<Span.Link> links,
    Status status) {

  static OtlpSpan of(Span span) {
    Attributes.Builder attributes = Attributes.builder();
    OtlpAttributes.put(attributes, span.getAttributesList());
    return new OtlpSpan(
        OtlpAttributes.hex(span.getTraceId()),
        OtlpAttributes.hex(span.getSpanId()),
        OtlpAttributes.hex(span.getParentSpanId()),
        span.getTraceState(),
        span.getFlags(),
        span.getName(),
        span.getKindValue(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        attributes,
        span.getEventsList(),
        span.getLinksList(),
        span.getStatus());
  }
}
