package io.onlooker.server.web;

import io.onlooker.store.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a list of sessions. */
record SessionRow(Session session, Frame frame, Map<String, String> list) {

  /** What is longer makes no address that a browser takes. */
  static final int LONGEST_ID = 1_000;

  String link() {
    return Links.with(frame.links().session(session.id()), list);
  }

  String started() {
    return frame.time(session.startNanos());
  }

  String startedExactly() {
    return Show.exactTime(session.startNanos());
  }

  Outcome outcome() {
    return Outcome.of(session.status());
  }

  boolean failed() {
    return session.status() == Session.Status.FAILED;
  }

  String agent() {
    return session.agentName() == null ? session.name() : session.agentName();
  }

  String input() {
    return session.texts().input() == null ? "" : session.texts().input();
  }

  /** Why it failed, else the beginning of the answer. */
  String answer() {
    Session.Texts texts = session.texts();
    String text =
        failed() && texts.failureReason() != null ? texts.failureReason() : texts.output();
    return text == null ? "" : text;
  }

  @Nullable String userLink() {
    String user = session.userId();
    return user == null || user.length() > LONGEST_ID
        ? null
        : frame.links().sessionsWith("user.id", user);
  }

  @Nullable String conversationLink() {
    String conversation = session.conversationId();
    return conversation == null || conversation.length() > LONGEST_ID
        ? null
        : frame.links().conversation(conversation);
  }

  String tokens() {
    return Show.tokens(session.usage().inputTokens(), session.usage().outputTokens());
  }

  String exactTokens() {
    Session.Usage usage = session.usage();
    return usage.inputTokens() == null && usage.outputTokens() == null
        ? "No step said how many tokens it used"
        : usage.inputTokens() + " in, " + usage.outputTokens() + " out";
  }

  String cost() {
    return Show.cost(session.cost());
  }

  String exactCost() {
    return Show.exactCost(session.cost());
  }

  String duration() {
    return Show.duration(session.startNanos(), session.endNanos(), frame.now());
  }

  String exactDuration() {
    return session.durationMillis() + " ms";
  }
}
