package io.onlooker.redact;

import java.util.Arrays;

/** A set of code points, as one character or class of a pattern stands for. Immutable. */
final class CharSet {

  static final CharSet DIGIT = of('0', '9');
  static final CharSet WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CharSet SPACE = of('\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x2028, 0x2029, 0x3000, 0x3000);
  static final CharSet ANY_BUT_LINE_END = of(0, '\n' - 1, '\n' + 1, Character.MAX_CODE_POINT);

  /** From, to, from, to: in order, apart from each other. */
  private final int[] ranges;

  private final boolean[] ascii = new boolean[128];

  private CharSet(int[] ranges) {
    this.ranges = ranges;
    for (int c = 0; c < 128; c++) {
      ascii[c] = search(c);
    }
  }

  /** The code points of the ranges, given as from, to, from, to, in any order. */
  static CharSet of(int... ranges) {
    return new CharSet(merge(ranges));
  }

  boolean contains(int codePoint) {
    return codePoint < 128 ? ascii[codePoint] : search(codePoint);
  }

  CharSet with(CharSet other) {
    int[] all = Arrays.copyOf(ranges, ranges.length + other.ranges.length);
    System.arraycopy(other.ranges, 0, all, ranges.length, other.ranges.length);
    return of(all);
  }

  CharSet negated() {
    int[] rest = new int[ranges.length + 2];
    int from = 0;
    int count = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      if (ranges[i] > from) {
        rest[count++] = from;
        rest[count++] = ranges[i] - 1;
      }
      from = ranges[i + 1] + 1;
    }
    if (from <= Character.MAX_CODE_POINT) {
      rest[count++] = from;
      rest[count++] = Character.MAX_CODE_POINT;
    }
    return new CharSet(Arrays.copyOf(rest, count));
  }

  /** This set with the other case of every ASCII letter, and of a single character. */
  CharSet ignoringCase() {
    CharSet set = this;
    for (char c = 'a'; c <= 'z'; c++) {
      char upper = Character.toUpperCase(c);
      if (contains(c) != contains(upper)) {
        set = set.with(of(c, c, upper, upper));
      }
    }
    if (single() >= 0) {
      int lower = Character.toLowerCase(single());
      int upper = Character.toUpperCase(single());
      set = set.with(of(lower, lower, upper, upper));
    }
    return set;
  }

  /** The only code point of the set, or -1 when there are more. */
  int single() {
    return ranges.length == 2 && ranges[0] == ranges[1] ? ranges[0] : -1;
  }

  private boolean search(int codePoint) {
    int low = 0;
    int high = ranges.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (codePoint < ranges[middle * 2]) {
        high = middle - 1;
      } else if (codePoint > ranges[middle * 2 + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static int[] merge(int[] ranges) {
    int[][] sorted = new int[ranges.length / 2][];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = new int[] {ranges[i * 2], ranges[i * 2 + 1]};
    }
    Arrays.sort(sorted, (a, b) -> Integer.compare(a[0], b[0]));
    int[] merged = new int[ranges.length];
    int count = 0;
    for (int[] range : sorted) {
      if (count > 0 && range[0] <= merged[count - 1] + 1) {
        merged[count - 1] = Math.max(merged[count - 1], range[1]);
      } else {
        merged[count++] = range[0];
        merged[count++] = range[1];
      }
    }
    return Arrays.copyOf(merged, count);
  }
}
