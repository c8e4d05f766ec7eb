package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads OTLP's spans. */
final class OtlpSpans {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Bits of the span's flags: whether the sender knows, and whether, the parent is remote. */
  private static final int HAS_IS_REMOTE = 0x100;

  private static final int IS_REMOTE = 0x200;

  private OtlpSpans() {}

  /**
   * One span.
   *
   * @param shared attributes of its resource and scope
   */
  static SpanData read(OtlpSpan span, Attributes shared) throws Malformed {
    List<SpanEvent> events = events(span);
    Attributes.Builder attributes = span.attributes();
    putKind(attributes, span.kind());
    putLinks(attributes, span.links());
    putException(attributes, events);
    shared.forEach(attributes::putIfAbsent);
    Attributes all = attributes.build();
    String parent = Ids.parent("parentSpanId", span.parentSpanId());
    SpanData read =
        new SpanData(
            Ids.trace("traceId", span.traceId()),
            Ids.span("spanId", span.spanId()),
            parent,
            span.name(),
            OtlpOperation.of(all, parent == null),
            start(span),
            span.endNanos() == 0 ? SpanData.OPEN : span.endNanos(),
            status(span.status(), all),
            segment(span, parent),
            all,
            events);
    return SampleWeight.withRate(read, SampleWeight.ofTraceState(span.traceState()));
  }

  private static long start(OtlpSpan span) throws Malformed {
    if (span.startNanos() <= 0 || span.endNanos() < 0) {
      throw new Malformed(
          "startTimeUnixNano: "
              + Long.toUnsignedString(span.startNanos())
              + ", endTimeUnixNano: "
              + Long.toUnsignedString(span.endNanos())
              + " (expected: nanoseconds between 1970 and 2262)");
    }
    return span.startNanos();
  }

  private static SpanStatus status(Status status, Attributes attributes) {
    if (status.getCode() == Status.StatusCode.STATUS_CODE_UNSET
        && "ERROR".equals(attributes.string("langfuse.observation.level"))) {
      return SpanStatus.error(attributes.string("langfuse.observation.status_message"));
    }
    String message = status.getMessage().isEmpty() ? null : status.getMessage();
    return switch (status.getCode()) {
      case STATUS_CODE_OK ->
          message == null ? SpanStatus.OK : new SpanStatus(SpanStatus.Code.OK, message);
      case STATUS_CODE_ERROR -> SpanStatus.error(message);
      default ->
          message == null ? SpanStatus.UNSET : new SpanStatus(SpanStatus.Code.UNSET, message);
    };
  }

  private static boolean segment(OtlpSpan span, @Nullable String parent) {
    if ((span.flags() & HAS_IS_REMOTE) != 0) {
      return parent == null || (span.flags() & IS_REMOTE) != 0;
    }
    return parent == null
        || span.kind() == Span.SpanKind.SPAN_KIND_SERVER_VALUE
        || span.kind() == Span.SpanKind.SPAN_KIND_CONSUMER_VALUE;
  }

  private static List<SpanEvent> events(OtlpSpan span) {
    List<SpanEvent> events = new ArrayList<>(span.events().size());
    for (Span.Event event : span.events()) {
      Attributes.Builder attributes = Attributes.builder();
      OtlpAttributes.put(attributes, event.getAttributesList());
      long time = event.getTimeUnixNano() > 0 ? event.getTimeUnixNano() : span.startNanos();
      events.add(new SpanEvent(time, event.getName(), attributes.build()));
    }
    return events;
  }

  /** Internal is what a span is unless it says otherwise. */
  private static void putKind(Attributes.Builder attributes, int kind) {
    String name =
        switch (kind) {
          case Span.SpanKind.SPAN_KIND_SERVER_VALUE -> "server";
          case Span.SpanKind.SPAN_KIND_CLIENT_VALUE -> "client";
          case Span.SpanKind.SPAN_KIND_PRODUCER_VALUE -> "producer";
          case Span.SpanKind.SPAN_KIND_CONSUMER_VALUE -> "consumer";
          default -> kind > Span.SpanKind.SPAN_KIND_CONSUMER_VALUE ? "unrecognized" : null;
        };
    attributes.putIfAbsent("span.kind", name);
  }

  /** What an exception event says, where queries look for it. */
  private static void putException(Attributes.Builder attributes, List<SpanEvent> events) {
    for (SpanEvent event : events) {
      if (event.name().equals("exception")) {
        attributes.putIfAbsent(GenAi.ERROR_TYPE, event.attributes().get("exception.type"));
        attributes.putIfAbsent(GenAi.ERROR_MESSAGE, event.attributes().get("exception.message"));
      }
    }
  }

  private static void putLinks(Attributes.Builder attributes, List<Span.Link> told) {
    List<Map<String, Object>> links = new ArrayList<>();
    for (Span.Link link : told) {
      Attributes.Builder own = Attributes.builder();
      OtlpAttributes.put(own, link.getAttributesList());
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("trace_id", OtlpAttributes.hex(link.getTraceId()));
      map.put("span_id", OtlpAttributes.hex(link.getSpanId()));
      map.put("attributes", own.build().toMap());
      links.add(map);
    }
    if (!links.isEmpty()) {
      attributes.putIfAbsent("links", JSON.writeValueAsString(links));
    }
  }
}
