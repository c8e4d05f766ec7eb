package io.onlooker.anthropic;

import java.util.ArrayList;
import java.util.List;

/** What a caller sees, in order. */
final class Seen {

  private final List<String> all = new ArrayList<>();
  private final Runnable release;

  /**
   * @param release lets the server end its answer
   */
  Seen(Runnable release) {
    this.release = release;
  }

  void release() {
    release.run();
  }

  synchronized void add(Object what) {
    all.add(String.valueOf(what));
  }

  /** With the thread that sees it. */
  void addHere(Object what) {
    add(what + " on " + Thread.currentThread().getName().replaceAll("[0-9]+", "#"));
  }

  synchronized List<String> all() {
    return List.copyOf(all);
  }

  /** An exception with its causes, by type and message. */
  static String failure(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      text.append(t.getClass().getName()).append(": ").append(t.getMessage()).append(" <- ");
    }
    return text.toString().replaceAll("127.0.0.1[:/][0-9:]+", "HOST");
  }
}
