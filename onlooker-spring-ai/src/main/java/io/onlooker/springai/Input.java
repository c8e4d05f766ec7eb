package io.onlooker.springai;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Says what a model is asked: messages without the system's, which stand apart. */
final class Input {

  private Input() {}

  static void write(SpanOptions span, Prompt prompt) {
    // A copy, for the list may be the application's own; messages do not change.
    List<Message> messages = List.copyOf(prompt.getInstructions());
    List<Message> rest =
        messages.stream().filter(message -> !(message instanceof SystemMessage)).toList();
    span.input(Deferred.list(() -> Messages.of(rest)));
    if (rest.size() < messages.size()) {
      span.attribute(GenAi.SYSTEM_INSTRUCTIONS, Deferred.text(() -> instructions(messages)));
    }
    if (prompt.getOptions() instanceof ToolCallingChatOptions options) {
      List<ToolCallback> tools = options.getToolCallbacks();
      if (tools != null && !tools.isEmpty()) {
        List<ToolCallback> all = List.copyOf(tools);
        span.attribute(GenAi.TOOL_DEFINITIONS, Deferred.text(() -> definitions(all)));
      }
    }
  }

  private static String instructions(List<Message> messages) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Message message : messages) {
      if (message instanceof SystemMessage system && system.getText() != null) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "text");
        part.put("content", system.getText());
        parts.add(part);
      }
    }
    return Json.write(parts);
  }

  private static String definitions(List<ToolCallback> tools) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ToolCallback tool : tools) {
      ToolDefinition definition = tool.getToolDefinition();
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "function");
      map.put("name", definition.name());
      map.put("description", definition.description());
      map.put("parameters", Json.read(definition.inputSchema()));
      all.add(map);
    }
    return Json.write(all);
  }
}
