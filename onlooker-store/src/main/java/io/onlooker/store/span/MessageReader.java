package io.onlooker.store.span;

import static java.util.Objects.requireNonNull;

import io.onlooker.store.span.Message.Part;
import io.onlooker.store.span.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from a value of any known shape:
 *
 * <ul>
 *   <li>plain text;
 *   <li>{@code [{role, content}]} with text or parts as content, {@code [{role, parts}]};
 *   <li>{@code {messages: […]}} as Mastra hands it to a model, {@code {text, toolCalls}} as it
 *       comes back;
 *   <li>parts without a message around them, OpenAI's response items, texts one per choice;
 *   <li>LangChain's {@code {type: "human", content}} and {@code {id: […, "AIMessage"], kwargs:
 *       {content}}}.
 * </ul>
 */
final class MessageReader {

  private final Role role;

  /** Parts in a row without a message around them belong to one. */
  private final List<Part> loose = new ArrayList<>();

  private final List<Message> messages = new ArrayList<>();

  MessageReader(Role role) {
    this.role = role;
  }

  List<Message> messages(Object value) {
    Object tree = value instanceof String text ? JsonTree.read(text) : value;
    read(tree == null ? value : tree);
    closeLoose();
    return List.copyOf(messages);
  }

  private void read(@Nullable Object tree) {
    switch (tree) {
      case null -> {}
      case List<?> list -> list.forEach(this::element);
      case Map<?, ?> map when map.get("messages") instanceof List<?> inner ->
          inner.forEach(this::element);
      case Map<?, ?> map -> element(map);
      case Object scalar -> loose.addAll(PartReader.text(scalar.toString()));
    }
  }

  private void element(@Nullable Object element) {
    switch (element) {
      case null -> {}
      case Map<?, ?> map when roleOf(map) != null -> message(requireNonNull(roleOf(map)), map);
      case Map<?, ?> map when map.get("kwargs") instanceof Map<?, ?> inner -> built(map, inner);
      case Map<?, ?> map -> loose.addAll(PartReader.part(map));
      case Object other -> loose.addAll(PartReader.parts(other));
    }
  }

  /** A message as LangChain writes its objects: the class says who speaks. */
  private void built(Map<?, ?> object, Map<?, ?> kwargs) {
    Object type = object.get("id") instanceof List<?> path && !path.isEmpty() ? path.getLast() : "";
    Role known = role(String.valueOf(type).replaceFirst("Message(?:Chunk)?$", ""), null);
    if (known == null) {
      element(kwargs);
    } else {
      message(known, kwargs);
    }
  }

  private void message(Role known, Map<?, ?> map) {
    closeLoose();
    List<Part> parts = new ArrayList<>();
    if (known == Role.TOOL && map.get("content") instanceof String result) {
      parts.add(PartReader.result(map, result));
    } else {
      parts.addAll(
          PartReader.parts(map.get("parts") == null ? map.get("content") : map.get("parts")));
    }
    parts.addAll(PartReader.parts(map.get("tool_calls")));
    messages.add(new Message(known, parts));
  }

  private void closeLoose() {
    if (!loose.isEmpty()) {
      messages.add(new Message(role, loose));
      loose.clear();
    }
  }

  /** Who speaks, or null when the map is not a message but a part of one. */
  private static @Nullable Role roleOf(Map<?, ?> map) {
    if (map.get("role") instanceof String role) {
      return role(role, Role.OTHER);
    }
    boolean spoken = map.containsKey("content") && map.get("type") instanceof String;
    return spoken ? role((String) map.get("type"), null) : null;
  }

  private static @Nullable Role role(@Nullable String word, @Nullable Role otherwise) {
    return switch (String.valueOf(word).toLowerCase(Locale.ROOT)) {
      case "system", "developer" -> Role.SYSTEM;
      case "user", "human" -> Role.USER;
      case "assistant", "ai", "model", "aimessagechunk" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      default -> otherwise;
    };
  }
}
