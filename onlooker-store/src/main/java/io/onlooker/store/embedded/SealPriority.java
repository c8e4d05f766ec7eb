package io.onlooker.store.embedded;

/**
 * Whether a seal may let everything else on the machine go first: while what waits comes in slowly
 * enough. Amounts are shares of what is usually sealed at once. Used by one thread at a time.
 */
final class SealPriority {

  /** How many times as long as a processor is busy with a seal the next one must be away. */
  static final int FAR = 3;

  /** What is in memory beyond this shows that the seal before took longer than it should. */
  static final double BEHIND = 1.25;

  private double processorNanos = Double.POSITIVE_INFINITY;

  /**
   * @param nanos in which so much came in
   */
  boolean isLow(double share, long nanos) {
    return share <= BEHIND && nanos >= FAR * share * processorNanos;
  }

  /** So much was sealed, which kept a processor busy for so many nanoseconds. */
  void sealed(double share, long nanos) {
    if (share >= Pace.TELLING) {
      processorNanos = nanos / share;
    }
  }
}
