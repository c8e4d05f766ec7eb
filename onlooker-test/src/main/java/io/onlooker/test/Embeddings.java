package io.onlooker.test;

import static io.onlooker.test.Json.quoted;

import java.util.List;

/** OpenAI's embeddings: always the same vector. */
record Embeddings(String model, ScriptedModelServer.Reply reply) implements Dialect {

  @Override
  public String whole() {
    if (reply.status() != 200) {
      return Json.error(reply);
    }
    return """
    {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-0.5]}],\
    "model":%s,"usage":{"prompt_tokens":%d,"total_tokens":%d}}\
    """
        .formatted(quoted(model), reply.tokens().input(), reply.tokens().input());
  }

  @Override
  public List<String> events() {
    return List.of(whole());
  }
}
