package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A span in the two shapes Sentry takes: within a transaction, and as a v2 item of its own. */
final class SpanJson {

  private static final Set<String> FAILURES =
      Set.of(
          "cancelled",
          "internal_error",
          "unknown_error",
          "invalid_argument",
          "deadline_exceeded",
          "not_found",
          "already_exists",
          "permission_denied",
          "resource_exhausted",
          "failed_precondition",
          "aborted",
          "out_of_range",
          "unimplemented",
          "unavailable",
          "data_loss",
          "unauthenticated");

  private SpanJson() {}

  /** One of a transaction's child spans. */
  static void child(JsonWriter json, SpanData span, String origin) {
    json.beginObject();
    trace(json, span, origin);
    json.name("description").value(span.name());
    json.name("start_timestamp").seconds(span.startNanos());
    json.name("timestamp").seconds(span.endNanos());
    json.endObject();
  }

  /**
   * What a child and {@code contexts.trace} of a root have in common; an origin that the
   * application said goes before ours.
   */
  static void trace(JsonWriter json, SpanData span, String origin) {
    json.name("trace_id").value(span.traceId());
    json.name("span_id").value(span.spanId());
    if (span.parentSpanId() != null) {
      json.name("parent_span_id").value(span.parentSpanId());
    }
    json.name("op").value(span.op());
    String own = span.attributes().string("sentry.origin");
    json.name("origin").value(own == null ? origin : own);
    json.name("status").value(word(span.status()));
    json.name("data").beginObject();
    span.attributes().forEach((name, value) -> plain(json, name, value));
    json.endObject();
  }

  /** An element of a {@code span} v2 item. */
  static void streamed(JsonWriter json, SpanData span, Attributes more) {
    json.beginObject();
    json.name("trace_id").value(span.traceId());
    json.name("span_id").value(span.spanId());
    if (span.parentSpanId() != null) {
      json.name("parent_span_id").value(span.parentSpanId());
    }
    json.name("name").value(span.name());
    json.name("start_timestamp").seconds(span.startNanos());
    if (!span.open()) {
      json.name("end_timestamp").seconds(span.endNanos());
    }
    json.name("status").value(span.status().code() == SpanStatus.Code.ERROR ? "error" : "ok");
    json.name("is_segment").value(span.segment());
    json.name("attributes").beginObject();
    span.attributes().forEach((name, value) -> typed(json, name, value));
    more.forEach((name, value) -> {
      if (!span.attributes().has(name)) {
        typed(json, name, value);
      }
    });
    String message = statusMessage(span.status());
    if (message != null && !span.attributes().has("sentry.status.message")) {
      typed(json, "sentry.status.message", message);
    }
    json.endObject().endObject();
  }

  /** {@code "name":{"value":…,"type":…}}, as v2 spans and logs have it. */
  static void typed(JsonWriter json, String name, Object value) {
    json.name(name).beginObject().name("value");
    value(json, name, value);
    json.name("type").value(type(name, value)).endObject();
  }

  private static void plain(JsonWriter json, String name, Object value) {
    json.name(name);
    value(json, name, value);
  }

  private static void value(JsonWriter json, String name, Object value) {
    if (value instanceof String text) {
      json.value(text);
    } else if (value instanceof Long number) {
      json.value(number);
    } else if (value instanceof List && text(name)) {
      json.value(ObjectEncoder.text(value, Integer.MAX_VALUE / 2));
    } else {
      ObjectEncoder.write(json, value, Integer.MAX_VALUE / 2);
    }
  }

  private static String type(String name, Object value) {
    if (value instanceof Long) {
      return "integer";
    }
    if (value instanceof Double) {
      return "double";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof List && !text(name) ? "array" : "string";
  }

  /** Sentry wants the lists of AI spans as JSON text. */
  private static boolean text(String name) {
    return name.startsWith("gen_ai.");
  }

  /** Sentry's word for the outcome: the sender's if it is one of them. */
  private static String word(SpanStatus status) {
    return switch (status.code()) {
      case OK, UNSET -> "ok";
      case CANCELLED -> "cancelled";
      case ERROR -> failure(status.message());
    };
  }

  private static String failure(@Nullable String message) {
    return message == null || !FAILURES.contains(message) ? "internal_error" : message;
  }

  /** v2 spans know only ok and error; this keeps the rest. */
  private static @Nullable String statusMessage(SpanStatus status) {
    return status.code() == SpanStatus.Code.CANCELLED ? "cancelled" : status.message();
  }

  /** {@code "user":{…}} out of the attributes, if one is named there. */
  static void user(JsonWriter json, Attributes attributes) {
    String[] from = {GenAi.USER_ID, "user.email", "user.name", "user.ip_address"};
    String[] to = {"id", "email", "username", "ip_address"};
    boolean begun = false;
    for (int i = 0; i < from.length; i++) {
      Object value = attributes.get(from[i]);
      if (value != null) {
        if (!begun) {
          json.name("user").beginObject();
          begun = true;
        }
        json.name(to[i]).value(value.toString());
      }
    }
    if (begun) {
      json.endObject();
    }
  }
}
