package io.onlooker;

import java.util.Arrays;

/** Pairs that are only ever added: key and value, where the key is a name or a {@link Fact}. */
final class FactLog {

  /** Twelve pairs: what a model call usually has. */
  static final int USUAL_LENGTH = 24;

  static final FactLog EMPTY = new FactLog();

  private Object[] pairs = new Object[8];
  private int length;

  void add(Object key, Object value) {
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, length * 2);
    }
    pairs[length] = key;
    pairs[length + 1] = value;
    length += 2;
  }

  int length() {
    return length;
  }

  /** A copy with room for what usually follows. */
  Object[] copy() {
    int room = length <= USUAL_LENGTH / 2 ? USUAL_LENGTH : length + USUAL_LENGTH / 2;
    return length == 0 ? new Object[USUAL_LENGTH] : Arrays.copyOf(pairs, room);
  }
}
