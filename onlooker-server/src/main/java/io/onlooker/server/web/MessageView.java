package io.onlooker.server.web;

import io.onlooker.store.span.Message;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message to read.
 *
 * @param role {@code user}, {@code assistant} …
 */
record MessageView(String role, List<PartView> parts) {

  /**
   * A piece of a message.
   *
   * @param label what it is when it is not simply said, or empty
   * @param name of the tool that is called or answers, or empty
   */
  record PartView(String label, String name, @Nullable Passage passage) {}

  static MessageView of(Message message) {
    return new MessageView(
        message.role().name().toLowerCase(Locale.ROOT),
        message.parts().stream().map(MessageView::part).toList());
  }

  static List<MessageView> of(List<Message> messages) {
    return messages.stream().map(MessageView::of).toList();
  }

  int weight() {
    return parts.stream()
        .mapToInt(part -> part.passage() == null ? 0 : part.passage().weight())
        .sum();
  }

  private static PartView part(Message.Part part) {
    return switch (part) {
      case Message.Text(String text) -> new PartView("", "", Passage.prose(text));
      case Message.Reasoning(String text) -> new PartView("thought", "", Passage.prose(text));
      case Message.ToolCall(_, String name, String arguments) ->
          new PartView("calls", name, arguments.isBlank() ? null : Passage.data(arguments));
      case Message.ToolResult(_, String name, String result) ->
          new PartView("result", name == null ? "" : name, Passage.data(result));
      case Message.Media(String type, String content) ->
          new PartView(type, "", Passage.data(content));
    };
  }
}
