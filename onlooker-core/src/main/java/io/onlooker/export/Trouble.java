package io.onlooker.export;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says the first thing that goes wrong loudly and the rest quietly. Safe for many threads. */
final class Trouble {

  private static final Logger LOG = System.getLogger("io.onlooker");

  private final AtomicBoolean said = new AtomicBoolean();

  /** A failure; the advice says what to do about it. */
  void failed(String what, String advice) {
    if (said.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, what + ". " + advice + " Later failures are logged as DEBUG.");
    } else {
      LOG.log(Level.DEBUG, what);
    }
  }

  /** Something a person must know whenever it happens. */
  static void warn(String what) {
    LOG.log(Level.WARNING, what);
  }
}
