package io.onlooker.export;

import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened at one moment, as Sentry shows it on transactions and events. */
final class Breadcrumbs {

  private static final int MOST_FIELD_CHARS = 1024;

  private Breadcrumbs() {}

  /** One breadcrumb, out of a span that stands for a moment. */
  static JsonWriter of(SpanSnapshot event, int chars) {
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

  /** {@code "breadcrumbs":[…]}: the segment's and further ones, or nothing when there are none. */
  static void write(JsonWriter json, @Nullable Segment segment, List<SpanEvent> own, int maxChars) {
    JsonWriter all = new JsonWriter();
    if (segment != null) {
      all.values(segment.breadcrumbs);
    }
    for (SpanEvent crumb : own) {
      write(all, crumb, maxChars);
    }
    if (all.length() > 0) {
      json.name("breadcrumbs").beginArray().values(all).endArray();
    }
  }

  private static void write(JsonWriter json, SpanEvent crumb, int maxChars) {
    Map<String, Object> data = new LinkedHashMap<>(crumb.attributes().toMap());
    json.beginObject();
    json.name("timestamp").seconds(crumb.timeNanos());
    json.name("message").value(ObjectEncoder.cut(crumb.name(), maxChars));
    for (String field : List.of("type", "category", "level")) {
      ObjectEncoder.writeTo(json, field, data.remove(field), MOST_FIELD_CHARS);
    }
    ObjectEncoder.writeTo(json, "data", data, maxChars);
    json.endObject();
  }
}
