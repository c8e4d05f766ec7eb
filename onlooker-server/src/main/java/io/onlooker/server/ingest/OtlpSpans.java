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
import java.util.Locale;
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
  static SpanData read(Span span, Attributes shared) throws Malformed {
    List<SpanEvent> events = events(span);
    Attributes.Builder attributes = Attributes.builder();
    OtlpAttributes.put(attributes, span.getAttributesList());
    putKind(attributes, span);
    putLinks(attributes, span);
    putException(attributes, events);
    shared.forEach(attributes::putIfAbsent);
    Attributes all = attributes.build();
    String parent = Ids.parent("parentSpanId", OtlpAttributes.hex(span.getParentSpanId()));
    SpanData read =
        new SpanData(
            Ids.trace("traceId", OtlpAttributes.hex(span.getTraceId())),
            Ids.span("spanId", OtlpAttributes.hex(span.getSpanId())),
            parent,
            span.getName(),
            OtlpOperation.of(all),
            start(span),
            span.getEndTimeUnixNano() == 0 ? SpanData.OPEN : span.getEndTimeUnixNano(),
            status(span.getStatus()),
            segment(span, parent),
            all,
            events);
    return SampleWeight.withRate(read, SampleWeight.ofTraceState(span.getTraceState()));
  }

  private static long start(Span span) throws Malformed {
    if (span.getStartTimeUnixNano() <= 0 || span.getEndTimeUnixNano() < 0) {
      throw new Malformed(
          "startTimeUnixNano: "
              + Long.toUnsignedString(span.getStartTimeUnixNano())
              + ", endTimeUnixNano: "
              + Long.toUnsignedString(span.getEndTimeUnixNano())
              + " (expected: nanoseconds between 1970 and 2262)");
    }
    return span.getStartTimeUnixNano();
  }

  private static SpanStatus status(Status status) {
    String message = status.getMessage().isEmpty() ? null : status.getMessage();
    return switch (status.getCode()) {
      case STATUS_CODE_OK -> new SpanStatus(SpanStatus.Code.OK, message);
      case STATUS_CODE_ERROR -> SpanStatus.error(message);
      default -> new SpanStatus(SpanStatus.Code.UNSET, message);
    };
  }

  private static boolean segment(Span span, @Nullable String parent) {
    if ((span.getFlags() & HAS_IS_REMOTE) != 0) {
      return parent == null || (span.getFlags() & IS_REMOTE) != 0;
    }
    Span.SpanKind kind = span.getKind();
    return parent == null
        || kind == Span.SpanKind.SPAN_KIND_SERVER
        || kind == Span.SpanKind.SPAN_KIND_CONSUMER;
  }

  private static List<SpanEvent> events(Span span) {
    List<SpanEvent> events = new ArrayList<>(span.getEventsCount());
    for (Span.Event event : span.getEventsList()) {
      Attributes.Builder attributes = Attributes.builder();
      OtlpAttributes.put(attributes, event.getAttributesList());
      events.add(new SpanEvent(event.getTimeUnixNano(), event.getName(), attributes.build()));
    }
    return events;
  }

  private static void putKind(Attributes.Builder attributes, Span span) {
    String kind = span.getKind().name().replace("SPAN_KIND_", "").toLowerCase(Locale.ROOT);
    if (span.getKindValue() > Span.SpanKind.SPAN_KIND_INTERNAL_VALUE) {
      attributes.putIfAbsent("span.kind", kind);
    }
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

  private static void putLinks(Attributes.Builder attributes, Span span) {
    List<Map<String, Object>> links = new ArrayList<>();
    for (Span.Link link : span.getLinksList()) {
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
