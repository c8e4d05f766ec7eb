package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that tell what happened in a session. */
final class SessionEvents {

  /** What a model call's own members say; the other attributes stand beside them by their names. */
  private static final Set<String> TOLD =
      Set.of(
          GenAi.OPERATION_NAME,
          GenAi.PROVIDER_NAME,
          GenAi.REQUEST_MODEL,
          GenAi.RESPONSE_MODEL,
          GenAi.RESPONSE_TEXT,
          GenAi.INPUT_MESSAGES,
          GenAi.USAGE_INPUT_TOKENS,
          GenAi.USAGE_OUTPUT_TOKENS,
          GenAi.USAGE_TOTAL_TOKENS);

  private final int maxChars;

  SessionEvents(int maxChars) {
    this.maxChars = maxChars;
  }

  JsonWriter event(OpenSpan open, String session) {
    SpanSnapshot span = open.snapshot();
    JsonWriter json = event(open.spanId, session, "tool_call");
    if (open.type == SpanType.MODEL_GENERATION) {
      model(json, open);
    } else {
      json.name("toolName").value(SpanNames.identifier(span, GenAi.TOOL_NAME));
      ObjectEncoder.writeTo(json, "toolInput", object("input", span.input()), maxChars);
      ObjectEncoder.writeTo(json, "toolOutput", object("output", span.output()), maxChars);
    }
    failure(json, span);
    json.name("traceId").value(open.traceId).name("spanId").value(open.spanId);
    json.name("startedAt").value(Times.exact(span.startNanos()));
    SessionJson.end(json, span);
    SessionJson.metadata(json, span, maxChars);
    return json.endObject();
  }

  JsonWriter error(ErrorData error, String session) {
    JsonWriter json = event(error.eventId(), session, "error");
    List<ErrorData.ExceptionData> exceptions = error.exceptions();
    String type = exceptions.isEmpty() ? "error" : exceptions.get(0).type();
    String message = error.message();
    if (message == null && !exceptions.isEmpty()) {
      message = exceptions.get(0).value();
    }
    fault(json, type, message, exceptions);
    json.name("traceId").value(error.traceId()).name("spanId").value(error.spanId());
    json.name("startedAt").value(Times.exact(error.timeNanos()));
    return json.endObject();
  }

  /** What a model call says it used, else what was gathered from its steps. */
  static Usage usage(OpenSpan generation) {
    Attributes attributes = generation.snapshot().attributes();
    return Usage.in(attributes) ? Usage.of(attributes) : generation.gathered.usage;
  }

  private static JsonWriter event(String id, String session, String type) {
    return SessionJson.line("event")
        .name("id")
        .value(id)
        .name("sessionId")
        .value(session)
        .name("eventType")
        .value(type);
  }

  private void model(JsonWriter json, OpenSpan open) {
    SpanSnapshot span = open.snapshot();
    Attributes attributes = span.attributes();
    String asked = attributes.string(GenAi.REQUEST_MODEL);
    String answered = attributes.string(GenAi.RESPONSE_MODEL);
    String provider = attributes.string(GenAi.PROVIDER_NAME);
    String model = asked != null ? asked : answered != null ? answered : "unknown";
    json.name("toolName").value("llm:" + (provider == null ? "unknown" : provider) + ":" + model);
    Usage usage = usage(open);
    json.name("toolInput").beginObject();
    Object input = span.input() != null ? span.input() : attributes.get(GenAi.INPUT_MESSAGES);
    ObjectEncoder.writeTo(json, "messages", Messages.unwrap(input), maxChars);
    json.name("model").value(model).name("provider").value(provider).endObject();
    json.name("toolOutput").beginObject();
    SessionJson.text(json, "content", SessionJson.answer(open, maxChars));
    SessionJson.text(json, "model", answered);
    json.name("tokens").beginObject();
    usage.writeTo(json).endObject().endObject();
    json.name("tokenCount").value(usage.total());
    attributes.forEach((name, value) -> {
      if (name.startsWith("gen_ai.") && !TOLD.contains(name)) {
        ObjectEncoder.writeTo(json, name, value, maxChars);
      }
    });
  }

  private void failure(JsonWriter json, SpanSnapshot span) {
    ErrorInfo error = span.error();
    if (error != null) {
      fault(json, error.type(), error.message(), error.exceptions());
    } else if (span.status().code() == SpanStatus.Code.ERROR) {
      fault(json, "error", span.status().message(), List.of());
    }
  }

  private void fault(
      JsonWriter json,
      String type,
      @Nullable String message,
      List<ErrorData.ExceptionData> exceptions) {
    json.name("toolError").beginObject();
    json.name("message").value(message == null ? type : ObjectEncoder.cut(message, maxChars));
    json.name("type").value(type);
    if (!exceptions.isEmpty()) {
      json.name("stack_trace").value(OtlpWriter.stack(exceptions.get(0)));
    }
    json.endObject();
  }

  /** Sentrial asks for objects; arguments often are one as text. */
  private static @Nullable Object object(String name, @Nullable Object value) {
    if (value == null || value instanceof Map<?, ?>) {
      return value;
    }
    if (value instanceof String text && text.stripLeading().startsWith("{")) {
      try {
        return JsonReader.read(text);
      } catch (IllegalArgumentException e) {
        // Text that only looks like an object.
      }
    }
    return Map.of(name, value);
  }
}
