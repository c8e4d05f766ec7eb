package io.onlooker.export;

import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.SpanSnapshot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns failures and captured errors into envelopes of one {@code event}. Not thread-safe. */
final class EventWriter {

  private final SentrySettings settings;
  private final JsonWriter none = new JsonWriter(0);

  EventWriter(SentrySettings settings) {
    this.settings = settings;
  }

  /** The envelope of a span's failure. */
  byte[] failure(OpenSpan span, ErrorInfo error, Segment segment) {
    String eventId = Envelope.newId();
    SpanSnapshot snapshot = span.snapshot();
    JsonWriter json = new JsonWriter(4096).beginObject();
    settings.head(json, eventId, Math.max(snapshot.startNanos(), snapshot.endNanos()));
    json.name("level").value("error");
    json.name("transaction").value(segment.name());
    json.name("contexts").beginObject();
    trace(json, span.traceId, span.spanId, span.parentSpanId, SpanNames.op(snapshot));
    json.name("span_info").beginObject().name("name").value(snapshot.name());
    json.name("type").value(SpanNames.type(span.type));
    json.name("error_id").value(error.id());
    json.name("error_category").value(error.category()).endObject().endObject();
    SpanJson.user(json, snapshot.attributes());
    EventJson.exception(json, error, settings.origin());
    Breadcrumbs.write(json, segment, List.of(), settings.maxValueChars());
    return Envelope.of(eventId, none, "event", json.endObject());
  }

  /** The envelope of a captured error; the segment is null when its span is not known. */
  byte[] captured(ErrorData error, @Nullable Segment segment) {
    JsonWriter json = new JsonWriter(4096).beginObject();
    settings.head(json, error.eventId(), error.timeNanos());
    json.name("level").value(level(error.level()));
    if (error.traceId() != null) {
      json.name("contexts").beginObject();
      trace(json, error.traceId(), error.spanId(), null, null);
      json.endObject();
    }
    if (segment != null) {
      json.name("transaction").value(segment.name());
    }
    Breadcrumbs.write(json, segment, error.breadcrumbs(), settings.maxValueChars());
    SpanJson.user(json, error.attributes());
    EventJson.captured(json, error, settings.origin(), settings.maxValueChars());
    ObjectEncoder.writeTo(json, "extra", error.attributes().toMap(), settings.maxValueChars());
    return Envelope.of(error.eventId(), none, "event", json.endObject());
  }

  private static void trace(
      JsonWriter json,
      String traceId,
      @Nullable String spanId,
      @Nullable String parentSpanId,
      @Nullable String op) {
    json.name("trace").beginObject().name("trace_id").value(traceId);
    json.name("span_id").value(spanId);
    if (parentSpanId != null) {
      json.name("parent_span_id").value(parentSpanId);
    }
    if (op != null) {
      json.name("op").value(op);
    }
    json.endObject();
  }

  private static String level(LogData.Level level) {
    return level == LogData.Level.WARN ? "warning" : level.name().toLowerCase(Locale.ROOT);
  }
}
