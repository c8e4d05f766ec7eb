package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Sentry's three shapes of spans. */
final class SentrySpans {

  private static final int MAX_BREADCRUMBS = 200;

  private SentrySpans() {}

  /** The transaction as the root span of its part of the trace. */
  static SpanData root(JsonNode transaction, Sender sender) throws Malformed {
    JsonNode trace = transaction.path("contexts").path("trace");
    if (!trace.isObject()) {
      throw new Malformed("contexts.trace: missing (expected: the ids of the root span)");
    }
    Attributes.Builder attributes = Attributes.builder();
    Json.putAll(attributes, "", trace.path("data"));
    SentryAttributes.putOrigin(attributes, trace);
    SentryAttributes.putOfEvent(attributes, transaction);
    sender.attributes().forEach(attributes::putIfAbsent);
    return new SpanData(
        Ids.trace("contexts.trace.trace_id", Json.text(trace, "trace_id")),
        Ids.span("contexts.trace.span_id", Json.text(trace, "span_id")),
        Ids.parent("contexts.trace.parent_span_id", Json.text(trace, "parent_span_id")),
        textOr(transaction, "transaction", ""),
        op(trace, Json.text(trace.path("data"), "sentry.op")),
        Moments.nanos(transaction, "start_timestamp"),
        Moments.nanos(transaction, "timestamp"),
        SentryStatus.ofWord(Json.text(trace, "status")),
        true,
        attributes.build(),
        breadcrumbs(transaction.path("breadcrumbs")));
  }

  /** A span that came as an item of its own (version 1). */
  static SpanData single(JsonNode span, Sender sender) throws Malformed {
    Attributes.Builder data = Attributes.builder();
    Json.putAll(data, "", span.path("data"));
    boolean segment = span.path("is_segment").asBoolean(false);
    return child(new SentryTokens.Span(span, data), sender, segment);
  }

  /** A span inside a transaction. */
  static SpanData child(SentryTokens.Span span, Sender sender) throws Malformed {
    return child(span, sender, false);
  }

  private static SpanData child(SentryTokens.Span read, Sender sender, boolean segment)
      throws Malformed {
    JsonNode span = read.fields();
    Attributes.Builder attributes = read.attributes();
    String op = op(span, attributes.build().get("sentry.op"));
    Json.putAll(attributes, "", span.path("tags"));
    SentryAttributes.putOrigin(attributes, span);
    SentryAttributes.putMeasurements(attributes, span.path("measurements"));
    SentryAttributes.putLinks(attributes, span.path("links"));
    sender.attributes().forEach(attributes::putIfAbsent);
    return new SpanData(
        Ids.trace("trace_id", Json.text(span, "trace_id")),
        Ids.span("span_id", Json.text(span, "span_id")),
        Ids.parent("parent_span_id", Json.text(span, "parent_span_id")),
        textOr(span, "description", ""),
        op,
        Moments.nanos(span, "start_timestamp"),
        Moments.nanos(span, "timestamp"),
        SentryStatus.ofWord(Json.text(span, "status")),
        segment,
        attributes.build(),
        List.of());
  }

  /** A streamed span (version 2); without an end it still runs. */
  static SpanData streamed(SentryTokens.Span read, Sender sender) throws Malformed {
    JsonNode span = read.fields();
    Attributes.Builder attributes = read.attributes();
    SentryAttributes.putLinks(attributes, span.path("links"));
    sender.addTo(attributes);
    Attributes all = attributes.build();
    SpanStatus status =
        SentryStatus.ofStreamed(Json.text(span, "status"), all.string("sentry.status.message"));
    String parent = Ids.parent("parent_span_id", Json.text(span, "parent_span_id"));
    return new SpanData(
        Ids.trace("trace_id", Json.text(span, "trace_id")),
        Ids.span("span_id", Json.text(span, "span_id")),
        parent,
        textOr(span, "name", ""),
        all.string("sentry.op"),
        Moments.nanos(span, "start_timestamp"),
        Moments.has(span, "end_timestamp") ? Moments.nanos(span, "end_timestamp") : SpanData.OPEN,
        status,
        span.path("is_segment").asBoolean(parent == null),
        all,
        breadcrumbs(Json.parsed(all.string("breadcrumbs"))));
  }

  /** Mastra's event spans, among others, travel as breadcrumbs. */
  private static List<SpanEvent> breadcrumbs(JsonNode breadcrumbs) {
    JsonNode values = breadcrumbs.isObject() ? breadcrumbs.path("values") : breadcrumbs;
    List<SpanEvent> events = new ArrayList<>();
    for (JsonNode breadcrumb : values) {
      if (events.size() == MAX_BREADCRUMBS) {
        return events;
      }
      try {
        events.add(breadcrumb(breadcrumb));
      } catch (Malformed _) {
        // A crumb without a time tells nothing; its span is worth keeping all the same.
      }
    }
    return events;
  }

  private static SpanEvent breadcrumb(JsonNode breadcrumb) throws Malformed {
    Attributes.Builder attributes = Attributes.builder();
    attributes.put("breadcrumb.category", Json.text(breadcrumb, "category"));
    attributes.put("breadcrumb.type", Json.text(breadcrumb, "type"));
    attributes.put("breadcrumb.level", Json.text(breadcrumb, "level"));
    Json.putAll(attributes, "", breadcrumb.path("data"));
    String name = textOr(breadcrumb, "message", textOr(breadcrumb, "category", "breadcrumb"));
    return new SpanEvent(Moments.nanos(breadcrumb, "timestamp"), name, attributes.build());
  }

  /**
   * @param other what its data says, if it says none itself
   */
  private static @Nullable String op(JsonNode span, @Nullable Object other) {
    String op = Json.text(span, "op");
    boolean unsaid = op == null || op.isEmpty();
    return unsaid ? (other == null || other instanceof List<?> ? null : other.toString()) : op;
  }

  private static String textOr(JsonNode object, String field, String otherwise) {
    String text = Json.text(object, field);
    return text == null ? otherwise : text;
  }
}
