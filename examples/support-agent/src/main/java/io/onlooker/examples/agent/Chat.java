package io.onlooker.examples.agent;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Answer;
import io.onlooker.examples.web.Request;
import java.io.IOException;

/** {@code POST /api/ai/chat}: a turn of a conversation, in the trace of the page. */
final class Chat {

  private final Onlooker onlooker;
  private final SupportAgent agent;

  Chat(Onlooker onlooker, SupportAgent agent) {
    this.onlooker = onlooker;
    this.agent = agent;
  }

  Answer answer(Request request) throws IOException {
    Conversation conversation = Conversation.of(request.json());
    try {
      return onlooker.<Answer, RuntimeException>continueTrace(
          request.headers(), () -> answer(conversation));
    } catch (ModelException e) {
      return Answer.error(500, "AI agent processing failed");
    }
  }

  private Answer answer(Conversation conversation) {
    onlooker.setConversationId(conversation.sessionId());
    return Answer.ok(agent.answer(conversation));
  }
}
