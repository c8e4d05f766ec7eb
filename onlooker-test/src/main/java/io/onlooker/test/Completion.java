package io.onlooker.test;

import static io.onlooker.test.Json.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * OpenAI's chat completions.
 *
 * @param streamsUsage whether the stream ends with the usage, for it was asked for
 */
record Completion(String id, String model, ScriptedModelServer.Reply reply, boolean streamsUsage)
    implements Dialect {

  @Override
  public String whole() {
    if (reply.status() != 200) {
      return Json.error(reply);
    }
    String choices =
        each(index -> choice(index, "message", message() + ",\"logprobs\":null", end()));
    return head("chat.completion") + "\"choices\":[" + choices + "]," + usage() + "}";
  }

  /** The role, the pieces, the end, the usage when asked for. */
  @Override
  public List<String> events() {
    List<String> events = new ArrayList<>();
    events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    if (reply.callsTool()) {
      events.add(chunk("{\"tool_calls\":[" + toolCall("\"index\":0,", "") + "]}", "null"));
      Json.pieces(reply.toolArguments())
          .forEach(piece -> events.add(chunk(argumentsPiece(piece), "null")));
    } else {
      Json.pieces(reply.text())
          .forEach(piece -> events.add(chunk("{\"content\":" + quoted(piece) + "}", "null")));
    }
    events.add(chunk("{}", end()));
    if (streamsUsage) {
      events.add(event(head("chat.completion.chunk") + "\"choices\":[]," + usage() + "}"));
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  private String message() {
    return reply.callsTool()
        ? "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
            + toolCall("", reply.toolArguments())
            + "]}"
        : "{\"role\":\"assistant\",\"content\":" + quoted(reply.text()) + ",\"refusal\":null}";
  }

  private String chunk(String delta, String end) {
    String choices = each(index -> choice(index, "delta", delta, end));
    return event(head("chat.completion.chunk") + "\"choices\":[" + choices + "]}");
  }

  private String each(java.util.function.IntFunction<String> choice) {
    return IntStream.range(0, reply.choices()).mapToObj(choice).collect(Collectors.joining(","));
  }

  private static String choice(int index, String name, String value, String end) {
    return "{\"index\":%d,\"%s\":%s,\"finish_reason\":%s}".formatted(index, name, value, end);
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }

  private String head(String object) {
    return "{\"id\":%s,\"object\":\"%s\",\"created\":1767225600,\"model\":%s,"
        .formatted(quoted(id), object, quoted(model));
  }

  private String toolCall(String index, String arguments) {
    return "{%s\"id\":\"call_%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
        .formatted(index, id, quoted(reply.toolName()), quoted(arguments));
  }

  private static String argumentsPiece(String piece) {
    return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(piece) + "}}]}";
  }

  private String end() {
    return reply.callsTool() ? "\"tool_calls\"" : "\"stop\"";
  }

  private String usage() {
    ScriptedModelServer.Tokens tokens = reply.tokens();
    return """
    "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
    "prompt_tokens_details":{"cached_tokens":%d},\
    "completion_tokens_details":{"reasoning_tokens":%d}}\
    """
        .formatted(
            tokens.input(),
            tokens.output(),
            tokens.input() + tokens.output(),
            tokens.cached(),
            tokens.reasoning());
  }
}
