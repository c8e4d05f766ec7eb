package io.onlooker;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs code that may fail without failing the application: the first failure of each kind is logged
 * loudly, the rest quietly. Safe for many threads.
 *
 * <p>Errors too, want of memory among them: a thread of ours that ended by one would be missing
 * when there is memory again.
 */
final class Guard {

  private static final System.Logger LOGGER = System.getLogger("io.onlooker");

  /** Kinds are few and fixed; the bound only keeps a mistake from growing without end. */
  private static final int KINDS = 200;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final boolean debug;

  /**
   * @param debug whether every failure is logged loudly, not only the first of its kind
   */
  Guard(boolean debug) {
    this.debug = debug;
  }

  /**
   * Runs the work.
   *
   * @return whether it ended without a failure
   */
  boolean run(String kind, Runnable work) {
    try {
      work.run();
      return true;
    } catch (Exception | Error e) {
      failed(kind, e);
      return false;
    }
  }

  void failed(String kind, Throwable cause) {
    LOGGER.log(levelOf(kind), () -> "Onlooker: " + kind + " failed", cause);
  }

  void warn(String text) {
    LOGGER.log(levelOf(text), text);
  }

  private Level levelOf(String kind) {
    return debug || (seen.size() < KINDS && seen.add(kind)) ? Level.WARNING : Level.DEBUG;
  }
}
