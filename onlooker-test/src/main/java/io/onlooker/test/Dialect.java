package io.onlooker.test;

import java.util.List;

/** A reply in the words of one provider's API. */
interface Dialect {

  /** The answer, or the error, as one document. */
  String whole();

  /** The answer as server-sent events. */
  List<String> events();

  /** The dialect that a path is asked in, as the API's public descriptions have it; else null. */
  static @org.jspecify.annotations.Nullable Dialect of(
      String path, String id, String body, ScriptedModelServer.Reply reply) {
    if (path.endsWith("/chat/completions")) {
      return new Completion("chatcmpl-" + id, Json.model(body), reply, Json.asksForUsage(body));
    }
    if (path.endsWith("/responses")) {
      return new Response("resp_" + id, Json.model(body), reply);
    }
    if (GeminiContent.asked(path)) {
      return new GeminiContent(id, GeminiContent.model(path), reply);
    }
    if (path.endsWith("/messages")) {
      return new AnthropicMessage("msg_" + id, Json.model(body), reply);
    }
    if (path.endsWith("/messages/count_tokens")) {
      return new AnthropicTokenCount(reply);
    }
    return path.endsWith("/embeddings") ? new Embeddings(Json.model(body), reply) : null;
  }
}
