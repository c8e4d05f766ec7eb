package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;

/**
 * Runs our work inside somebody's application: a failure is counted and said, never thrown, not
 * even one for want of memory: the thread would be gone when there is some again. Safe for many
 * threads.
 */
final class Guard {

  private final ExportMetrics metrics;
  private final Trouble trouble = new Trouble();
  private boolean closed;

  Guard(ExportMetrics metrics) {
    this.metrics = metrics;
  }

  /** Runs what an exporter was given, one thing at a time; what comes too late is counted. */
  synchronized void export(Runnable work) {
    if (closed) {
      metrics.countDropped(Drop.CLOSED, 1);
    } else {
      run(work);
    }
  }

  /** Runs what is to be done last and lets nothing in any more; false when that was done before. */
  synchronized boolean close(Runnable last) {
    if (closed) {
      return false;
    }
    run(last);
    closed = true;
    return true;
  }

  void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      metrics.countDropped(Drop.INVALID, 1);
      trouble.failed("an item could not be encoded: " + e, "It was dropped and counted.");
    }
  }
}
