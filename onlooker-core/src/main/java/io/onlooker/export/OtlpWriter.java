package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.LogData;
import io.onlooker.LogData.Level;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans and log records in OTLP's JSON: ids in hex, 64-bit numbers as text. */
final class OtlpWriter {

  private static final int KIND_INTERNAL = 1;
  private static final int KIND_CLIENT = 3;

  private final Attributes resource;

  OtlpWriter(Attributes resource) {
    this.resource = resource;
  }

  /** The body of a request for traces. */
  byte[] traces(JsonWriter spans) {
    return request("resourceSpans", "scopeSpans", "spans", spans);
  }

  /** The body of a request for logs. */
  byte[] logs(JsonWriter records) {
    return request("resourceLogs", "scopeLogs", "logRecords", records);
  }

  static JsonWriter span(SpanData span, SpanType type) {
    JsonWriter json = new JsonWriter(2048).beginObject();
    ids(json, span.traceId(), span.spanId());
    if (span.parentSpanId() != null) {
      json.name("parentSpanId").value(span.parentSpanId());
    }
    json.name("name").value(span.name());
    json.name("kind").value(type == SpanType.MODEL_GENERATION ? KIND_CLIENT : KIND_INTERNAL);
    nanos(json, "startTimeUnixNano", span.startNanos());
    nanos(json, "endTimeUnixNano", span.endNanos());
    attributes(json, span.attributes());
    if (!span.events().isEmpty()) {
      json.name("events").beginArray();
      span.events().forEach(event -> event(json, event));
      json.endArray();
    }
    status(json, span.status());
    return json.endObject();
  }

  static JsonWriter log(LogData log, int maxChars) {
    return record(
        log.timeNanos(),
        log.level(),
        ObjectEncoder.cut(log.body(), maxChars),
        log.traceId(),
        log.spanId(),
        log.attributes());
  }

  /** A captured error as a log record with the attributes OpenTelemetry gives to exceptions. */
  static JsonWriter error(ErrorData error, int maxChars) {
    Attributes.Builder attributes = error.attributes().toBuilder();
    String body = error.message();
    if (!error.exceptions().isEmpty()) {
      ExceptionData first = error.exceptions().get(0);
      exception(attributes, first);
      body = body == null ? first.type() + ": " + first.value() : body;
    }
    return record(
        error.timeNanos(),
        error.level(),
        ObjectEncoder.cut(body == null ? "" : body, maxChars),
        error.traceId(),
        error.spanId(),
        attributes.build());
  }

  /** {@code exception.type}, {@code .message} and {@code .stacktrace}. */
  static void exception(Attributes.Builder to, ExceptionData exception) {
    to.put("exception.type", exception.type());
    to.put("exception.message", exception.value());
    to.put("exception.stacktrace", stack(exception));
  }

  /** The exception and where it came from, as Java prints it. */
  static String stack(ExceptionData exception) {
    StringBuilder stack = new StringBuilder(exception.type() + ": " + exception.value());
    exception
        .frames()
        .forEach(frame ->
            stack
                .append("\n\tat ")
                .append(frame.module() == null ? "" : frame.module() + ".")
                .append(frame.function())
                .append("(" + frame.file() + ":" + frame.line() + ")"));
    return stack.toString();
  }

  private byte[] request(String resources, String scopes, String items, JsonWriter values) {
    JsonWriter json = new JsonWriter(values.length() + 1024).beginObject();
    json.name(resources).beginArray().beginObject();
    attributes(json.name("resource").beginObject(), resource).endObject();
    json.name(scopes).beginArray().beginObject();
    json.name("scope").beginObject().name("name").value("io.onlooker");
    json.name("version").value(Sdk.VERSION).endObject();
    json.name(items).beginArray().values(values).endArray();
    return json.endObject().endArray().endObject().endArray().endObject().toBytes();
  }

  private static JsonWriter record(
      long timeNanos,
      Level level,
      String body,
      @Nullable String traceId,
      @Nullable String spanId,
      Attributes attributes) {
    JsonWriter json = new JsonWriter(512).beginObject();
    nanos(json, "timeUnixNano", timeNanos);
    nanos(json, "observedTimeUnixNano", timeNanos);
    json.name("severityNumber").value(level.severityNumber());
    json.name("severityText").value(level.name());
    json.name("body").beginObject().name("stringValue").value(body).endObject();
    attributes(json, attributes);
    ids(json, traceId, spanId);
    return json.endObject();
  }

  private static void event(JsonWriter json, SpanEvent event) {
    json.beginObject();
    nanos(json, "timeUnixNano", event.timeNanos());
    json.name("name").value(event.name());
    attributes(json, event.attributes()).endObject();
  }

  /** OTLP knows unset, ok and error; a cancelled span is none of them and says so itself. */
  private static void status(JsonWriter json, SpanStatus status) {
    int code =
        switch (status.code()) {
          case UNSET, CANCELLED -> 0;
          case OK -> 1;
          case ERROR -> 2;
        };
    json.name("status").beginObject();
    if (code > 0) {
      json.name("code").value(code);
    }
    if (status.message() != null) {
      json.name("message").value(status.message());
    }
    json.endObject();
  }

  private static void ids(JsonWriter json, @Nullable String traceId, @Nullable String spanId) {
    if (traceId != null) {
      json.name("traceId").value(traceId);
    }
    if (spanId != null) {
      json.name("spanId").value(spanId);
    }
  }

  private static void nanos(JsonWriter json, String name, long nanos) {
    json.name(name).quoted(nanos);
  }

  private static JsonWriter attributes(JsonWriter json, Attributes attributes) {
    json.name("attributes").beginArray();
    attributes.forEach((key, value) -> {
      json.beginObject().name("key").value(key).name("value");
      value(json, value);
      json.endObject();
    });
    return json.endArray();
  }

  private static void value(JsonWriter json, Object value) {
    json.beginObject();
    if (value instanceof Boolean flag) {
      json.name("boolValue").value(flag);
    } else if (value instanceof Long number) {
      json.name("intValue").quoted(number);
    } else if (value instanceof Double number) {
      json.name("doubleValue").value(number);
    } else if (value instanceof List<?> list) {
      json.name("arrayValue").beginObject().name("values").beginArray();
      list.forEach(element -> value(json, element));
      json.endArray().endObject();
    } else {
      json.name("stringValue").value(value.toString());
    }
    json.endObject();
  }
}
