package io.onlooker.store.span;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One message to or from a model, whatever shape the client gave it. Immutable. */
public record Message(Role role, List<Part> parts) {

  public Message {
    requireNonNull(role, "role");
    parts = List.copyOf(parts);
  }

  static Message text(Role role, String text) {
    return new Message(role, List.of(new Text(text)));
  }

  /** Its text parts, one below the other; empty when it has none. */
  public String text() {
    return parts.stream()
        .map(part -> part instanceof Text(String text) ? text : "")
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL,
    OTHER
  }

  /** A piece of a message. */
  public sealed interface Part {}

  public record Text(String text) implements Part {}

  /** What a model thought before it answered. */
  public record Reasoning(String text) implements Part {}

  /**
   * A tool that a model wants called.
   *
   * @param id ties the result to the call, or null
   * @param arguments as text, usually JSON; empty when the client did not say
   */
  public record ToolCall(@Nullable String id, String name, String arguments) implements Part {}

  /**
   * What a tool gave back.
   *
   * @param name the tool's name, or null when only the call's id was sent
   * @param result as text, often JSON
   */
  public record ToolResult(@Nullable String id, @Nullable String name, String result)
      implements Part {}

  /**
   * An image, a file, or anything else.
   *
   * @param type the client's word for it ({@code image_url})
   * @param content as it was sent: an address, a data URI or JSON
   */
  public record Media(String type, String content) implements Part {}
}
