package io.onlooker.redact;

/**
 * How much work one item may cost, in characters read. Counted, not timed: a slow machine redacts
 * what a fast one does. Not thread-safe.
 */
final class Budget {

  private long left;
  private final long total;

  Budget(long total) {
    this.total = total;
    this.left = total;
  }

  static Budget unlimited() {
    return new Budget(Long.MAX_VALUE);
  }

  /**
   * Takes from what is left.
   *
   * @throws Exceeded when nothing is left
   */
  void spend(long work) {
    left -= work;
    if (left < 0) {
      throw new Exceeded(total);
    }
  }

  /** What was taken so far. */
  long spent() {
    return total - left;
  }

  /** Says that an item costs more than it may. */
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Exceeded(long total) {
      // No stack: thrown for hostile texts, possibly often.
      super(
          "redaction: more than " + total + " characters read (expected: less)",
          null,
          false,
          false);
    }
  }
}
