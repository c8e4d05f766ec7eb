package io.onlooker.server.web;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.store.TraceNotes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was received as JSON, one line for each item. */
final class RawJson {

  private static final JsonMapper JSON = new JsonMapper();

  private RawJson() {}

  static String of(SpanData span) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("trace_id", span.traceId());
    json.put("span_id", span.spanId());
    json.put("parent_span_id", span.parentSpanId());
    json.put("name", span.name());
    json.put("op", span.op());
    json.put("start", Show.exactTime(span.startNanos()));
    json.put("duration_ms", span.open() ? null : span.durationNanos() / 1e6);
    json.put("status", span.status().code().name().toLowerCase(Locale.ROOT));
    json.put("status_message", span.status().message());
    json.put("attributes", span.attributes().toMap());
    json.put("events", span.events().stream().map(RawJson::event).toList());
    return JSON.writeValueAsString(json);
  }

  /** All spans, log lines and errors of a trace: NDJSON. */
  static byte[] lines(List<SpanData> spans, TraceNotes notes) {
    StringBuilder lines = new StringBuilder();
    spans.forEach(span -> lines.append(of(span)).append('\n'));
    notes.logs().forEach(log -> lines.append(of(log)).append('\n'));
    notes.errors().forEach(error -> lines.append(of(error)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> event(SpanEvent event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time", Show.exactTime(event.timeNanos()));
    json.put("name", event.name());
    json.put("attributes", event.attributes().toMap());
    return json;
  }

  private static String of(LogData log) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("log", log.body());
    json.put("level", log.level().name().toLowerCase(Locale.ROOT));
    json.put("time", Show.exactTime(log.timeNanos()));
    json.put("span_id", log.spanId());
    json.put("attributes", log.attributes().toMap());
    return JSON.writeValueAsString(json);
  }

  private static String of(ErrorData error) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("error", error.eventId());
    json.put("level", error.level().name().toLowerCase(Locale.ROOT));
    json.put("time", Show.exactTime(error.timeNanos()));
    json.put("span_id", error.spanId());
    json.put("message", error.message());
    json.put("exceptions", error.exceptions().stream().map(RawJson::exception).toList());
    json.put("attributes", error.attributes().toMap());
    return JSON.writeValueAsString(json);
  }

  private static Map<String, @Nullable Object> exception(ErrorData.ExceptionData exception) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", exception.type());
    json.put("value", exception.value());
    json.put("stack", Stack.of(exception).lines().stream().map(Stack.Line::text).toList());
    return json;
  }
}
