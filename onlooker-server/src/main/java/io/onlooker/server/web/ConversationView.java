package io.onlooker.server.web;

import io.onlooker.store.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said between one person and an agent.
 *
 * @param more how many turns are not shown, as a sentence, or empty
 */
record ConversationView(
    Frame frame,
    String id,
    @Nullable String user,
    @Nullable String userLink,
    List<Turn> turns,
    long failed,
    String tokens,
    Session.Cost cost,
    String span,
    String more) {

  /**
   * One session of the conversation.
   *
   * @param tools the tool calls in between, in a line, or empty
   * @param clock what speaks against its time, as a sentence, or empty
   */
  record Turn(
      int number,
      SessionRow row,
      @Nullable Passage input,
      @Nullable Passage answer,
      String tools,
      String clock) {}
}
