package io.onlooker.server.web;

import io.onlooker.store.issue.Issue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One issue.
 *
 * @param state its state as a word
 * @param example opens the failing step in its session, or null when no failure is known in this
 *     time
 * @param common what is far more frequent here than elsewhere
 * @param form what changing its state is sent with
 */
record IssueView(
    Frame frame,
    Ask ask,
    Issue issue,
    String text,
    String where,
    String state,
    Chart chart,
    List<Stack> stacks,
    @Nullable String example,
    String sessionsLink,
    Table hits,
    List<Common> common,
    String form) {

  /** Something that failures have in common. */
  record Common(String key, String value, String share) {}

  String firstSeen() {
    return Show.age(issue.seen().firstNanos(), frame.now());
  }

  String firstExactly() {
    return Show.exactTime(issue.seen().firstNanos());
  }

  String lastSeen() {
    return Show.age(issue.seen().lastNanos(), frame.now());
  }

  String lastExactly() {
    return Show.exactTime(issue.seen().lastNanos());
  }
}
