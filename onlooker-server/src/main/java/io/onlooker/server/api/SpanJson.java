package io.onlooker.server.api;

import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import java.util.Locale;

/** Writes spans. */
record SpanJson(JsonOut out) {

  void members(SpanData span) {
    out.text("trace_id", span.traceId())
        .text("span_id", span.spanId())
        .text("parent_span_id", span.parentSpanId())
        .text("name", span.name())
        .text("op", span.op())
        .text("status", span.status().code().name().toLowerCase(Locale.ROOT))
        .text("status_message", span.status().message())
        .flag("is_segment", span.segment())
        .time("start", span.startNanos())
        .time("end", span.open() ? null : (Long) span.endNanos())
        .millis("duration_ms", span.open() ? null : (Long) span.durationNanos())
        .attributes("attributes", span.attributes())
        .objects("events", span.events(), this::event);
  }

  private void event(SpanEvent event) {
    out.time("time", event.timeNanos())
        .text("name", event.name())
        .attributes("attributes", event.attributes());
  }
}
