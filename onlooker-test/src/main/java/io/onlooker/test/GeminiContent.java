package io.onlooker.test;

import static io.onlooker.test.Json.quoted;

import java.util.ArrayList;
import java.util.List;

/** Gemini's generateContent; its streams tell the usage so far with every piece. */
record GeminiContent(String id, String model, ScriptedModelServer.Reply reply) implements Dialect {

  /** The model that a path names: {@code /v1beta/models/MODEL:generateContent}. */
  static String model(String path) {
    return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
  }

  static boolean asked(String path) {
    return path.endsWith(":generateContent") || streamed(path);
  }

  static boolean streamed(String path) {
    return path.endsWith(":streamGenerateContent");
  }

  @Override
  public String whole() {
    if (reply.status() != 200) {
      return "{\"error\":{\"code\":%d,\"message\":%s,\"status\":\"SCRIPTED\"}}"
          .formatted(reply.status(), quoted(reply.text()));
    }
    return response(part(), true, reply.tokens().output());
  }

  @Override
  public List<String> events() {
    List<String> events = new ArrayList<>();
    if (reply.callsTool()) {
      events.add(event(response(part(), true, reply.tokens().output())));
      return events;
    }
    List<String> pieces = Json.pieces(reply.text());
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      long output = last ? reply.tokens().output() : i + 1;
      events.add(event(response(text(pieces.get(i)), last, output)));
    }
    return events;
  }

  private static String event(String data) {
    return "data: " + data + "\r\n\r\n";
  }

  private String response(String part, boolean last, long output) {
    return """
    {"candidates":[{"content":{"role":"model","parts":[%s]},"index":0%s}],\
    "modelVersion":%s,"responseId":%s,"usageMetadata":%s}\
    """
        .formatted(
            part,
            last ? ",\"finishReason\":\"STOP\"" : "",
            quoted(model),
            quoted(id),
            usage(output));
  }

  private String part() {
    return reply.callsTool()
        ? "{\"functionCall\":{\"id\":\"call_%s\",\"name\":%s,\"args\":%s}}"
            .formatted(id, quoted(reply.toolName()), reply.toolArguments())
        : text(reply.text());
  }

  private static String text(String text) {
    return "{\"text\":" + quoted(text) + "}";
  }

  /** Gemini counts thoughts beside the answer's tokens. */
  private String usage(long output) {
    ScriptedModelServer.Tokens tokens = reply.tokens();
    return """
    {"promptTokenCount":%d,"cachedContentTokenCount":%d,"candidatesTokenCount":%d,\
    "thoughtsTokenCount":%d,"totalTokenCount":%d}\
    """
        .formatted(
            tokens.input(),
            tokens.cached(),
            output - Math.min(output, tokens.reasoning()),
            Math.min(output, tokens.reasoning()),
            tokens.input() + output);
  }
}
