package io.onlooker.server.web;

import io.onlooker.store.span.Message;
import java.util.ArrayList;
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

  /**
   * Messages to read.
   *
   * @param first the place of the first one among all of the same side
   * @param source of that side: {@code in} or {@code out}
   */
  static List<MessageView> of(List<Message> messages, int first, TextSource source, ReadAs as) {
    List<MessageView> views = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String role = message.role().name().toLowerCase(Locale.ROOT);
      List<PartView> parts = new ArrayList<>();
      for (int j = 0; j < message.parts().size(); j++) {
        TextSource part = source.part(source.part() + "." + (first + i) + "." + j);
        parts.add(part(message.parts().get(j), part, as));
      }
      views.add(new MessageView(role, parts));
    }
    return views;
  }

  int weight() {
    return parts.stream()
        .mapToInt(part -> part.passage() == null ? 0 : part.passage().weight())
        .sum();
  }

  private static PartView part(Message.Part part, TextSource source, ReadAs as) {
    return switch (part) {
      case Message.Text(String text) -> new PartView("", "", said(text, source, as));
      case Message.Reasoning(String text) -> new PartView("thought", "", said(text, source, as));
      case Message.ToolCall(_, String name, String arguments) ->
          new PartView("calls", name, arguments.isBlank() ? null : Passage.data(arguments, source));
      case Message.ToolResult(_, String name, String result) ->
          new PartView("result", name == null ? "" : name, Passage.data(result, source));
      case Message.Media(String type, String content) ->
          new PartView(type, "", Passage.data(content, source));
    };
  }

  private static Passage said(String text, TextSource source, ReadAs as) {
    return as == ReadAs.READ ? Passage.prose(text, source) : Passage.text(text, source);
  }
}
