package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model call that came as the call of a tool named {@code llm:PROVIDER:MODEL}: what went in and
 * out, and its tokens, wherever the SDKs put them.
 */
record LlmEvent(Fields fields, Attributes.Builder attributes) {

  private static final String[] PROMPT = {"prompt", "promptTokens", "input", "inputTokens"};
  private static final String[] COMPLETION = {
    "completion", "completionTokens", "output", "outputTokens"
  };
  private static final String[] TOTAL = {"total", "totalTokens"};

  void put(String tool) throws Malformed {
    String[] parts = tool.split(":", 3);
    attributes.put(GenAi.OPERATION_NAME, "chat");
    attributes.put(GenAi.PROVIDER_NAME, parts.length == 3 ? parts[1] : null);
    attributes.put(GenAi.REQUEST_MODEL, parts[parts.length - 1]);
    putInput();
    putOutput();
    putTokens();
  }

  private void putInput() throws Malformed {
    if (!fields.node("toolInput").isObject()) {
      attributes.put("input", fields.content("toolInput"));
      return;
    }
    Fields input = fields.object("toolInput");
    String messages = input.content("messages");
    attributes.put(GenAi.INPUT_MESSAGES, messages == null ? null : LegacyMessages.input(messages));
    attributes.put("input", first(input, "prompt", "input", "raw"));
    attributes.put(GenAi.SYSTEM_INSTRUCTIONS, first(input, "system", "instructions"));
    attributes.put(GenAi.TOOL_DEFINITIONS, input.content("tools"));
    keepOthers("tool_input.", input);
  }

  private void putOutput() throws Malformed {
    if (!fields.node("toolOutput").isObject()) {
      attributes.put("output", fields.content("toolOutput"));
      return;
    }
    Fields output = fields.object("toolOutput");
    attributes.put("output", first(output, "content", "text", "output", "response"));
    attributes.put(GenAi.RESPONSE_TOOL_CALLS, output.content("toolCalls"));
    String finish = output.content("finishReason");
    attributes.put("gen_ai.response.finish_reason", finish);
    attributes.put(GenAi.RESPONSE_MODEL, output.content("model"));
    var _ = output.node("tokens");
    var _ = output.node("usage");
    keepOthers("tool_output.", output);
  }

  private void putTokens() throws Malformed {
    Fields[] places = {
      nested("toolOutput", "tokens"),
      nested("toolOutput", "usage"),
      nested("toolOutput", null),
      fields.again(),
      nested("metadata", null)
    };
    attributes.put(GenAi.USAGE_INPUT_TOKENS, tokens(places, PROMPT));
    attributes.put(GenAi.USAGE_OUTPUT_TOKENS, tokens(places, COMPLETION));
    Long count = fields.count("tokenCount");
    attributes.put(GenAi.USAGE_TOTAL_TOKENS, count == null ? tokens(places, TOTAL) : count);
  }

  private Fields nested(String name, @Nullable String inner) throws Malformed {
    JsonNode node = fields.node(name);
    Fields outer = new Fields(node, name + ".");
    if (inner == null) {
      return outer;
    }
    return new Fields(outer.node(inner), name + "." + inner + ".");
  }

  /** The first place that has a number under one of the names. */
  private static @Nullable Long tokens(Fields[] places, String[] names) throws Malformed {
    for (Fields place : places) {
      for (String name : names) {
        if (place.node(name).isNumber()) {
          return place.count(name);
        }
      }
    }
    return null;
  }

  private static @Nullable String first(Fields from, String... names) {
    String found = null;
    for (String name : names) {
      String content = from.content(name);
      found = found == null ? content : found;
    }
    return found;
  }

  private void keepOthers(String prefix, Fields from) {
    from.others((name, value) -> attributes.putIfAbsent(prefix + name, Json.value(value)));
  }
}
