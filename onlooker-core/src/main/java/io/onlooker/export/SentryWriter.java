package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Turns spans and logs into the items of envelopes. Not thread-safe. */
final class SentryWriter {

  /** Sentry takes items of 1 MiB; a little is left for what is added around it. */
  static final int MOST_ITEM_BYTES = 1_000_000;

  private static final int LEAST_CHARS = 1024;

  private final SentrySettings settings;
  private final SpanMapping mapping;

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
    return streamed(span, segment, false);
  }

  /** A span that has not ended, as an item of its own without an end. */
  JsonWriter running(OpenSpan span, Segment segment) {
    return streamed(span, segment, true);
  }

  private JsonWriter streamed(OpenSpan span, Segment segment, boolean open) {
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
      SpanData data = mapping.map(span, root, chars);
      SpanJson.streamed(json, open ? data.withEnd(SpanData.OPEN) : data, added);
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
    settings.head(json, eventId, root.endNanos());
    json.name("start_timestamp").seconds(root.startNanos());
    json.name("transaction").value(root.name());
    json.name("transaction_info").beginObject().name("source").value("custom").endObject();
    json.name("contexts").beginObject().name("trace").beginObject();
    SpanJson.trace(json, root.withAttributes(attributes.build()), settings.origin());
    json.endObject().endObject();
    tags(json, segment.root.snapshot());
    SpanJson.user(json, root.attributes());
    json.name("spans").beginArray().values(segment.spans).endArray();
    Breadcrumbs.write(json, segment, List.of(), LEAST_CHARS);
    return json.endObject();
  }

  /** One log line. */
  JsonWriter log(LogData log) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.name("timestamp").seconds(log.timeNanos());
    json.name("trace_id").value(log.traceId() == null ? settings.processTraceId() : log.traceId());
    if (log.spanId() != null) {
      json.name("span_id").value(log.spanId());
    }
    json.name("level").value(log.level().name().toLowerCase(Locale.ROOT));
    json.name("severity_number").value(log.level().severityNumber());
    json.name("body").value(ObjectEncoder.cut(log.body(), settings.maxValueChars()));
    json.name("attributes").beginObject();
    Attributes.Builder attributes = log.attributes().toBuilder();
    settings.attributes().build().forEach(attributes::putIfAbsent);
    attributes.putIfAbsent("sentry.trace.parent_span_id", log.spanId());
    attributes.build().forEach((name, value) -> SpanJson.typed(json, name, value));
    return json.endObject().endObject();
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

  /** The item, with its values cut shorter until Sentry takes it. */
  private JsonWriter fitting(IntFunction<JsonWriter> encode) {
    // Whole values first: shorter ones only when the item would be refused for its size.
    int chars = settings.maxValueChars();
    JsonWriter json = encode.apply(chars);
    while (json.length() > MOST_ITEM_BYTES && chars > LEAST_CHARS) {
      chars = Math.max(LEAST_CHARS, chars / 4);
      json = encode.apply(chars);
    }
    return json;
  }
}
