package io.onlooker.server.web;

import io.onlooker.server.read.Step;
import io.onlooker.store.span.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a step by name: {@code input} and {@code output} are what a person would say went in
 * and came out, {@code in.3.0} is the first part of the fourth message of the input, {@code
 * out.0.0} of the answer.
 */
final class StepText {

  private static final Pattern MESSAGE = Pattern.compile("(in|out)\\.(\\d{1,6})\\.(\\d{1,6})");

  private StepText() {}

  /** The text with this name, or null when the step has none. */
  static @Nullable String of(Step step, String part) {
    Matcher message = MESSAGE.matcher(part);
    if (message.matches()) {
      List<Message> messages =
          message.group(1).equals("in") ? step.inputMessages() : step.outputMessages();
      return of(messages, Integer.parseInt(message.group(2)), Integer.parseInt(message.group(3)));
    }
    return switch (part) {
      case "input" -> step.input();
      case "output" -> step.output();
      default -> null;
    };
  }

  private static @Nullable String of(List<Message> messages, int message, int part) {
    if (message >= messages.size() || part >= messages.get(message).parts().size()) {
      return null;
    }
    return switch (messages.get(message).parts().get(part)) {
      case Message.Text(String text) -> text;
      case Message.Reasoning(String text) -> text;
      case Message.ToolCall(_, _, String arguments) -> arguments;
      case Message.ToolResult(_, _, String result) -> result;
      case Message.Media(_, String content) -> content;
    };
  }
}
