package io.onlooker.springai;

import io.onlooker.instrument.Content;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

/** Messages as maps, in the words of chat completions; without the bytes of images and files. */
final class Messages {

  private Messages() {}

  static List<Map<String, Object>> of(List<Message> messages) {
    List<Map<String, Object>> all = new ArrayList<>(messages.size());
    for (Message message : messages) {
      if (message instanceof ToolResponseMessage results) {
        results.getResponses().forEach(result -> all.add(result(result)));
      } else {
        all.add(of(message));
      }
    }
    return all;
  }

  static Map<String, Object> of(Message message) {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "role", message.getMessageType().getValue().toLowerCase(Locale.ROOT));
    if (message instanceof UserMessage user) {
      put(map, "content", content(user.getText(), user.getMedia()));
    } else if (message instanceof AssistantMessage answer) {
      put(map, "content", content(answer.getText(), answer.getMedia()));
      put(map, "tool_calls", answer.hasToolCalls() ? toolCalls(answer) : null);
    } else {
      put(map, "content", message.getText());
    }
    return map;
  }

  private static Map<String, Object> result(ToolResponseMessage.ToolResponse result) {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "role", "tool");
    put(map, "tool_call_id", result.id());
    put(map, "name", result.name());
    put(map, "content", result.responseData());
    return map;
  }

  /** The tools that an answer asks for. */
  static List<Map<String, Object>> toolCalls(AssistantMessage answer) {
    List<Map<String, Object>> calls = new ArrayList<>();
    for (AssistantMessage.ToolCall asked : answer.getToolCalls()) {
      Map<String, Object> function = new LinkedHashMap<>();
      put(function, "name", asked.name());
      put(function, "arguments", asked.arguments());
      Map<String, Object> call = new LinkedHashMap<>();
      put(call, "id", asked.id());
      put(call, "type", "function");
      put(call, "function", function);
      calls.add(call);
    }
    return calls;
  }

  /** A text, or a text with what is beside it; null for nothing. */
  static @Nullable Object content(@Nullable String text, List<Media> media) {
    String said = text == null || text.isEmpty() ? null : text;
    if (media.isEmpty()) {
      return said;
    }
    List<Map<String, Object>> parts = new ArrayList<>();
    if (said != null) {
      parts.add(Map.of("type", "text", "text", said));
    }
    media.forEach(medium -> parts.add(part(medium)));
    return parts;
  }

  private static Map<String, Object> part(Media medium) {
    Map<String, Object> part = new LinkedHashMap<>();
    put(part, "type", medium.getMimeType().getType());
    put(part, "mime_type", medium.getMimeType().toString());
    Object data = medium.getData();
    boolean refers =
        data instanceof URI || (data instanceof String text && text.startsWith("http"));
    if (refers) {
      put(part, "url", data.toString());
    } else {
      put(part, "data", Content.withoutBlobs(data));
    }
    return part;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
