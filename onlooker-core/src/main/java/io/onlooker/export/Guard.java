package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;

/**
 * Runs our work inside somebody's application: a failure is counted and said, never thrown, not
 * even one for want of memory: the thread would be gone when there is some again.
 */
final class Guard {

  private final ExportMetrics metrics;
  private final Trouble trouble = new Trouble();

  Guard(ExportMetrics metrics) {
    this.metrics = metrics;
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
