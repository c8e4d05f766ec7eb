package io.onlooker.server.web;

import io.onlooker.store.Session;
import org.jspecify.annotations.Nullable;

/**
 * One session.
 *
 * @param place in the list it was opened from
 * @param why what failed and where, or null when nothing did
 * @param input what the person asked, or null when nobody recorded it
 * @param answer what came out, or null
 * @param partial says that steps miss their parent, or null when none does
 * @param story shown when this is the view asked for, else null; so the next two
 */
record SessionView(
    Frame frame,
    SessionRow row,
    StepAsk ask,
    Place place,
    @Nullable Why why,
    @Nullable Passage input,
    @Nullable Passage answer,
    Tabs tabs,
    @Nullable Partial partial,
    @Nullable Story story,
    @Nullable Waterfall waterfall,
    @Nullable Raw raw) {

  /**
   * Why it failed.
   *
   * @param text the cause in the sender's words
   * @param step the name of the failing step, or null when it is the session itself
   * @param link opens that step
   * @param alike finds sessions that failed of the same
   */
  record Why(boolean failed, String text, @Nullable String step, String link, String alike) {}

  /**
   * What is not whole yet.
   *
   * @param link shows the steps that it speaks of
   */
  record Partial(String text, String link) {}

  /** What the views hold, so that one sees it before going there. */
  record Tabs(String view, String only, long all, long llm, long tools, long failed) {}

  boolean running() {
    return row.session().status() == Session.Status.RUNNING;
  }

  String traceLink() {
    return frame.links().trace(row.session().traceId());
  }

  @Nullable String conversationLink() {
    return row.conversationLink();
  }
}
