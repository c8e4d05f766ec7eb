package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one line of Sentry's logs. */
final class SentryLogs {

  private SentryLogs() {}

  static LogData read(JsonNode log, Sender sender) throws Malformed {
    Attributes.Builder typed = Attributes.builder();
    SentryAttributes.putTyped(typed, log.path("attributes"));
    sender.addTo(typed);
    Attributes attributes = typed.build();
    String body = Json.text(log, "body");
    if (body == null) {
      throw new Malformed("body: missing (expected: the text of the line)");
    }
    return new LogData(
        Moments.nanos(log, "timestamp"),
        Ids.orNull(Json.text(log, "trace_id"), Ids.TRACE_DIGITS),
        spanId(log, attributes),
        level(log),
        body,
        attributes);
  }

  /** Java names the span beside the trace, JavaScript in an attribute. */
  private static @Nullable String spanId(JsonNode log, Attributes attributes) {
    String own = Ids.orNull(Json.text(log, "span_id"), Ids.SPAN_DIGITS);
    String parent = attributes.string("sentry.trace.parent_span_id");
    return own == null ? Ids.orNull(parent, Ids.SPAN_DIGITS) : own;
  }

  private static LogData.Level level(JsonNode log) {
    String word = Json.text(log, "level");
    return word == null
        ? LogData.Level.ofSeverity(log.path("severity_number").asInt(0))
        : SentryErrors.level(word);
  }
}
