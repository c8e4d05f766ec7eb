package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.ingest.SessionCall.Change;
import io.onlooker.server.ingest.SessionCall.Event;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanCost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What clients of the sessions API are told, in the words they use themselves. */
final class SessionAnswers {

  private SessionAnswers() {}

  static ObjectNode of(SessionCall call, SpanData span) {
    return switch (call) {
      case Change change -> session(change, span);
      case Event event -> event(event, span);
    };
  }

  private static ObjectNode session(Change change, SpanData root) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("id", change.sessionId());
    answer.put("name", root.name());
    put(answer, "agentName", root, GenAi.AGENT_NAME);
    put(answer, "userId", root, GenAi.USER_ID);
    put(answer, "convoId", root, GenAi.CONVERSATION_ID);
    put(answer, "parentSessionId", root, SessionNames.PARENT_ID);
    if (change.metadata() != null) {
      answer.set("metadata", change.metadata());
    }
    answer.put("status", status(root));
    put(answer, "success", root, SessionAttributes.SUCCESS);
    put(answer, "failureReason", root, GenAi.ERROR_MESSAGE);
    put(answer, "estimatedCost", root, SpanCost.REPORTED);
    put(answer, "promptTokens", root, GenAi.USAGE_INPUT_TOKENS);
    put(answer, "completionTokens", root, GenAi.USAGE_OUTPUT_TOKENS);
    put(answer, "totalTokens", root, GenAi.USAGE_TOTAL_TOKENS);
    putMetrics(answer, root.attributes());
    answer.put("createdAt", time(root.startNanos()));
    if (!root.open()) {
      answer.put("durationMs", root.durationNanos() / 1_000_000);
      answer.put("completedAt", time(root.endNanos()));
    }
    return answer;
  }

  private static ObjectNode event(Event event, SpanData span) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("id", event.eventId());
    answer.put("sessionId", event.sessionId());
    answer.put("eventType", event.type());
    if (event.toolName() != null) {
      answer.put("toolName", event.toolName());
    }
    answer.put("createdAt", time(span.endNanos()));
    return answer;
  }

  private static String status(SpanData root) {
    SpanStatus.Code code = root.status().code();
    return switch (code) {
      case UNSET -> "active";
      case OK -> "completed";
      case ERROR -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  private static void putMetrics(ObjectNode answer, Attributes attributes) {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    attributes.forEach((key, value) -> {
      if (key.startsWith(SessionAttributes.METRIC)) {
        metrics.set(key.substring(SessionAttributes.METRIC.length()), node(value));
      }
    });
    if (!metrics.isEmpty()) {
      answer.set("customMetrics", metrics);
    }
  }

  private static void put(ObjectNode answer, String name, SpanData span, String attribute) {
    Object value = span.attributes().get(attribute);
    if (value != null) {
      answer.set(name, node(value));
    }
  }

  private static JsonNode node(@Nullable Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case Long number -> nodes.numberNode(number);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          nodes.numberNode(number.longValue());
      case Double number -> nodes.numberNode(number);
      case Boolean flag -> nodes.booleanNode(flag);
      case null -> nodes.nullNode();
      default -> nodes.stringNode(value.toString());
    };
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }
}
