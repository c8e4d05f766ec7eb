package io.onlooker.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A span that Sentry's JavaScript client 11.12.0 was seen to send for a call of Anthropic's own
 * client 1.10.0, and what the server must have answered to that call.
 */
record JavaScriptSpan(JsonNode span) {

  private static final String FILE = "/sentry-javascript-11.12.0.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The one of this name in the file. */
  static JavaScriptSpan of(String call) {
    try (InputStream in = JavaScriptSpan.class.getResourceAsStream(FILE)) {
      return new JavaScriptSpan(JSON.readTree(Objects.requireNonNull(in, FILE)).required(call));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All attributes but those that are otherwise here, with name, operation and status. */
  Map<String, Object> attributes(String... otherwise) {
    Map<String, Object> attributes = new TreeMap<>();
    span.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
    attributes.put("sentry.op", span.path("op").asText());
    attributes.put("name", span.path("name").asText());
    attributes.put("status", span.path("status").asText());
    List.of(otherwise).forEach(attributes::remove);
    return attributes;
  }

  /** A text as it is, everything else as JSON. */
  static Object value(JsonNode node) {
    return node.isTextual() ? node.asText() : node.toString();
  }

  /** The attribute's text. */
  String text(String attribute) {
    return span.path("attributes").path(attribute).asText();
  }

  /** The attribute's text, read as JSON. */
  JsonNode json(String attribute) throws IOException {
    return JSON.readTree(text(attribute));
  }

  /** The body of the plain answer. */
  String answer() throws IOException {
    ObjectNode message = message(tokens("output_tokens"));
    message.withArray("content").addObject().put("type", "text").put("text", said());
    boolean calls = !text("gen_ai.response.tool_calls").isEmpty();
    if (calls) {
      json("gen_ai.response.tool_calls").forEach(message.withArray("content")::add);
    }
    return message.put("stop_reason", calls ? "tool_use" : "end_turn").toString();
  }

  /** The body of the streamed answer: its text in two pieces. */
  String events() throws IOException {
    int half = said().length() / 2;
    String end =
        "\"delta\":{\"stop_reason\":%s,\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
            .formatted(json("gen_ai.response.finish_reasons").path(0), tokens("output_tokens"));
    return event("message_start", "\"message\":" + message(1))
        + event("content_block_start", at("content_block", "{\"type\":\"text\",\"text\":\"\"}"))
        + event("content_block_delta", delta(said().substring(0, half)))
        + event("content_block_delta", delta(said().substring(half)))
        + event("content_block_stop", "\"index\":0")
        + event("message_delta", end)
        + event("message_stop", "\"last\":true");
  }

  private static String delta(String text) {
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    return at("delta", delta.put("type", "text_delta").put("text", text).toString());
  }

  private static String at(String name, String object) {
    return "\"index\":0,\"%s\":%s".formatted(name, object);
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
  }

  /** Anthropic counts cached input apart; the span has the sum. */
  private ObjectNode message(long output) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message
        .put("id", text("gen_ai.response.id"))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", text("gen_ai.response.model"))
        .putNull("stop_reason")
        .putNull("stop_sequence")
        .putArray("content");
    long read = tokens("cache_read.input_tokens");
    long written = tokens("cache_creation.input_tokens");
    message
        .putObject("usage")
        .put("input_tokens", tokens("input_tokens") - read - written)
        .put("cache_read_input_tokens", read)
        .put("cache_creation_input_tokens", written)
        .put("output_tokens", output);
    return message;
  }

  private String said() {
    return text("gen_ai.response.text");
  }

  private long tokens(String kind) {
    return span.path("attributes").path("gen_ai.usage." + kind).asLong();
  }
}
