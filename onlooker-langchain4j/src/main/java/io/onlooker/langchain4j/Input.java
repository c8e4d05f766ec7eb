package io.onlooker.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.internal.Json;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a model is asked: messages without the system's, which stand apart. */
final class Input {

  private Input() {}

  static void write(
      SpanOptions span, List<ChatMessage> messages, @Nullable List<ToolSpecification> tools) {
    // The list is the request's own copy; the messages within do not change.
    List<ChatMessage> rest =
        messages.stream().filter(message -> !(message instanceof SystemMessage)).toList();
    span.input(Deferred.list(() -> Messages.of(rest)));
    if (rest.size() < messages.size()) {
      span.attribute(GenAi.SYSTEM_INSTRUCTIONS, Deferred.text(() -> instructions(messages)));
    }
    if (tools != null && !tools.isEmpty()) {
      span.attribute(GenAi.TOOL_DEFINITIONS, Deferred.text(() -> definitions(tools)));
    }
  }

  private static String instructions(List<ChatMessage> messages) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof SystemMessage system) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "text");
        part.put("content", system.text());
        parts.add(part);
      }
    }
    return Json.toJson(parts);
  }

  private static String definitions(List<ToolSpecification> tools) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Map<String, Object> definition = new LinkedHashMap<>();
      definition.put("type", "function");
      definition.put("name", tool.name());
      if (tool.description() != null) {
        definition.put("description", tool.description());
      }
      if (tool.parameters() != null) {
        definition.put("parameters", JsonSchemaElementUtils.toMap(tool.parameters()));
      }
      all.add(definition);
    }
    return Json.toJson(all);
  }
}
