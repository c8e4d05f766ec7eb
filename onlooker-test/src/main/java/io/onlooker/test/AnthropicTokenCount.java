package io.onlooker.test;

import java.util.List;

/** Anthropic's count of a question's tokens. */
record AnthropicTokenCount(ScriptedModelServer.Reply reply) implements Dialect {

  @Override
  public String whole() {
    return reply.status() == 200
        ? "{\"input_tokens\":" + reply.tokens().input() + "}"
        : Json.error(reply);
  }

  @Override
  public List<String> events() {
    return List.of(whole());
  }
}
