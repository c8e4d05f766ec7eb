package io.onlooker.store.embedded;

/**
 * Asks for a collection of the heap right after a seal, when what was sealed is garbage and hardly
 * anything else is there: it is then over in a fraction of the time that it takes at the heap's
 * end, which a collector that only stops the world would fill before it looks for what is old.
 *
 * <p>Off unless the system property {@code onlooker.collectAfterMegabytes} says how much garbage is
 * worth it: only who chose the collector can know that.
 */
final class Garbage {

  private static final long WORTH = Long.getLong("onlooker.collectAfterMegabytes", 0) << 20;

  /** With a small heap the collector comes by itself before that much is there. */
  private static final int HEAP_SHARE = 3;

  private final Runtime runtime = Runtime.getRuntime();
  private long left = used();

  /** Called by one thread at a time, after a seal. */
  @SuppressWarnings("SystemGc") // What a launcher asks for.
  void collectIfMuch() {
    long worth = Math.min(WORTH, runtime.maxMemory() / HEAP_SHARE);
    if (worth > 0 && used() - left >= worth) {
      System.gc();
      left = used();
    }
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
