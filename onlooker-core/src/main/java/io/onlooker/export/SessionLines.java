package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls that open and close a session. */
final class SessionLines {

  /** What Sentrial's clients say when nobody is known; it asks for somebody. */
  private static final String NOBODY = "anonymous";

  private final int maxChars;

  SessionLines(int maxChars) {
    this.maxChars = maxChars;
  }

  JsonWriter open(OpenSpan open, @Nullable String parentSession) {
    SpanSnapshot span = open.snapshot();
    JsonWriter json = SessionJson.line("session.open").name("id").value(open.spanId);
    String agent = agent(span);
    String name = span.attributes().string(Session.NAME);
    json.name("name").value(name == null ? agent : name).name("agentName").value(agent);
    String user = span.attributes().string(GenAi.USER_ID);
    json.name("userId").value(user == null ? NOBODY : user);
    SessionJson.text(json, "convoId", conversation(span));
    SessionJson.text(json, "parentSessionId", parentSession);
    json.name("traceId").value(open.traceId);
    json.name("startedAt").value(Times.exact(span.startNanos()));
    SessionJson.text(json, "userInput", SessionJson.question(span, maxChars));
    SessionJson.metadata(json, span, maxChars);
    return json.endObject();
  }

  JsonWriter close(OpenSpan open, Usage usage) {
    SpanSnapshot span = open.snapshot();
    Attributes attributes = span.attributes();
    JsonWriter json = SessionJson.line("session.close").name("id").value(open.spanId);
    outcome(json, span);
    SessionJson.end(json, span);
    tokens(json, usage);
    SessionJson.text(json, "userId", attributes.string(GenAi.USER_ID));
    SessionJson.text(json, "convoId", conversation(span));
    SessionJson.text(json, "userInput", SessionJson.question(span, maxChars));
    SessionJson.text(json, "assistantOutput", SessionJson.answer(open, maxChars));
    Map<String, Object> metrics = metrics(attributes);
    ObjectEncoder.writeTo(json, "customMetrics", metrics, maxChars);
    SessionJson.metadata(json, span, maxChars);
    return json.endObject();
  }

  /** The end of a session of which nothing may be said. */
  JsonWriter dropped(OpenSpan open) {
    JsonWriter json = SessionJson.line("session.close").name("id").value(open.spanId);
    json.name("status").value("cancelled").name("success").value(false);
    return json.name("failureReason").value("dropped by the application").endObject();
  }

  private void outcome(JsonWriter json, SpanSnapshot span) {
    SpanStatus.Code code = span.status().code();
    boolean failed = code == SpanStatus.Code.ERROR || span.error() != null;
    boolean cancelled = code == SpanStatus.Code.CANCELLED;
    json.name("status").value(failed ? "failed" : cancelled ? "cancelled" : "completed");
    Boolean success = span.attributes().flag(Session.SUCCESS);
    json.name("success").value(success == null ? !failed && !cancelled : success);
    if (failed || cancelled) {
      SessionJson.text(json, "failureReason", reason(span));
    }
    SessionJson.text(json, "errorType", span.error() == null ? null : simple(span.error().type()));
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

  /** Who runs: the agent; for a model call below none, the call. */
  static String agent(SpanSnapshot span) {
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
}
