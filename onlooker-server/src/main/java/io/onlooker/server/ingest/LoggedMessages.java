package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.store.span.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a model call that came as log records: OpenTelemetry's GenAI events, an event for
 * each message ({@code gen_ai.user.message}, {@code gen_ai.choice}) or one for all ({@code
 * gen_ai.client.inference.operation.details}), with the call's trace and span.
 */
final class LoggedMessages {

  /** Noted beside messages that were taken from log records, so that later records add to them. */
  static final String INPUT = "onlooker.input.logged";

  static final String OUTPUT = "onlooker.output.logged";

  /** A call with more of them is an attack or a fault. */
  private static final int MOST = 1_000;

  /** What a record may tell of a call, in its attributes or in its body. */
  private static final List<String> TOLD =
      List.of(
          GenAi.INPUT_MESSAGES,
          GenAi.OUTPUT_MESSAGES,
          GenAi.SYSTEM_INSTRUCTIONS,
          GenAi.TOOL_DEFINITIONS);

  private LoggedMessages() {}

  /** Whether the record tells messages of a span. */
  static boolean in(LogData log) {
    String event = log.attributes().string("event.name");
    return event != null
        && log.traceId() != null
        && log.spanId() != null
        && EventMessages.isTold(event);
  }

  /** Whether records may add something to the span: an AI span that leaves messages out. */
  static boolean mayAddTo(SpanData span) {
    Attributes attributes = span.attributes();
    boolean ai = attributes.has(GenAi.OPERATION_TYPE) || attributes.has(GenAi.OPERATION_NAME);
    return ai
        && (logged(attributes, INPUT)
            || logged(attributes, OUTPUT)
            || !Messages.hasInput(span)
            || !Messages.hasOutput(span));
  }

  /**
   * The span with what records tell of it; the same span when it says all of that itself.
   *
   * @param logs of its trace, in order of time
   */
  static SpanData joined(SpanData span, List<LogData> logs) {
    List<SpanEvent> events =
        logs.stream()
            .filter(log -> span.spanId().equals(log.spanId()) && in(log))
            .limit(MOST)
            .map(LoggedMessages::event)
            .toList();
    if (events.isEmpty()) {
      return span;
    }
    Attributes own = span.attributes();
    Attributes.Builder all = own.toBuilder();
    if (logged(own, INPUT) || !Messages.hasInput(span)) {
      put(all, GenAi.INPUT_MESSAGES, EventMessages.question(events), INPUT);
    }
    if (logged(own, OUTPUT) || !Messages.hasOutput(span)) {
      put(all, GenAi.OUTPUT_MESSAGES, EventMessages.answer(events), OUTPUT);
    }
    for (SpanEvent event : events) {
      all.putIfAbsent(GenAi.SYSTEM_INSTRUCTIONS, event.attributes().get(GenAi.SYSTEM_INSTRUCTIONS));
      all.putIfAbsent(GenAi.TOOL_DEFINITIONS, event.attributes().get(GenAi.TOOL_DEFINITIONS));
    }
    return span.withAttributes(all.build());
  }

  private static boolean logged(Attributes attributes, String note) {
    return Boolean.TRUE.equals(attributes.flag(note));
  }

  private static void put(
      Attributes.Builder attributes, String name, @Nullable String messages, String note) {
    if (messages != null) {
      attributes.put(name, messages).put(note, true);
    }
  }

  /** The record as the event of a span that it might have been. */
  private static SpanEvent event(LogData log) {
    String name = String.valueOf(log.attributes().string("event.name"));
    Attributes.Builder attributes = log.attributes().toBuilder();
    JsonNode body = Json.parsed(log.body());
    if (body.isObject()) {
      attributes.putIfAbsent("gen_ai.event.content", log.body());
      for (String told : TOLD) {
        attributes.putIfAbsent(told, text(body.path(told)));
      }
    } else if (!log.body().equals(name)) {
      attributes.putIfAbsent("content", log.body());
    }
    return new SpanEvent(log.timeNanos(), name, attributes.build());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? null
        : node.isString() ? node.asString() : node.toString();
  }
}
