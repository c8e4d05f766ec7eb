package io.onlooker.store.embedded;

import java.util.Arrays;

/**
 * Between which starts the spans of every thousand rows lie, so that a read looks only where one
 * may be that it takes. Bounds only widen, so they may be read while rows are added.
 */
record StartBounds(long[] first, long[] last) {

  /** How many rows have bounds together. */
  static final int ROWS = 1024;

  static final StartBounds NONE = new StartBounds(new long[0], new long[0]);

  static int parts(int rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** With the start of one more row, or of another revision in it; these, unless they must grow. */
  StartBounds with(int row, long start) {
    int part = row / ROWS;
    StartBounds bounds = part < first.length ? this : grown(Math.max(16, 2 * part));
    bounds.first[part] = Math.min(bounds.first[part], start);
    bounds.last[part] = Math.max(bounds.last[part], start);
    return bounds;
  }

  private StartBounds grown(int parts) {
    StartBounds grown = new StartBounds(Arrays.copyOf(first, parts), Arrays.copyOf(last, parts));
    Arrays.fill(grown.first, first.length, parts, Long.MAX_VALUE);
    Arrays.fill(grown.last, last.length, parts, Long.MIN_VALUE);
    return grown;
  }

  boolean overlap(int part, Range range) {
    return last[part] >= range.fromNanos() && first[part] < range.toNanos();
  }
}
