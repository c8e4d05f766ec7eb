package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.util.List;
import java.util.Map;

/** What stands in for a span whose own end is not to be had. */
final class Snapshots {

  /** Set on a span that was sent although its end never came. */
  static final String UNFINISHED = "onlooker.unfinished";

  private Snapshots() {}

  /** The span as far as it got, ended now and marked. */
  static SpanSnapshot unfinished(SpanSnapshot span, long nowNanos) {
    Attributes marked = span.attributes().toBuilder().put(UNFINISHED, true).build();
    boolean decided = span.status().code() != SpanStatus.Code.UNSET || span.error() != null;
    return new SpanSnapshot(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.root(),
        span.event(),
        span.name(),
        span.type(),
        span.op(),
        span.entityId(),
        span.entityName(),
        span.startNanos(),
        span.endNanos() == SpanData.OPEN ? nowNanos : span.endNanos(),
        decided ? span.status() : SpanStatus.CANCELLED,
        span.error(),
        marked,
        span.input(),
        span.output(),
        span.metadata(),
        span.tags());
  }

  /** The span's place in the trace, and nothing of what it said. */
  static SpanSnapshot blank(SpanSnapshot span) {
    return new SpanSnapshot(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.root(),
        span.event(),
        "dropped",
        SpanType.GENERIC,
        null,
        null,
        null,
        span.startNanos(),
        span.endNanos(),
        SpanStatus.UNSET,
        null,
        Attributes.EMPTY,
        null,
        null,
        Map.of(),
        List.of());
  }
}
