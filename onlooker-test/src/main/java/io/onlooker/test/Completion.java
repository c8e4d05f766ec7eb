package io.onlooker.test;

import java.util.ArrayList;
import java.util.List;

/** A reply in the words of OpenAI's chat completions. */
record Completion(String id, String model, ScriptedModelServer.Reply reply) {

  /** The answer as one document. */
  String whole() {
    if (reply.status() != 200) {
      return "{\"error\":{\"message\":%s,\"type\":\"scripted\",\"code\":\"%d\"}}"
          .formatted(quoted(reply.text()), reply.status());
    }
    String message =
        reply.callsTool()
            ? "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + toolCall("") + "]}"
            : "{\"role\":\"assistant\",\"content\":" + quoted(reply.text()) + "}";
    return head("chat.completion")
        + "\"choices\":[{\"index\":0,\"message\":%s,\"logprobs\":null,\"finish_reason\":\"%s\"}],%s}"
            .formatted(message, finishReason(), usage());
  }

  /** The answer as server-sent events: the role, the pieces, the end, the usage when asked for. */
  List<String> events(boolean withUsage) {
    List<String> events = new ArrayList<>();
    events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    if (reply.callsTool()) {
      events.add(chunk("{\"tool_calls\":[" + toolCall("\"index\":0,") + "]}", "null"));
    } else {
      pieces(reply.text())
          .forEach(p -> events.add(chunk("{\"content\":" + quoted(p) + "}", "null")));
    }
    events.add(chunk("{}", "\"" + finishReason() + "\""));
    if (withUsage) {
      events.add(event(head("chat.completion.chunk") + "\"choices\":[]," + usage() + "}"));
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  private String chunk(String delta, String finish) {
    return event(
        head("chat.completion.chunk")
            + "\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}"
                .formatted(delta, finish));
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }

  private String head(String object) {
    return "{\"id\":%s,\"object\":\"%s\",\"created\":1767225600,\"model\":%s,"
        .formatted(quoted(id), object, quoted(model));
  }

  private String toolCall(String index) {
    return "{%s\"id\":\"call_%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
        .formatted(index, id, quoted(reply.toolName()), quoted(reply.toolArguments()));
  }

  private String finishReason() {
    return reply.callsTool() ? "tool_calls" : "stop";
  }

  private String usage() {
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(
            reply.inputTokens(), reply.outputTokens(), reply.inputTokens() + reply.outputTokens());
  }

  /** Words with the blanks behind them, as a model streams them. */
  private static List<String> pieces(String text) {
    return List.of(text.split("(?<= )", -1));
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
