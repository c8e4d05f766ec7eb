package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Turns spans, errors and logs into the items of envelopes. Not thread-safe. */
final class SentryWriter {

  /** Sentry takes items of 1 MiB; a little is left for what is added around it. */
  static final int MOST_ITEM_BYTES = 1_000_000;

  private static final int LEAST_CHARS = 1024;

  private final SentrySettings settings;
  private final SpanMapping mapping;
  private final JsonWriter none = new JsonWriter(0);

  SentryWriter(SentrySettings settings) {
    this.settings = settings;
    this.mapping = new SpanMapping(settings.names(), settings.origin(), settings.aggregateUsage());
  }

  /** A span within its segment's transaction. */
  JsonWriter child(OpenSpan span) {
    return fitting(chars -> {
      JsonWriter json = new JsonWriter(2048);
      SpanJson.child(json, mapping.map(span, false, chars), settings.origin());
      return json;
    });
  }

  /** A span as an item of its own. */
  JsonWriter streamed(OpenSpan span, Segment segment) {
    boolean root = segment.root.equals(span);
    Attributes.Builder more = settings.attributes();
    more.put("sentry.segment.id", segment.root.spanId);
    more.put("sentry.segment.name", segment.name());
    if (root) {
      more.put("sentry.sample_rate", settings.tracesSampleRate());
      more.put("breadcrumbs", segment.breadcrumbCount == 0 ? null : array(segment.breadcrumbs));
    }
    Attributes added = more.build();
    return fitting(chars -> {
      JsonWriter json = new JsonWriter(2048);
      SpanJson.streamed(json, mapping.map(span, root, chars), added);
      return json;
    });
  }

  /** The envelope of a whole segment. */
  byte[] transaction(Segment segment) {
    String eventId = Envelope.newId();
    JsonWriter json = fitting(chars -> transaction(segment, eventId, chars));
    return Envelope.of(eventId, traceHeader(segment), "transaction", json);
  }

  private JsonWriter transaction(Segment segment, String eventId, int chars) {
    SpanData root = mapping.map(segment.root, true, chars);
    Attributes.Builder attributes = root.attributes().toBuilder();
    attributes.putIfAbsent("sentry.source", "custom");
    attributes.putIfAbsent("sentry.sample_rate", settings.tracesSampleRate());
    JsonWriter json = new JsonWriter(segment.spans.length() + 4096).beginObject();
    json.name("type").value("transaction");
    event(json, eventId, root.endNanos());
    json.name("start_timestamp").seconds(root.startNanos());
    json.name("transaction").value(root.name());
    json.name("transaction_info").beginObject().name("source").value("custom").endObject();
    json.name("contexts").beginObject().name("trace").beginObject();
    SpanJson.trace(json, root.withAttributes(attributes.build()), settings.origin());
    json.endObject().endObject();
    tags(json, segment.root.snapshot());
    SpanJson.user(json, root.attributes());
    json.name("spans").beginArray().values(segment.spans).endArray();
    breadcrumbs(json, segment);
    return json.endObject();
  }

  /** The envelope of a span's failure. */
  byte[] failure(OpenSpan span, ErrorInfo error, Segment segment) {
    String eventId = Envelope.newId();
    SpanSnapshot snapshot = span.snapshot();
    JsonWriter json = new JsonWriter(4096).beginObject();
    event(json, eventId, Math.max(snapshot.startNanos(), snapshot.endNanos()));
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
    breadcrumbs(json, segment);
    return Envelope.of(eventId, none, "event", json.endObject());
  }

  /** The envelope of a captured error; the segment is null when its span is not known. */
  byte[] captured(ErrorData error, @Nullable Segment segment) {
    JsonWriter json = new JsonWriter(4096).beginObject();
    event(json, error.eventId(), error.timeNanos());
    json.name("level").value(level(error.level()));
    if (error.traceId() != null) {
      json.name("contexts").beginObject();
      trace(json, error.traceId(), error.spanId(), null, null);
      json.endObject();
    }
    if (segment != null) {
      json.name("transaction").value(segment.name());
    }
    breadcrumbs(json, segment, error.breadcrumbs());
    SpanJson.user(json, error.attributes());
    EventJson.captured(json, error, settings.origin(), settings.maxValueChars());
    ObjectEncoder.writeTo(json, "extra", error.attributes().toMap(), settings.maxValueChars());
    return Envelope.of(error.eventId(), none, "event", json.endObject());
  }

  /** One log line. */
  JsonWriter log(LogData log) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.name("timestamp").seconds(log.timeNanos());
    json.name("trace_id").value(log.traceId() == null ? settings.processTraceId() : log.traceId());
    if (log.spanId() != null) {
      json.name("span_id").value(log.spanId());
    }
    json.name("level").value(level(log.level()).replace("warning", "warn"));
    json.name("severity_number").value(log.level().severityNumber());
    json.name("body").value(ObjectEncoder.cut(log.body(), settings.maxValueChars()));
    json.name("attributes").beginObject();
    Attributes.Builder attributes = log.attributes().toBuilder();
    settings.attributes().build().forEach(attributes::putIfAbsent);
    attributes.putIfAbsent("sentry.trace.parent_span_id", log.spanId());
    attributes.build().forEach((name, value) -> SpanJson.typed(json, name, value));
    return json.endObject().endObject();
  }

  /** One breadcrumb, out of a span that stands for a moment. */
  JsonWriter breadcrumb(SpanSnapshot event) {
    int chars = Math.min(settings.maxValueChars(), 16 * 1024);
    JsonWriter json = new JsonWriter(512).beginObject();
    json.name("timestamp").seconds(event.startNanos());
    json.name("type").value("default");
    json.name("category").value(SpanNames.type(event.type()));
    json.name("message").value(event.name());
    json.name("level").value(event.error() == null ? "info" : "error");
    json.name("data").beginObject();
    json.name("spanId").value(event.spanId()).name("traceId").value(event.traceId());
    ObjectEncoder.writeTo(json, "input", ObjectEncoder.scalarOrJson(event.input(), chars), chars);
    ObjectEncoder.writeTo(json, "output", ObjectEncoder.scalarOrJson(event.output(), chars), chars);
    ObjectEncoder.writeTo(json, "metadata", event.metadata(), chars);
    ObjectEncoder.writeTo(json, "attributes", event.attributes().toMap(), chars);
    return json.endObject().endObject();
  }

  private void event(JsonWriter json, String eventId, long nanos) {
    json.name("event_id").value(eventId);
    json.name("timestamp").seconds(nanos);
    json.name("platform").value("java");
    json.name("environment").value(settings.environment());
    if (settings.release() != null) {
      json.name("release").value(settings.release());
    }
    Sdk.write(json);
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

  /** {@code key:value} is a tag of Sentry's; a bare word is one that is true. */
  private static void tags(JsonWriter json, SpanSnapshot root) {
    if (root.tags().isEmpty()) {
      return;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : root.tags()) {
      int colon = tag.indexOf(':');
      tags.put(
          colon > 0 ? tag.substring(0, colon) : tag, colon > 0 ? tag.substring(colon + 1) : "true");
    }
    ObjectEncoder.writeTo(json, "tags", tags, LEAST_CHARS * 16);
  }

  private static void breadcrumbs(JsonWriter json, Segment segment) {
    if (segment.breadcrumbCount > 0) {
      json.name("breadcrumbs").beginArray().values(segment.breadcrumbs).endArray();
    }
  }

  /** What happened before a captured error: in its segment, and what came with it. */
  private void breadcrumbs(JsonWriter json, @Nullable Segment segment, List<SpanEvent> own) {
    JsonWriter all = new JsonWriter();
    if (segment != null) {
      all.values(segment.breadcrumbs);
    }
    for (SpanEvent crumb : own) {
      breadcrumb(all, crumb);
    }
    if (all.length() > 0) {
      json.name("breadcrumbs").beginArray().values(all).endArray();
    }
  }

  private void breadcrumb(JsonWriter json, SpanEvent crumb) {
    Map<String, Object> data = new LinkedHashMap<>(crumb.attributes().toMap());
    json.beginObject();
    json.name("timestamp").seconds(crumb.timeNanos());
    json.name("message").value(ObjectEncoder.cut(crumb.name(), settings.maxValueChars()));
    for (String field : List.of("type", "category", "level")) {
      ObjectEncoder.writeTo(json, field, data.remove(field), LEAST_CHARS);
    }
    ObjectEncoder.writeTo(json, "data", data, settings.maxValueChars());
    json.endObject();
  }

  private static String array(JsonWriter elements) {
    return new JsonWriter().beginArray().values(elements).endArray().toString();
  }

  private JsonWriter traceHeader(Segment segment) {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("trace_id").value(segment.root.traceId);
    json.name("public_key").value(settings.publicKey());
    json.name("environment").value(settings.environment());
    if (settings.release() != null) {
      json.name("release").value(settings.release());
    }
    json.name("transaction").value(segment.name());
    json.name("sampled").value("true");
    json.name("sample_rate").value(Double.toString(settings.tracesSampleRate()));
    return json.endObject();
  }

  private static String level(LogData.Level level) {
    return level == LogData.Level.WARN ? "warning" : level.name().toLowerCase(Locale.ROOT);
  }

  /** The item, with its values cut shorter until Sentry takes it. */
  private JsonWriter fitting(IntFunction<JsonWriter> encode) {
    int chars = settings.maxValueChars();
    JsonWriter json = encode.apply(chars);
    while (json.length() > MOST_ITEM_BYTES && chars > LEAST_CHARS) {
      chars = Math.max(LEAST_CHARS, chars / 4);
      json = encode.apply(chars);
    }
    return json;
  }
}
