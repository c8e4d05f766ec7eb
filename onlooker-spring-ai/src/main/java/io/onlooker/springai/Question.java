package io.onlooker.springai;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import io.onlooker.session.AgentCall;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

/** What a request to a chat client says about the call. */
final class Question {

  /** The parameter under which the application says more. */
  static final String SAID = "io.onlooker.call";

  private Question() {}

  /** What the memory says of the call, and the application in front of that. */
  @SuppressWarnings("unchecked") // put there by OnlookerSpringAi
  static AgentCall of(ChatClientRequest request) {
    Object conversation = request.context().get(ChatMemory.CONVERSATION_ID);
    AgentCall call =
        AgentCall.of(text(request.prompt().getInstructions()))
            .conversationId(conversation == null ? null : conversation.toString());
    AgentCall[] all = {call};
    if (request.context().get(SAID) instanceof UnaryOperator<?> say) {
      Onlooker.current()
          .guarded(
              "what is said about a call",
              () -> all[0] = requireNonNull(((UnaryOperator<AgentCall>) say).apply(call)));
    }
    return all[0];
  }

  /** What the system is told, or null. */
  static @Nullable String instructions(ChatClientRequest request) {
    String text =
        request.prompt().getSystemMessages().stream()
            .map(Message::getText)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"));
    return text.isEmpty() ? null : text;
  }

  /** What the user said last. */
  private static @Nullable Object text(List<Message> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i) instanceof UserMessage user) {
        return Messages.content(user.getText(), user.getMedia());
      }
    }
    return null;
  }
}
