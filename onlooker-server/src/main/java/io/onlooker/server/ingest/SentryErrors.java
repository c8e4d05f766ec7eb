package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.LogData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Sentry's events: captured exceptions and messages. */
final class SentryErrors {

  private SentryErrors() {}

  /**
   * @param envelopeId the id in the envelope's header, which beats the event's own, or null
   */
  static ErrorData read(
      JsonNode event, Sender sender, @Nullable String envelopeId, long receivedNanos)
      throws Malformed {
    JsonNode trace = event.path("contexts").path("trace");
    String traceId = Ids.orNull(Json.text(trace, "trace_id"), Ids.TRACE_DIGITS);
    Attributes.Builder attributes = Attributes.builder();
    SentryAttributes.putOfEvent(attributes, event);
    attributes.putIfAbsent("transaction", Json.text(event, "transaction"));
    attributes.putIfAbsent("sentry.logger", Json.text(event, "logger"));
    if (!event.path("breadcrumbs").isMissingNode()) {
      attributes.put("sentry.breadcrumbs", event.path("breadcrumbs").toString());
    }
    sender.attributes().forEach(attributes::putIfAbsent);
    return new ErrorData(
        eventId(event, envelopeId),
        Moments.has(event, "timestamp") ? Moments.nanos(event, "timestamp") : receivedNanos,
        traceId == null ? sender.traceId() : traceId,
        Ids.orNull(Json.text(trace, "span_id"), Ids.SPAN_DIGITS),
        level(Json.text(event, "level")),
        message(event),
        exceptions(event.path("exception")),
        attributes.build());
  }

  private static String eventId(JsonNode event, @Nullable String envelopeId) {
    String own = Ids.orNull(Json.text(event, "event_id"), Ids.TRACE_DIGITS);
    String id = envelopeId == null ? own : envelopeId;
    return id == null ? UUID.randomUUID().toString().replace("-", "") : id;
  }

  static LogData.Level level(@Nullable String word) {
    if (word == null) {
      return LogData.Level.ERROR;
    }
    return switch (word) {
      case "trace" -> LogData.Level.TRACE;
      case "debug" -> LogData.Level.DEBUG;
      case "info", "log", "sample" -> LogData.Level.INFO;
      case "warn", "warning" -> LogData.Level.WARN;
      case "fatal", "critical" -> LogData.Level.FATAL;
      default -> LogData.Level.ERROR;
    };
  }

  /** Plain text, or an object with the text filled in and its template. */
  private static @Nullable String message(JsonNode event) {
    String plain = Json.text(event, "message");
    JsonNode entry = event.path(event.path("logentry").isObject() ? "logentry" : "message");
    String formatted = Json.text(entry, "formatted");
    String text = formatted == null ? Json.text(entry, "message") : formatted;
    return plain == null ? text : plain;
  }

  /** Senders put the innermost exception first; we the outermost. */
  private static List<ExceptionData> exceptions(JsonNode exception) {
    JsonNode values = exception.isArray() ? exception : exception.path("values");
    List<ExceptionData> chain = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isObject()) {
        chain.add(exception(value));
      }
    }
    Collections.reverse(chain);
    return chain;
  }

  private static ExceptionData exception(JsonNode value) {
    String type = Json.text(value, "type");
    JsonNode handled = value.path("mechanism").path("handled");
    return new ExceptionData(
        type == null ? "Error" : type,
        Json.text(value, "value"),
        handled.isBoolean() ? Boolean.valueOf(handled.booleanValue()) : null,
        frames(value.path("stacktrace").path("frames")));
  }

  /** Senders put the oldest call first; we the frame that threw. */
  private static List<Frame> frames(JsonNode frames) {
    List<Frame> stack = new ArrayList<>();
    for (JsonNode frame : frames) {
      stack.add(
          new Frame(
              Json.text(frame, "module"),
              Json.text(frame, "function"),
              Json.text(frame, "filename"),
              Math.max(0, frame.path("lineno").asInt(0)),
              frame.path("in_app").asBoolean(false)));
    }
    Collections.reverse(stack);
    return stack;
  }
}
