package io.onlooker.server.export;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes spans and log lines in OTLP's JSON: ids in hex, 64-bit numbers as text. */
record OtlpJson(JsonGenerator out) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** In the order of OTLP's numbers, the first of which is 1. */
  private static final List<String> KINDS =
      List.of("internal", "server", "client", "producer", "consumer");

  /** The sender knows that the parent is in another process. */
  private static final int REMOTE_PARENT = 0x300;

  static byte[] traces(Map<Attributes, List<SpanData>> byResource) {
    return request(byResource, "Spans", "spans", OtlpJson::span);
  }

  static byte[] logs(Map<Attributes, List<LogData>> byResource) {
    return request(byResource, "Logs", "logRecords", OtlpJson::log);
  }

  private interface Row<T> {
    void write(OtlpJson json, T row, Attributes resource);
  }

  /**
   * @param kind as in {@code resourceSpans} and {@code scopeSpans}
   */
  private static <T> byte[] request(
      Map<Attributes, List<T>> byResource, String kind, String rows, Row<T> row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      OtlpJson json = new OtlpJson(out);
      out.writeStartObject();
      out.writeArrayPropertyStart("resource" + kind);
      byResource.forEach((resource, some) -> {
        out.writeStartObject();
        out.writeObjectPropertyStart("resource");
        json.attributes(resource);
        out.writeEndObject();
        out.writeArrayPropertyStart("scope" + kind);
        out.writeStartObject();
        out.writeArrayPropertyStart(rows);
        some.forEach(each -> row.write(json, each, resource));
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
      });
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void log(LogData log, Attributes resource) {
    out.writeStartObject();
    nanos("timeUnixNano", log.timeNanos());
    out.writeNumberProperty("severityNumber", log.level().severityNumber());
    out.writeStringProperty("severityText", log.level().name());
    out.writeObjectPropertyStart("body");
    out.writeStringProperty("stringValue", log.body());
    out.writeEndObject();
    if (log.traceId() != null) {
      out.writeStringProperty("traceId", log.traceId());
    }
    if (log.spanId() != null) {
      out.writeStringProperty("spanId", log.spanId());
    }
    attributes(without(log.attributes(), resource).build());
    out.writeEndObject();
  }

  private void span(SpanData span, Attributes resource) {
    out.writeStartObject();
    out.writeStringProperty("traceId", span.traceId());
    out.writeStringProperty("spanId", span.spanId());
    if (span.parentSpanId() != null) {
      out.writeStringProperty("parentSpanId", span.parentSpanId());
      out.writeNumberProperty("flags", span.segment() ? REMOTE_PARENT : REMOTE_PARENT & 0x100);
    }
    out.writeStringProperty("name", span.name());
    out.writeNumberProperty("kind", kind(span.attributes().string("span.kind")));
    nanos("startTimeUnixNano", span.startNanos());
    if (!span.open()) {
      nanos("endTimeUnixNano", span.endNanos());
    }
    attributes(own(span, resource));
    if (!span.events().isEmpty()) {
      out.writeArrayPropertyStart("events");
      span.events().forEach(this::event);
      out.writeEndArray();
    }
    status(span.status());
    out.writeEndObject();
  }

  private static int kind(@Nullable String name) {
    return name == null ? 1 : Math.max(1, KINDS.indexOf(name.toLowerCase(Locale.ROOT)) + 1);
  }

  /** Without what its resource says, and with the operation, for which OTLP has no field. */
  private static Attributes own(SpanData span, Attributes resource) {
    return without(span.attributes(), resource).putIfAbsent("sentry.op", span.op()).build();
  }

  private static Attributes.Builder without(Attributes attributes, Attributes resource) {
    Attributes.Builder own = Attributes.builder();
    attributes.forEach((key, value) -> {
      if (!resource.has(key)) {
        own.put(key, value);
      }
    });
    return own;
  }

  private void event(SpanEvent event) {
    out.writeStartObject();
    nanos("timeUnixNano", event.timeNanos());
    out.writeStringProperty("name", event.name());
    attributes(event.attributes());
    out.writeEndObject();
  }

  private void status(SpanStatus status) {
    out.writeObjectPropertyStart("status");
    switch (status.code()) {
      case OK -> out.writeNumberProperty("code", 1);
      case ERROR -> out.writeNumberProperty("code", 2);
      case UNSET, CANCELLED -> {}
    }
    if (status.message() != null) {
      out.writeStringProperty("message", status.message());
    }
    out.writeEndObject();
  }

  private void attributes(Attributes attributes) {
    out.writeArrayPropertyStart("attributes");
    attributes.forEach((key, value) -> {
      out.writeStartObject();
      out.writeStringProperty("key", key);
      out.writeName("value");
      value(value);
      out.writeEndObject();
    });
    out.writeEndArray();
  }

  private void value(Object value) {
    out.writeStartObject();
    switch (value) {
      case Boolean flag -> out.writeBooleanProperty("boolValue", flag);
      case Long number -> out.writeStringProperty("intValue", Long.toString(number));
      case Double number -> out.writeNumberProperty("doubleValue", number);
      case List<?> list -> {
        out.writeObjectPropertyStart("arrayValue");
        out.writeArrayPropertyStart("values");
        list.forEach(this::value);
        out.writeEndArray();
        out.writeEndObject();
      }
      default -> out.writeStringProperty("stringValue", value.toString());
    }
    out.writeEndObject();
  }

  private void nanos(String name, long nanos) {
    out.writeStringProperty(name, Long.toString(nanos));
  }
}
