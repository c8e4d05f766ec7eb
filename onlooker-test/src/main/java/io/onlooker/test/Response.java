package io.onlooker.test;

import static io.onlooker.test.Json.quoted;

import java.util.ArrayList;
import java.util.List;

/** OpenAI's responses. */
record Response(String id, String model, ScriptedModelServer.Reply reply) implements Dialect {

  @Override
  public String whole() {
    return reply.status() == 200 ? response("completed", item(), usage()) : Json.error(reply);
  }

  @Override
  public List<String> events() {
    List<String> events = new ArrayList<>();
    String begun = response("in_progress", "", "null");
    add(events, "response.created", "\"response\":" + begun);
    add(events, "response.in_progress", "\"response\":" + begun);
    add(events, "response.output_item.added", "\"output_index\":0,\"item\":" + begunItem());
    if (reply.callsTool()) {
      Json.pieces(reply.toolArguments())
          .forEach(p -> add(events, "response.function_call_arguments.delta", delta(p)));
    } else {
      Json.pieces(reply.text()).forEach(p -> add(events, "response.output_text.delta", delta(p)));
    }
    add(events, "response.output_item.done", "\"output_index\":0,\"item\":" + item());
    add(events, "response.completed", "\"response\":" + response("completed", item(), usage()));
    return events;
  }

  private static void add(List<String> events, String type, String fields) {
    events.add(
        "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
            .formatted(type, type, events.size(), fields));
  }

  private String delta(String piece) {
    return "\"item_id\":\"item_%s\",\"output_index\":0,\"content_index\":0,\"logprobs\":[],\"delta\":%s"
        .formatted(id, quoted(piece));
  }

  private String response(String status, String output, String usage) {
    return """
    {"id":%s,"object":"response","created_at":1767225600,"status":"%s","error":null,\
    "incomplete_details":null,"instructions":null,"metadata":{},"model":%s,"output":[%s],\
    "parallel_tool_calls":true,"temperature":1.0,"tool_choice":"auto","tools":[],"top_p":1.0,\
    "usage":%s}\
    """
        .formatted(quoted(id), status, quoted(model), output, usage);
  }

  private String item() {
    return reply.callsTool() ? call(reply.toolArguments(), "completed") : message();
  }

  private String begunItem() {
    return reply.callsTool()
        ? call("", "in_progress")
        : "{\"type\":\"message\",\"id\":\"item_%s\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"
            .formatted(id);
  }

  private String message() {
    return """
    {"type":"message","id":"item_%s","status":"completed","role":"assistant",\
    "content":[{"type":"output_text","text":%s,"annotations":[],"logprobs":[]}]}\
    """
        .formatted(id, quoted(reply.text()));
  }

  private String call(String arguments, String status) {
    return """
    {"type":"function_call","id":"item_%s","call_id":"call_%s","name":%s,"arguments":%s,\
    "status":"%s"}\
    """
        .formatted(id, id, quoted(reply.toolName()), quoted(arguments), status);
  }

  private String usage() {
    ScriptedModelServer.Tokens tokens = reply.tokens();
    return """
    {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,\
    "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}\
    """
        .formatted(
            tokens.input(),
            tokens.cached(),
            tokens.output(),
            tokens.reasoning(),
            tokens.input() + tokens.output());
  }
}
