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
    add(what + " on " + thread(Thread.currentThread().getName().replaceAll("[0-9]+", "#")));
  }

  /**
   * A future's callback runs on whichever of these ends last: where the response came, where the
   * request was prepared, or where the client waited. Which one it is varies without us too.
   */
  private static String thread(String name) {
    boolean clients =
        name.startsWith("OkHttp ")
            || name.startsWith("ForkJoinPool.commonPool")
            || name.equals("DefaultSleeper");
    return clients ? "a thread of the client's" : name;
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
