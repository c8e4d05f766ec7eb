package io.onlooker.adk;

import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.FileData;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gemini's contents as maps, in the words of chat completions; without the bytes of files. */
final class Messages {

  private Messages() {}

  /** The texts of a content, joined; what the model thought is left out. */
  static String text(Content content) {
    StringBuilder text = new StringBuilder();
    for (Part part : content.parts().orElse(List.of())) {
      if (!part.thought().orElse(false)) {
        part.text().ifPresent(text::append);
      }
    }
    return text.toString();
  }

  /** The content as its text, or as messages when there is more to it; null when it is empty. */
  static @Nullable Object whole(Content content) {
    String text = text(content);
    boolean more =
        content.parts().orElse(List.of()).stream().anyMatch(part -> part.text().isEmpty());
    if (more) {
      return of(List.of(content));
    }
    return text.isEmpty() ? null : text;
  }

  static List<Map<String, Object>> of(List<Content> contents) {
    List<Map<String, Object>> messages = new ArrayList<>(contents.size());
    contents.forEach(content -> add(messages, content));
    return messages;
  }

  /** What tools answered comes first, each a message of its own. */
  private static void add(List<Map<String, Object>> messages, Content content) {
    List<Part> parts = content.parts().orElse(List.of());
    List<Part> rest = new ArrayList<>();
    for (Part part : parts) {
      part.functionResponse()
          .ifPresentOrElse(response -> messages.add(tool(response)), () -> rest.add(part));
    }
    if (!rest.isEmpty() || parts.isEmpty()) {
      messages.add(message(content.role().orElse("user"), rest));
    }
  }

  /** One message of the model's, whose parts may have come in several answers. */
  static Map<String, Object> answer(List<Part> parts) {
    return message("model", parts);
  }

  private static Map<String, Object> message(String role, List<Part> parts) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role.equals("model") ? "assistant" : role);
    List<Object> content = new ArrayList<>();
    parts.forEach(part -> part(part, content));
    boolean text = content.stream().allMatch(String.class::isInstance);
    if (!content.isEmpty()) {
      message.put("content", text ? joined(content) : content);
    }
    List<Map<String, Object>> calls = toolCalls(parts);
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    return message;
  }

  private static String joined(List<Object> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(all::append);
    return all.toString();
  }

  private static void part(Part part, List<Object> content) {
    if (part.text().isPresent()) {
      String text = part.text().get();
      content.add(part.thought().orElse(false) ? Map.of("type", "thinking", "text", text) : text);
    } else if (part.inlineData().isPresent()) {
      content.add(blob(part.inlineData().get()));
    } else if (part.fileData().isPresent()) {
      content.add(file(part.fileData().get()));
    } else if (part.executableCode().isPresent()) {
      content.add(Map.of("type", "code", "text", part.executableCode().get().code().orElse("")));
    } else if (part.codeExecutionResult().isPresent()) {
      String output = part.codeExecutionResult().get().output().orElse("");
      content.add(Map.of("type", "code_result", "text", output));
    }
  }

  private static Object blob(Blob blob) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "file");
    map.put("mime_type", blob.mimeType().orElse("application/octet-stream"));
    blob.data().ifPresent(bytes -> map.put("size", bytes.length));
    return map;
  }

  private static Object file(FileData file) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "file");
    file.mimeType().ifPresent(type -> map.put("mime_type", type));
    file.fileUri().ifPresent(uri -> map.put("url", uri));
    return map;
  }

  /** The tools that an answer asks for. */
  static List<Map<String, Object>> toolCalls(List<Part> parts) {
    List<Map<String, Object>> calls = new ArrayList<>();
    for (Part part : parts) {
      part.functionCall().ifPresent(call -> calls.add(toolCall(call)));
    }
    return calls;
  }

  private static Map<String, Object> toolCall(FunctionCall asked) {
    Map<String, Object> function = new LinkedHashMap<>();
    asked.name().ifPresent(name -> function.put("name", name));
    function.put("arguments", asked.args().orElse(Map.of()));
    Map<String, Object> call = new LinkedHashMap<>();
    asked.id().ifPresent(id -> call.put("id", id));
    call.put("type", "function");
    call.put("function", function);
    return call;
  }

  private static Map<String, Object> tool(FunctionResponse response) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "tool");
    response.id().ifPresent(id -> message.put("tool_call_id", id));
    response.name().ifPresent(name -> message.put("name", name));
    message.put("content", response.response().orElse(Map.of()));
    return message;
  }
}
