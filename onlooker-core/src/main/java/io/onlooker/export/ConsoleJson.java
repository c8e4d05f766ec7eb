package io.onlooker.export;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import java.util.Locale;

/** Spans, logs and errors as one JSON object per line. */
final class ConsoleJson {

  private static final int MAX_CHARS = 1 << 20;

  private ConsoleJson() {}

  static String span(SpanData span) {
    JsonWriter json = new JsonWriter(1024).beginObject();
    json.name("kind").value("span").name("time").value(Times.iso(span.startNanos()));
    json.name("trace_id").value(span.traceId()).name("span_id").value(span.spanId());
    json.name("parent_span_id").value(span.parentSpanId());
    json.name("name").value(span.name()).name("op").value(span.op());
    json.name("status").value(span.status().code().name().toLowerCase(Locale.ROOT));
    json.name("duration_ms").value(span.durationNanos() / 1e6);
    ObjectEncoder.write(json.name("attributes"), span.attributes().toMap(), MAX_CHARS);
    return json.endObject().toString();
  }

  static String log(LogData log) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.name("kind").value("log").name("time").value(Times.iso(log.timeNanos()));
    json.name("trace_id").value(log.traceId()).name("span_id").value(log.spanId());
    json.name("level").value(log.level().name().toLowerCase(Locale.ROOT));
    json.name("body").value(log.body());
    ObjectEncoder.write(json.name("attributes"), log.attributes().toMap(), MAX_CHARS);
    return json.endObject().toString();
  }

  static String error(ErrorData error) {
    JsonWriter json = new JsonWriter(1024).beginObject();
    json.name("kind").value("error").name("time").value(Times.iso(error.timeNanos()));
    json.name("trace_id").value(error.traceId()).name("span_id").value(error.spanId());
    json.name("level").value(error.level().name().toLowerCase(Locale.ROOT));
    json.name("message").value(error.message());
    ObjectEncoder.write(json.name("exceptions"), error.exceptions(), MAX_CHARS);
    ObjectEncoder.write(json.name("attributes"), error.attributes().toMap(), MAX_CHARS);
    return json.endObject().toString();
  }
}
