package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages on a span: what went into an agent, model or tool and what came out.
 *
 * <p>Clients send them as plain text, as JSON text in some ten shapes, or as lists; text that is no
 * message is one message with that text, so nothing is lost. Reads no more than one attribute each.
 */
public final class Messages {

  private static final List<String> INPUT =
      List.of(GenAi.INPUT_MESSAGES, "input", "gen_ai.agent.prompt", "mastra.agent_run.input");
  static final List<String> OUTPUT =
      List.of(GenAi.OUTPUT_MESSAGES, GenAi.RESPONSE_TEXT, "output", "mastra.agent_run.output");

  private Messages() {}

  /** What went into an agent or a model, oldest first; empty when the client did not say. */
  public static List<Message> input(SpanData span) {
    Attributes attributes = span.attributes();
    List<Message> messages = first(attributes, INPUT, Message.Role.USER);
    Object instructions = attributes.get(GenAi.SYSTEM_INSTRUCTIONS);
    if (instructions == null || has(messages, Message.Role.SYSTEM)) {
      return messages;
    }
    List<Message> all = new ArrayList<>(read(instructions, Message.Role.SYSTEM));
    all.addAll(messages);
    return List.copyOf(all);
  }

  /** Whether the client said what went into an agent or a model, instructions aside. */
  public static boolean hasInput(SpanData span) {
    return INPUT.stream().anyMatch(key -> says(span.attributes().get(key)));
  }

  /** Whether the client said what came out of an agent or a model. */
  public static boolean hasOutput(SpanData span) {
    Attributes attributes = span.attributes();
    return says(attributes.get(GenAi.RESPONSE_TOOL_CALLS))
        || OUTPUT.stream().anyMatch(key -> says(attributes.get(key)));
  }

  private static boolean says(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case String text -> !text.isBlank() && !text.equals("[]");
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** What came out of an agent or a model; empty when the client did not say. */
  public static List<Message> output(SpanData span) {
    List<Message> messages = first(span.attributes(), OUTPUT, Message.Role.ASSISTANT);
    Object calls = span.attributes().get(GenAi.RESPONSE_TOOL_CALLS);
    if (calls == null || asksForTool(messages)) {
      return messages;
    }
    List<Message> all = new ArrayList<>(messages);
    all.addAll(toolCalls(calls));
    return List.copyOf(all);
  }

  /** What a tool was called with, as it was sent; null when the client did not say. */
  public static @Nullable String toolInput(SpanData span) {
    return firstText(span.attributes(), GenAi.TOOL_CALL_ARGUMENTS, "input");
  }

  /** What a tool gave back, as it was sent; null when the client did not say. */
  public static @Nullable String toolOutput(SpanData span) {
    return firstText(span.attributes(), GenAi.TOOL_CALL_RESULT, "output");
  }

  /** What the person asked: the text of the last user message; null without one. */
  public static @Nullable String question(List<Message> input) {
    return lastText(input, Message.Role.USER);
  }

  /** What the model answered: the text of the last message of its own; null without one. */
  public static @Nullable String answer(List<Message> output) {
    return lastText(output, Message.Role.ASSISTANT);
  }

  /**
   * Reads the value of an attribute.
   *
   * @param role who speaks where the value does not say
   */
  public static List<Message> read(Object value, Message.Role role) {
    return new MessageReader(role).messages(value);
  }

  private static List<Message> first(Attributes attributes, List<String> keys, Message.Role role) {
    for (String key : keys) {
      Object value = attributes.get(key);
      List<Message> messages = value == null ? List.of() : read(value, role);
      if (!messages.isEmpty()) {
        return messages;
      }
    }
    return List.of();
  }

  private static List<Message> toolCalls(Object calls) {
    return read(calls, Message.Role.ASSISTANT).stream()
        .filter(message -> message.parts().stream().anyMatch(Message.ToolCall.class::isInstance))
        .toList();
  }

  private static boolean asksForTool(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .anyMatch(Message.ToolCall.class::isInstance);
  }

  private static boolean has(List<Message> messages, Message.Role role) {
    return messages.stream().anyMatch(message -> message.role() == role);
  }

  private static @Nullable String lastText(List<Message> messages, Message.Role role) {
    for (Message message : messages.reversed()) {
      String text = message.role() == role ? message.text() : "";
      if (!text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable String firstText(Attributes attributes, String... keys) {
    for (String key : keys) {
      Object value = attributes.get(key);
      if (value != null) {
        return value instanceof String text ? text : JsonTree.write(value);
      }
    }
    return null;
  }
}
