package io.onlooker.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A span of an envelope, whatever item it came in. */
record ReceivedSpan(
    String traceId,
    String id,
    @Nullable String parent,
    String name,
    String op,
    String status,
    double start,
    double end,
    String kind,
    Map<String, JsonNode> attributes) {

  static Stream<ReceivedSpan> of(Received.Item item) {
    JsonNode payload = item.payload();
    return switch (item.type()) {
      case "transaction" -> Stream.concat(Stream.of(root(payload)), elements(payload, "spans"));
      case "span" ->
          StreamSupport.stream(payload.path("items").spliterator(), false)
              .map(ReceivedSpan::streamed);
      default -> Stream.empty();
    };
  }

  @Nullable JsonNode attribute(String name) {
    return attributes.get(name);
  }

  String text(String name) {
    JsonNode value = attributes.get(name);
    return value == null ? "" : value.asString();
  }

  private static ReceivedSpan root(JsonNode transaction) {
    JsonNode trace = transaction.path("contexts").path("trace");
    return of(trace, transaction.path("transaction").asString(), transaction, "transaction");
  }

  private static Stream<ReceivedSpan> elements(JsonNode transaction, String field) {
    return StreamSupport.stream(transaction.path(field).spliterator(), false)
        .map(span -> of(span, span.path("description").asString(), span, "child"));
  }

  private static ReceivedSpan of(JsonNode span, String name, JsonNode times, String kind) {
    Map<String, JsonNode> attributes = new TreeMap<>();
    span.path("data").properties().forEach(e -> attributes.put(e.getKey(), e.getValue()));
    return new ReceivedSpan(
        span.path("trace_id").asString(),
        span.path("span_id").asString(),
        parent(span),
        name,
        span.path("op").asString(),
        span.path("status").asString(),
        times.path("start_timestamp").asDouble(),
        times.path("timestamp").asDouble(),
        kind,
        attributes);
  }

  private static ReceivedSpan streamed(JsonNode span) {
    Map<String, JsonNode> attributes = new TreeMap<>();
    span.path("attributes")
        .properties()
        .forEach(e -> attributes.put(e.getKey(), e.getValue().path("value")));
    return new ReceivedSpan(
        span.path("trace_id").asString(),
        span.path("span_id").asString(),
        parent(span),
        span.path("name").asString(),
        span.path("attributes").path("sentry.op").path("value").asString(),
        span.path("status").asString(),
        span.path("start_timestamp").asDouble(),
        span.path("end_timestamp").asDouble(),
        span.path("is_segment").asBoolean() ? "segment" : "streamed",
        attributes);
  }

  private static @Nullable String parent(JsonNode span) {
    return span.has("parent_span_id") ? span.path("parent_span_id").asString() : null;
  }
}
