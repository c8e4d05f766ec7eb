package io.onlooker.export;

import java.util.concurrent.ThreadLocalRandom;

/** Sentry's framing: a header, then per item a header and a payload of known length. */
final class Envelope {

  static final String SPANS = "application/vnd.sentry.items.span.v2+json";
  static final String LOGS = "application/vnd.sentry.items.log+json";

  private Envelope() {}

  /** An envelope of one item; the header gets the id, if there is one, and who sends it. */
  static byte[] of(String eventId, JsonWriter traceHeader, String type, JsonWriter payload) {
    JsonWriter envelope = new JsonWriter(payload.length() + 512);
    // No sent_at: what waited in the queue would be moved in time by it.
    envelope.beginObject();
    if (!eventId.isEmpty()) {
      envelope.name("event_id").value(eventId);
    }
    Sdk.write(envelope);
    if (traceHeader.length() > 0) {
      envelope.name("trace").values(traceHeader);
    }
    envelope.endObject().newLine();
    envelope.beginObject().name("type").value(type);
    envelope.name("length").value(payload.length()).endObject().newLine();
    return envelope.values(payload).newLine().toBytes();
  }

  /** An envelope of one container item: {@code {"version":2,"items":[…]}}. */
  static byte[] container(String type, String contentType, JsonWriter items, int count) {
    JsonWriter payload = new JsonWriter(items.length() + 32);
    payload.beginObject().name("version").value(2);
    payload.name("items").beginArray().values(items).endArray().endObject();
    JsonWriter envelope = new JsonWriter(payload.length() + 256);
    Sdk.write(envelope.beginObject()).endObject().newLine();
    envelope.beginObject().name("type").value(type).name("item_count").value(count);
    envelope.name("content_type").value(contentType);
    envelope.name("length").value(payload.length()).endObject().newLine();
    return envelope.values(payload).newLine().toBytes();
  }

  /** 32 lowercase hex digits. */
  static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
