package io.onlooker.test;

import static io.onlooker.test.Json.quoted;

import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. */
record AnthropicMessage(String id, String model, ScriptedModelServer.Reply reply)
    implements Dialect {

  @Override
  public String whole() {
    if (reply.status() != 200) {
      return error();
    }
    return message(content(), stopReason(), reply.tokens().output());
  }

  private String error() {
    return "{\"type\":\"error\",\"error\":{\"type\":\"scripted_%d\",\"message\":%s}}"
        .formatted(reply.status(), quoted(reply.text()));
  }

  /** The beginning with the input's tokens, the block in pieces, the end with the output's. */
  @Override
  public List<String> events() {
    List<String> events = new ArrayList<>();
    add(events, "message_start", "\"message\":" + message("", "null", 1));
    add(events, "content_block_start", "\"index\":0,\"content_block\":" + begunBlock());
    add(events, "ping", "");
    Json.pieces(reply.callsTool() ? reply.toolArguments() : reply.text())
        .forEach(piece -> add(events, "content_block_delta", delta(piece)));
    add(events, "content_block_stop", "\"index\":0");
    add(
        events,
        "message_delta",
        "\"delta\":{\"stop_reason\":%s,\"stop_sequence\":null},\"usage\":%s"
            .formatted(stopReason(), usage(reply.tokens().output())));
    add(events, "message_stop", "");
    return events;
  }

  private static void add(List<String> events, String type, String fields) {
    String more = fields.isEmpty() ? "" : "," + fields;
    events.add("event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, more));
  }

  private String delta(String piece) {
    String delta =
        reply.callsTool()
            ? "{\"type\":\"input_json_delta\",\"partial_json\":%s}"
            : "{\"type\":\"text_delta\",\"text\":%s}";
    return "\"index\":0,\"delta\":" + delta.formatted(quoted(piece));
  }

  private String message(String content, String stopReason, long output) {
    return """
    {"id":%s,"type":"message","role":"assistant","model":%s,"content":[%s],\
    "stop_reason":%s,"stop_sequence":null,"usage":%s}\
    """
        .formatted(quoted(id), quoted(model), content, stopReason, usage(output));
  }

  private String content() {
    return reply.callsTool() ? call(reply.toolArguments()) : text(reply.text());
  }

  private String begunBlock() {
    return reply.callsTool() ? call("{}") : text("");
  }

  private static String text(String text) {
    return "{\"type\":\"text\",\"text\":" + quoted(text) + "}";
  }

  private String call(String input) {
    return "{\"type\":\"tool_use\",\"id\":\"toolu_%s\",\"name\":%s,\"input\":%s}"
        .formatted(id, quoted(reply.toolName()), input);
  }

  private String stopReason() {
    return reply.callsTool() ? "\"tool_use\"" : "\"end_turn\"";
  }

  /** Anthropic counts cached input apart. */
  private String usage(long output) {
    ScriptedModelServer.Tokens tokens = reply.tokens();
    return """
    {"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":%d,\
    "output_tokens":%d,"output_tokens_details":{"thinking_tokens":%d},"service_tier":"standard"}\
    """
        .formatted(tokens.input() - tokens.cached(), tokens.cached(), output, tokens.reasoning());
  }
}
