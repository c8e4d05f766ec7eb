package io.onlooker.redact;

import java.util.Arrays;

/**
 * What finders found in one text, in order of the start, at the same start the longer first.
 *
 * <p>Finders report nearly in that order, so each one moves past few others: only an e-mail looks
 * far back, and what stands in its local part stands in no other's.
 */
final class Candidates {

  private static final int FIRST_CAPACITY = 8;

  private int[] starts = new int[0];
  private int[] ends = new int[0];
  private String[] kinds = new String[0];
  private int count;

  void add(String kind, int start, int end) {
    if (count == starts.length) {
      grow();
    }
    int at = count++;
    for (; at > 0 && precedes(start, end, at - 1); at--) {
      copy(at - 1, at);
    }
    set(at, kind, start, end);
  }

  /** How far the findings that start before the position reach; the position at least. */
  int reach(int position) {
    for (int i = count - 1; i >= 0; i--) {
      if (starts[i] < position) {
        return Math.max(position, ends[i]);
      }
    }
    return position;
  }

  /** What is in this list and in the other, in order. */
  Candidates merge(Candidates other) {
    Candidates merged = new Candidates();
    int next = 0;
    for (int i = 0; i < count; i++) {
      while (next < other.count && precedes(other.starts[next], other.ends[next], i)) {
        merged.append(other, next++);
      }
      merged.append(this, i);
    }
    while (next < other.count) {
      merged.append(other, next++);
    }
    return merged;
  }

  /** Takes back the last ones, as long as they start at the position or behind it. */
  void dropFrom(int position) {
    while (count > 0 && starts[count - 1] >= position) {
      count--;
    }
  }

  /** Keeps of overlapping ones the first to start, at the same start the longer. */
  void resolve() {
    int kept = 0;
    int reached = 0;
    for (int i = 0; i < count; i++) {
      if (starts[i] >= reached) {
        reached = ends[i];
        copy(i, kept++);
      }
    }
    count = kept;
  }

  int count() {
    return count;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  String kind(int index) {
    return kinds[index];
  }

  private boolean precedes(int start, int end, int index) {
    return start < starts[index] || (start == starts[index] && end > ends[index]);
  }

  private void append(Candidates other, int index) {
    add(other.kinds[index], other.starts[index], other.ends[index]);
  }

  private void copy(int from, int to) {
    set(to, kinds[from], starts[from], ends[from]);
  }

  private void set(int index, String kind, int start, int end) {
    kinds[index] = kind;
    starts[index] = start;
    ends[index] = end;
  }

  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, count * 2);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
  }
}
