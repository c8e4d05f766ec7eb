package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.server.ingest.SessionCall.Change;
import io.onlooker.server.ingest.SessionCall.Status;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanCost;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a client says of a session. */
final class SessionChanges {

  private SessionChanges() {}

  /** A new session; the client may have made its id. */
  static Change opened(Fields fields) throws Malformed {
    String own = fields.id("id");
    String other = fields.id("sessionId");
    String id = own != null ? own : other != null ? other : SessionIds.newSession();
    fields.required("name", "what the session is about");
    fields.required("agentName", "the agent's name");
    fields.required("userId", "who it is for; anonymous when nobody knows");
    return read(id, fields, null);
  }

  /** News of a session. */
  static Change updated(String id, Fields fields) throws Malformed {
    return read(id, fields, null);
  }

  /** The end of a session; completed unless it says otherwise. */
  static Change closed(String id, Fields fields) throws Malformed {
    return read(id, fields, Status.COMPLETED);
  }

  /** A score of a session, kept beside what else is known of it. */
  static Change scored(String id, Fields fields) throws Malformed {
    String name = fields.required("name", "the score's name");
    JsonNode value = fields.node("value");
    if (!value.isNumber() && !value.isBoolean() && !value.isString()) {
      throw fields.wrong("value", value, "a number, true, false or a word");
    }
    Attributes.Builder attributes = Attributes.builder();
    attributes.put(SessionAttributes.SCORE + name, Json.value(value));
    attributes.put(SessionAttributes.SCORE + name + ".comment", fields.content("comment"));
    return new Change(id, null, null, null, null, null, attributes.build(), null);
  }

  private static Change read(String id, Fields fields, @Nullable Status usual) throws Malformed {
    Status status = status(fields);
    Attributes.Builder attributes = Attributes.builder();
    putWho(attributes, fields);
    putTexts(attributes, fields);
    putFigures(attributes, fields);
    String name = fields.text("name");
    Long start = fields.time("startedAt", "startTime", "createdAt", "timestamp");
    Long end = fields.time("completedAt", "endedAt", "endTime");
    Long duration = fields.millis("durationMs");
    JsonNode metadata = fields.has("metadata") ? fields.node("metadata") : null;
    putRest(attributes, fields);
    return new Change(
        id,
        name,
        status == null ? usual : status,
        start,
        end,
        duration,
        attributes.build(),
        metadata);
  }

  private static void putWho(Attributes.Builder attributes, Fields fields) throws Malformed {
    attributes.put(GenAi.AGENT_NAME, fields.text("agentName"));
    attributes.put(GenAi.USER_ID, fields.text("userId"));
    String convo = fields.text("convoId");
    String conversation = fields.text("conversationId");
    attributes.put(GenAi.CONVERSATION_ID, convo == null ? conversation : convo);
    attributes.put(SessionNames.PARENT_ID, fields.id("parentSessionId"));
    attributes.put("environment", fields.text("environment"));
    attributes.put("release", fields.text("release"));
  }

  private static void putTexts(Attributes.Builder attributes, Fields fields) throws Malformed {
    String input = fields.content("userInput");
    String shortInput = fields.content("input");
    attributes.put("input", input == null ? shortInput : input);
    String output = fields.content("assistantOutput");
    String shortOutput = fields.content("output");
    attributes.put("output", output == null ? shortOutput : output);
    attributes.put(GenAi.ERROR_MESSAGE, fields.content("failureReason"));
    attributes.put(GenAi.ERROR_TYPE, fields.text("errorType"));
  }

  private static void putFigures(Attributes.Builder attributes, Fields fields) throws Malformed {
    attributes.put(SessionAttributes.SUCCESS, fields.flag("success"));
    attributes.put(GenAi.USAGE_INPUT_TOKENS, fields.count("promptTokens"));
    attributes.put(GenAi.USAGE_OUTPUT_TOKENS, fields.count("completionTokens"));
    attributes.put(GenAi.USAGE_TOTAL_TOKENS, fields.count("totalTokens"));
    attributes.put(SpanCost.REPORTED, fields.amount("estimatedCost"));
    Long nanos = fields.millis("durationMs");
    attributes.put(SessionAttributes.DURATION_MILLIS, nanos == null ? null : nanos / 1e6);
    putMetrics(attributes, fields.object("customMetrics"));
  }

  private static void putMetrics(Attributes.Builder attributes, Fields metrics) throws Malformed {
    Malformed[] wrong = new Malformed[1];
    metrics.forEach((name, value) -> {
      if (value.isNumber()) {
        attributes.put(SessionAttributes.METRIC + name, Json.value(value));
      } else if (!value.isNull()) {
        wrong[0] = metrics.wrong(name, value, "a number");
      }
    });
    if (wrong[0] != null) {
      throw wrong[0];
    }
  }

  /** Metadata, and every field that nobody asked for under its own name. */
  static void putRest(Attributes.Builder attributes, Fields fields) throws Malformed {
    fields
        .object("metadata")
        .forEach((name, value) ->
            attributes.putIfAbsent(SessionAttributes.METADATA + name, Json.value(value)));
    fields.others((name, value) -> {
      if (!name.startsWith("onlooker.") && !name.isEmpty()) {
        attributes.putIfAbsent(name, Json.value(value));
      }
    });
  }

  private static @Nullable Status status(Fields fields) throws Malformed {
    String word = fields.text("status");
    return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "active", "running" -> Status.RUNNING;
      case "completed" -> Status.COMPLETED;
      case "failed" -> Status.FAILED;
      case "cancelled", "canceled" -> Status.CANCELLED;
      default ->
          throw fields.wrong(
              "status", fields.node("status"), "active, running, completed, failed or cancelled");
    };
  }
}
