package io.onlooker.server.web;

import io.onlooker.store.Session;

/**
 * How a session ended, as a glyph, a word and, only where something is wrong, a colour.
 *
 * @param cssClass empty for an outcome without colour
 */
record Outcome(String glyph, String word, String cssClass, String explanation) {

  static Outcome of(Session.Status status) {
    return switch (status) {
      case COMPLETED -> new Outcome("", "done", "", "It ended well");
      case RECOVERED ->
          new Outcome("△", "recovered", "warn", "It ended well, but a step inside failed");
      case FAILED -> new Outcome("✕", "failed", "bad", "It failed");
      case RUNNING -> new Outcome("●", "running", "live", "It has not ended yet");
      case CANCELLED -> new Outcome("⊘", "cancelled", "", "It was cancelled");
      case LOST -> new Outcome("?", "lost", "", "It never ended, and no news for ten minutes");
    };
  }
}
