package io.onlooker.server.web;

import io.onlooker.store.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said between one person and an agent.
 *
 * @param here the turn that the address names, or 0
 * @param costs what each turn cost
 * @param contexts how many tokens the last model call of each turn was sent
 * @param more how many turns are not shown, as a sentence, or empty
 */
record ConversationView(
    Frame frame,
    String id,
    @Nullable String user,
    @Nullable String userLink,
    List<Turn> turns,
    int here,
    Turns costs,
    Turns contexts,
    long failed,
    String tokens,
    Session.Cost cost,
    String span,
    String more) {

  String turnLink(int number) {
    return frame.links().conversation(id) + "?turn=" + number + "#turn-" + number;
  }

  /**
   * One session of the conversation.
   *
   * @param tools the tool calls in between, in a line, or empty
   * @param context how full the context of its last model call was, or null
   * @param clock what speaks against its time, as a sentence, or empty
   */
  record Turn(
      int number,
      SessionRow row,
      @Nullable Passage input,
      @Nullable Passage answer,
      String tools,
      @Nullable Context context,
      String clock) {

    /** {@code 78 % of 128k}, {@code 12.3k tokens} where the window is not known, or empty. */
    String contextText() {
      return context == null ? "" : context.text();
    }

    @Nullable Double contextTokens() {
      return context == null ? null : (Double) (double) context.tokens();
    }
  }

  /**
   * What a model call was sent.
   *
   * @param window how many tokens the model takes, or null when that is not known
   */
  record Context(long tokens, @Nullable Long window) {

    String text() {
      Long whole = window;
      return whole == null
          ? Show.tokens(tokens) + " tokens"
          : Show.share((double) tokens / whole) + " of " + Show.tokens(whole);
    }
  }
}
