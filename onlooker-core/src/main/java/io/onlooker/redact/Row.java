package io.onlooker.redact;

/**
 * Groups of digits, each joined to the next by a single blank, dot, dash or slash.
 *
 * <p>Reused from trigger to trigger. Ends before a group that a letter is attached to ({@code
 * 2nd}), for that is a word; the letter of an extension does no harm.
 */
final class Row {

  static final int BLANK = 1;
  static final int DOT = 2;
  static final int DASH = 4;
  static final int SLASH = 8;

  /** One more than any number has, to see that a row goes on. */
  private static final int MOST_GROUPS = 6;

  /** One more digit than any number has, to see that a group goes on. */
  static final int LONGEST_GROUP = 20;

  /** Fewer digits are no card and no resident number without anything between them. */
  private static final int LONG_GROUP = 13;

  private static final byte[] JOINTS = new byte[128];

  static {
    JOINTS[' '] = BLANK;
    JOINTS['.'] = DOT;
    JOINTS['-'] = DASH;
    JOINTS['/'] = SLASH;
  }

  private final int[] starts = new int[MOST_GROUPS];
  private final int[] ends = new int[MOST_GROUPS];
  private final int[] joints = new int[MOST_GROUPS];
  private int count;
  private String text = "";

  /** Reads the groups from the first digit of the first one on. */
  void read(Scan scan, int from) {
    text = scan.text;
    count = 0;
    int joint = Chars.isDigit(scan.at(from - 2)) ? joint(scan.at(from - 1)) : 0;
    int start = from;
    while (count < MOST_GROUPS) {
      int end = scan.digitsEnd(start);
      if (end == start || (scan.attachedAfter(end) && !extended(scan, end))) {
        return;
      }
      add(start, end, joint);
      joint = joint(scan.at(end));
      if (joint == 0) {
        return;
      }
      start = end + 1;
    }
  }

  /**
   * Whether a number of any kind may begin with these digits: a quick no for what most numbers are.
   *
   * <p>The group must be long, touch a bracket, or be joined to another one.
   */
  static boolean mayBegin(Scan scan, int start, int end) {
    char next = scan.at(end);
    if (next == '(' || next == ')' || end - start >= LONG_GROUP) {
      return true;
    }
    char behind = scan.at(end + 1);
    return joint(next) != 0 && (Chars.isDigit(behind) || behind == '(');
  }

  /**
   * Whether the row may be a number: of two groups the first begins with a zero or is long, or they
   * are those of a resident number.
   */
  boolean tells() {
    return count != 2 || digit(0, 0) == 0 || size(0) >= LONG_GROUP || size(1) == 7;
  }

  static int joint(char c) {
    return c < 128 ? JOINTS[c] : Chars.isBlank(c) ? BLANK : Chars.isDash(c) ? DASH : 0;
  }

  int count() {
    return count;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return ends[group];
  }

  int size(int group) {
    return ends[group] - starts[group];
  }

  /** What joins the group to the one before it; of the first one, to a digit before the row. */
  int joint(int group) {
    return joints[group];
  }

  /** Whether the groups from the given one on have these sizes. */
  boolean sized(int from, int... sizes) {
    if (from + sizes.length > count) {
      return false;
    }
    for (int i = 0; i < sizes.length; i++) {
      if (size(from + i) != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether every joint behind the first group, up to the last, is one of those given. */
  boolean joined(int first, int last, int allowed) {
    return (joints(first, last) & ~allowed) == 0;
  }

  /** All kinds of joints between the two groups. */
  int joints(int first, int last) {
    int used = 0;
    for (int i = first + 1; i <= last; i++) {
      used |= joints[i];
    }
    return used;
  }

  /** Whether the groups belong to a longer row, joined before or behind as they are themselves. */
  boolean continues(int first, int last) {
    int used = joints(first, last);
    int behind = last + 1 < count ? joints[last + 1] : 0;
    return ((joints[first] | behind) & used) != 0;
  }

  /** The digit at the index within the group. */
  int digit(int group, int index) {
    return Chars.digit(text.charAt(starts[group] + index));
  }

  /** The group as a number; groups of more than nine digits have none. */
  int value(int group) {
    int value = 0;
    for (int i = 0; i < size(group); i++) {
      value = value * 10 + digit(group, i);
    }
    return value;
  }

  /** {@code 303-555-0101x204}: an extension, which only phones have. */
  private static boolean extended(Scan scan, int end) {
    return (scan.at(end) == 'x' || scan.at(end) == 'X') && Chars.isDigit(scan.at(end + 1));
  }

  private void add(int start, int end, int joint) {
    starts[count] = start;
    ends[count] = end;
    joints[count++] = joint;
  }
}
