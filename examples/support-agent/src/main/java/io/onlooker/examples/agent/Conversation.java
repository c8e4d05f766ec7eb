package io.onlooker.examples.agent;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What was said so far.
 *
 * @param sessionId the page's name for it
 */
record Conversation(String sessionId, List<Message> messages) {

  /** As the page sends it: {@code message}, {@code sessionId}, {@code conversationHistory}. */
  static Conversation of(JsonNode chat) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : chat.path("conversationHistory")) {
      messages.add(
          new Message(turn.path("role").asString("user"), turn.path("content").asString("")));
    }
    messages.add(new Message("user", chat.path("message").asString("")));
    return new Conversation(chat.path("sessionId").asString(""), List.copyOf(messages));
  }

  Conversation with(String role, String content) {
    List<Message> longer = new ArrayList<>(messages);
    longer.add(new Message(role, content));
    return new Conversation(sessionId, List.copyOf(longer));
  }

  /** With what an agent is told first. */
  List<Message> after(String instructions) {
    List<Message> all = new ArrayList<>();
    all.add(new Message("system", instructions));
    all.addAll(messages);
    return all;
  }
}
