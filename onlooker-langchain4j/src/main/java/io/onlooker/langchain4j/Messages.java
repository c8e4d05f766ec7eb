package io.onlooker.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as maps, in the words of chat completions; without the bytes of images and files. */
final class Messages {

  private Messages() {}

  static List<Map<String, Object>> of(List<ChatMessage> messages) {
    List<Map<String, Object>> all = new ArrayList<>(messages.size());
    messages.forEach(message -> all.add(of(message)));
    return all;
  }

  static Map<String, Object> of(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (message instanceof SystemMessage system) {
      put(map, "role", "system");
      put(map, "content", system.text());
    } else if (message instanceof UserMessage user) {
      put(map, "role", "user");
      put(map, "name", user.name());
      put(map, "content", user.hasSingleText() ? user.singleText() : content(user.contents()));
    } else if (message instanceof AiMessage answer) {
      put(map, "role", "assistant");
      put(map, "content", answer.text());
      put(map, "tool_calls", answer.hasToolExecutionRequests() ? toolCalls(answer) : null);
    } else if (message instanceof ToolExecutionResultMessage result) {
      put(map, "role", "tool");
      put(map, "tool_call_id", result.id());
      put(map, "name", result.toolName());
      put(map, "content", result.hasSingleText() ? result.text() : content(result.contents()));
    } else {
      put(map, "role", message.type().name().toLowerCase(Locale.ROOT));
      put(map, "content", message instanceof CustomMessage custom ? custom.attributes() : null);
    }
    return map;
  }

  /** The tools that an answer asks for. */
  static List<Map<String, Object>> toolCalls(AiMessage answer) {
    List<Map<String, Object>> calls = new ArrayList<>();
    for (ToolExecutionRequest request : answer.toolExecutionRequests()) {
      Map<String, Object> function = new LinkedHashMap<>();
      put(function, "name", request.name());
      put(function, "arguments", request.arguments());
      Map<String, Object> call = new LinkedHashMap<>();
      put(call, "id", request.id());
      put(call, "type", "function");
      put(call, "function", function);
      calls.add(call);
    }
    return calls;
  }

  static List<Map<String, Object>> content(List<Content> contents) {
    List<Map<String, Object>> parts = new ArrayList<>(contents.size());
    contents.forEach(content -> parts.add(part(content)));
    return parts;
  }

  private static Map<String, Object> part(Content content) {
    Map<String, Object> part = new LinkedHashMap<>();
    if (content instanceof TextContent text) {
      put(part, "type", "text");
      put(part, "text", text.text());
      return part;
    }
    put(part, "type", content.type().name().toLowerCase(Locale.ROOT));
    if (content instanceof ImageContent image) {
      Image of = image.image();
      data(part, of.url(), of.mimeType(), of.base64Data());
    } else if (content instanceof AudioContent audio) {
      Audio of = audio.audio();
      data(part, of.url(), of.mimeType(), of.base64Data());
    } else if (content instanceof PdfFileContent pdf) {
      data(part, pdf.pdfFile().url(), "application/pdf", pdf.pdfFile().base64Data());
    }
    return part;
  }

  private static void data(
      Map<String, Object> part,
      @Nullable Object url,
      @Nullable String mimeType,
      @Nullable String base64) {
    put(part, "url", url == null ? null : url.toString());
    if (base64 != null) {
      Map<String, Object> data = new LinkedHashMap<>();
      put(data, "mime_type", mimeType);
      put(data, "data", base64);
      put(part, "content", io.onlooker.instrument.Content.withoutBlobs(data));
    }
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
