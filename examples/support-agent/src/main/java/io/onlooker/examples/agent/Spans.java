package io.onlooker.examples.agent;

import io.onlooker.SpanOptions;

/** What all spans of an agent on this model have in common. */
final class Spans {

  private Spans() {}

  static SpanOptions of(String name, String op, String operation) {
    return SpanOptions.named(name)
        .op(op)
        .attribute("gen_ai.operation.name", operation)
        .attribute("gen_ai.system", "custom-llm")
        .attribute("gen_ai.request.model", CustomModel.NAME)
        .attribute("sentry.origin", "manual.ai.custom-llm");
  }

  static SpanOptions agent(String name) {
    return of("invoke_agent " + name, "gen_ai.invoke_agent", "invoke_agent")
        .attribute("gen_ai.agent.name", name);
  }
}
