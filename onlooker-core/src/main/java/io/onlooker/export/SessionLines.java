package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sentrial's calls as JSON objects: what is done ({@code op}), then the call's own members. Members
 * that Sentrial does not document ({@code startedAt}, {@code gen_ai.…}) are for our server.
 */
final class SessionLines {

  /** What Sentrial's clients say when nobody is known; it asks for somebody. */
  private static final String NOBODY = "anonymous";

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

  SessionLines(int maxChars) {
    this.maxChars = maxChars;
  }

  JsonWriter open(OpenSpan open, @Nullable String parentSession) {
    SpanSnapshot span = open.snapshot();
    JsonWriter json = line("session.open").name("id").value(open.spanId);
    String agent = agent(span);
    String name = span.attributes().string(Session.NAME);
    json.name("name").value(name == null ? agent : name).name("agentName").value(agent);
    String user = span.attributes().string(GenAi.USER_ID);
    json.name("userId").value(user == null ? NOBODY : user);
    text(json, "convoId", conversation(span));
    text(json, "parentSessionId", parentSession);
    json.name("traceId").value(open.traceId);
    json.name("startedAt").value(Times.exact(span.startNanos()));
    text(json, "userInput", question(span));
    metadata(json, span);
    return json.endObject();
  }

  JsonWriter close(OpenSpan open, Usage usage) {
    SpanSnapshot span = open.snapshot();
    Attributes attributes = span.attributes();
    JsonWriter json = line("session.close").name("id").value(open.spanId);
    outcome(json, span);
    json.name("durationMs").value(milliseconds(span));
    tokens(json, usage);
    text(json, "userId", attributes.string(GenAi.USER_ID));
    text(json, "convoId", conversation(span));
    text(json, "userInput", question(span));
    text(json, "assistantOutput", answer(open));
    Map<String, Object> metrics = metrics(attributes);
    ObjectEncoder.writeTo(json, "customMetrics", metrics, maxChars);
    metadata(json, span);
    return json.endObject();
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
    json.name("durationMs").value(milliseconds(span));
    metadata(json, span);
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

  private static JsonWriter line(String operation) {
    return new JsonWriter(512).beginObject().name("op").value(operation);
  }

  private static JsonWriter event(String id, String session, String type) {
    return line("event")
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
    text(json, "content", answer(open));
    text(json, "model", answered);
    json.name("tokens").beginObject();
    usage.writeTo(json).endObject().endObject();
    json.name("tokenCount").value(usage.total());
    attributes.forEach((name, value) -> {
      if (name.startsWith("gen_ai.") && !TOLD.contains(name)) {
        ObjectEncoder.writeTo(json, name, value, maxChars);
      }
    });
  }

  /** The user's last words, where the input is a list of messages. */
  private @Nullable String question(SpanSnapshot span) {
    Object input = Messages.unwrap(span.input());
    if (input instanceof List<?> messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i) instanceof Map<?, ?> message && "user".equals(message.get("role"))) {
          Object said =
              message.get("content") == null ? message.get("parts") : message.get("content");
          return ObjectEncoder.text(Messages.text(said), maxChars);
        }
      }
    }
    return ObjectEncoder.text(input, maxChars);
  }

  private @Nullable String answer(OpenSpan open) {
    Object output = open.snapshot().output();
    String text = open.snapshot().attributes().string(GenAi.RESPONSE_TEXT);
    if (text == null) {
      text = Messages.text(output);
    }
    if (text == null) {
      text = output == null ? open.gathered.text : ObjectEncoder.text(output, maxChars);
    }
    return ObjectEncoder.text(text, maxChars);
  }

  private void outcome(JsonWriter json, SpanSnapshot span) {
    SpanStatus.Code code = span.status().code();
    boolean failed = code == SpanStatus.Code.ERROR || span.error() != null;
    boolean cancelled = code == SpanStatus.Code.CANCELLED;
    json.name("status").value(failed ? "failed" : cancelled ? "cancelled" : "completed");
    Boolean success = span.attributes().flag(Session.SUCCESS);
    json.name("success").value(success == null ? !failed && !cancelled : success);
    if (failed || cancelled) {
      text(json, "failureReason", reason(span));
    }
    text(json, "errorType", span.error() == null ? null : simple(span.error().type()));
  }

  private @Nullable String reason(SpanSnapshot span) {
    ErrorInfo error = span.error();
    String message = span.status().message();
    if (error == null) {
      return ObjectEncoder.text(message, maxChars);
    }
    String type = simple(error.type());
    return ObjectEncoder.text(
        error.message() == null ? type : type + ": " + error.message(), maxChars);
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
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

  /** Everything else that was said about the span. */
  private void metadata(JsonWriter json, SpanSnapshot span) {
    Map<String, Object> all = new LinkedHashMap<>();
    span.attributes()
        .forEach((key, value) -> {
          if (!key.startsWith("gen_ai.")
              && !key.startsWith("onlooker.session.")
              && !key.equals(GenAi.USER_ID)) {
            all.put(key, value);
          }
        });
    all.putAll(span.metadata());
    if (!span.tags().isEmpty()) {
      all.put("tags", span.tags());
    }
    ObjectEncoder.writeTo(json, "metadata", all, maxChars);
  }

  private static Map<String, Object> metrics(Attributes attributes) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    attributes.forEach((key, value) -> {
      if (key.startsWith(Session.METRIC)) {
        metrics.put(key.substring(Session.METRIC.length()), value);
      }
    });
    return metrics;
  }

  private static void tokens(JsonWriter json, Usage usage) {
    if (usage.total() > 0) {
      json.name("promptTokens").value(usage.input());
      json.name("completionTokens").value(usage.output());
      json.name("totalTokens").value(usage.total());
    }
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

  private static String agent(SpanSnapshot span) {
    if (span.type() != SpanType.AGENT_RUN) {
      return SpanNames.name(span);
    }
    String name = SpanNames.identifier(span, GenAi.AGENT_NAME);
    return name.isEmpty() ? span.name() : name;
  }

  private static @Nullable String conversation(SpanSnapshot span) {
    String id = span.attributes().string(GenAi.CONVERSATION_ID);
    return id == null && span.metadata().get("threadId") instanceof String thread ? thread : id;
  }

  private static long milliseconds(SpanSnapshot span) {
    long end = span.endNanos() == SpanData.OPEN ? span.startNanos() : span.endNanos();
    return Math.max(0, (end - span.startNanos()) / 1_000_000);
  }

  private static void text(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }
}
