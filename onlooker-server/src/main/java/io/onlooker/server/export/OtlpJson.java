package io.onlooker.server.export;

import io.onlooker.Attributes;
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

/** Writes spans in OTLP's JSON: ids in hex, 64-bit numbers as text. */
record OtlpJson(JsonGenerator out) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** In the order of OTLP's numbers, the first of which is 1. */
  private static final List<String> KINDS =
      List.of("internal", "server", "client", "producer", "consumer");

  /** The sender knows that the parent is in another process. */
  private static final int REMOTE_PARENT = 0x300;

  static byte[] traces(Map<Attributes, List<SpanData>> byResource) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      new OtlpJson(out).request(byResource);
    }
    return bytes.toByteArray();
  }

  private void request(Map<Attributes, List<SpanData>> byResource) {
    out.writeStartObject();
    out.writeArrayPropertyStart("resourceSpans");
    byResource.forEach((resource, spans) -> {
      out.writeStartObject();
      out.writeObjectPropertyStart("resource");
      attributes(resource);
      out.writeEndObject();
      out.writeArrayPropertyStart("scopeSpans");
      out.writeStartObject();
      out.writeArrayPropertyStart("spans");
      spans.forEach(span -> span(span, resource));
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    });
    out.writeEndArray();
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
    Attributes.Builder own = Attributes.builder();
    span.attributes()
        .forEach((key, value) -> {
          if (!resource.has(key)) {
            own.put(key, value);
          }
        });
    return own.putIfAbsent("sentry.op", span.op()).build();
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
