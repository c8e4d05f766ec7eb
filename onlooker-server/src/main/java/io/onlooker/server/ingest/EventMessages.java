package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages that stand in events of a model's span, where OpenTelemetry's GenAI conventions have put
 * them over the years: all in one attribute of an event ({@code
 * gen_ai.client.inference.operation.details}, {@code gen_ai.content.prompt}), or an event for each
 * ({@code gen_ai.user.message}, {@code gen_ai.choice}).
 */
final class EventMessages {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Map<String, String> ASKED =
      Map.of(
          "gen_ai.system.message", "system",
          "gen_ai.user.message", "user",
          "gen_ai.assistant.message", "assistant",
          "gen_ai.tool.message", "tool");

  private static final Map<String, String> ANSWERED = Map.of("gen_ai.choice", "assistant");

  /** All messages of a call in one event, in today's words and in former ones. */
  private static final Set<String> AT_ONCE =
      Set.of(
          "gen_ai.client.inference.operation.details",
          "gen_ai.content.prompt",
          "gen_ai.content.completion");

  private EventMessages() {}

  /** Whether events of this name tell messages. */
  static boolean isTold(String event) {
    return event.startsWith("gen_ai.")
        && (ASKED.containsKey(event) || ANSWERED.containsKey(event) || AT_ONCE.contains(event));
  }

  /** JSON text of what the model was asked, or null when no event says. */
  static @Nullable String question(List<SpanEvent> events) {
    return messages(events, ASKED, GenAi.INPUT_MESSAGES, "gen_ai.prompt");
  }

  /** JSON text of what it answered, or null when no event says. */
  static @Nullable String answer(List<SpanEvent> events) {
    return messages(events, ANSWERED, GenAi.OUTPUT_MESSAGES, "gen_ai.completion");
  }

  private static @Nullable String messages(
      List<SpanEvent> events, Map<String, String> roles, String all, String formerly) {
    ArrayNode messages = JSON.createArrayNode();
    for (SpanEvent event : events) {
      Attributes attributes = event.attributes();
      String whole = attributes.string(attributes.has(all) ? all : formerly);
      if (whole != null) {
        return LegacyMessages.input(whole);
      }
      String role = roles.get(event.name());
      if (role != null) {
        messages.add(message(attributes, role));
      }
    }
    return messages.isEmpty() ? null : LegacyMessages.input(messages.toString());
  }

  /** Its fields are attributes of the event, or JSON in one of them. */
  private static ObjectNode message(Attributes attributes, String role) {
    JsonNode body = Json.parsed(attributes.string("gen_ai.event.content"));
    JsonNode inner = body.path("message").isObject() ? body.path("message") : body;
    String told = attributes.string("message");
    JsonNode said = inner.isObject() ? inner : Json.parsed(told);
    ObjectNode message = said.isObject() ? (ObjectNode) said : JSON.createObjectNode();
    String content = attributes.string("content");
    put(message, "role", role);
    put(message, "content", content == null && !said.isObject() ? told : content);
    put(message, "tool_call_id", attributes.string("id"));
    put(message, "tool_calls", attributes.string("tool_calls"));
    return message;
  }

  /** Lists are JSON text there. */
  private static void put(ObjectNode message, String field, @Nullable String value) {
    if (value != null && !message.has(field)) {
      JsonNode parsed = Json.parsed(value);
      message.set(field, parsed.isArray() ? parsed : message.stringNode(value));
    }
  }
}
