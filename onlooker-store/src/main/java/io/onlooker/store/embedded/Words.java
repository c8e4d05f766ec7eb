package io.onlooker.store.embedded;

import java.util.Arrays;

/**
 * The different words of texts, each once, as lines of bytes that begin and end with a line break.
 * Where there are no spaces between words, every two characters that follow one another count as a
 * word. Long runs, as of Base64, are cut into pieces that overlap by half.
 */
final class Words {

  static final byte BREAK = '\n';

  /** Any part of a run that is not longer is within one word of the list. */
  static final int OVERLAP = 32;

  /** Longer lists say little for what they take: of such texts everything is said to be there. */
  private static final int MOST_BYTES = 8 << 20;

  /** A longer list than this is shorter than half of the texts, or is none. */
  private static final int SHORT = 256 << 10;

  private final int mostBytes;
  private final WordRuns runs = new WordRuns(this::take);
  private byte[] list = new byte[1 << 12];
  private int length = 1;

  /** Where in the list a word begins, at a place its hash tells; 0 for none. */
  private int[] slots = new int[1 << 10];

  private int words;
  private long added;
  private boolean tooMany;

  Words() {
    this(MOST_BYTES);
  }

  Words(int mostBytes) {
    this.mostBytes = mostBytes;
    list[0] = BREAK;
  }

  /** The lines; none at all, not even a break, when there are too many words. */
  byte[] list() {
    boolean saysLittle = tooMany || (length > SHORT && length > added / 2);
    return saysLittle ? new byte[0] : Arrays.copyOf(list, length);
  }

  void add(String text) {
    added += text.length();
    if (!tooMany) {
      runs.split(text);
    }
  }

  /** Adds what {@link #list} gave of other words. */
  void addList(byte[] other) {
    tooMany |= other.length == 0;
    added += 2L * other.length;
    int from = 1;
    for (int at = 1; at < other.length && !tooMany; at++) {
      if (other[at] == BREAK) {
        put(other, from, at - from);
        from = at + 1;
      }
    }
  }

  private void take(byte[] run, int size, boolean continuous, boolean atStart, boolean atEnd) {
    if (continuous) {
      pairs(run, size, this::put);
      return;
    }
    int from = 0;
    for (; size - from > 2 * OVERLAP; from += OVERLAP) {
      put(run, from, 2 * OVERLAP);
    }
    put(run, from, size - from);
  }

  /** A part of an array. */
  interface Part {
    void take(byte[] bytes, int from, int length);
  }

  /** Every two characters that follow one another; one alone as it is. */
  static void pairs(byte[] run, int size, Part pair) {
    int first = 0;
    int second = next(run, 0, size);
    if (second == size) {
      pair.take(run, 0, size);
    }
    while (second < size) {
      int end = next(run, second, size);
      pair.take(run, first, end - first);
      first = second;
      second = end;
    }
  }

  /** Where the next character begins. */
  private static int next(byte[] run, int from, int size) {
    int at = from + 1;
    while (at < size && (run[at] & 0xC0) == 0x80) {
      at++;
    }
    return at;
  }

  private void put(byte[] from, int at, int size) {
    int slot = hash(from, at, size) & (slots.length - 1);
    while (slots[slot] != 0) {
      if (isAt(slots[slot], from, at, size)) {
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    append(slot, from, at, size);
  }

  private boolean isAt(int known, byte[] from, int at, int size) {
    return known + size < length
        && list[known + size] == BREAK
        && Arrays.equals(list, known, known + size, from, at, at + size);
  }

  private void append(int slot, byte[] from, int at, int size) {
    if (tooMany || length + size + 1 > mostBytes) {
      tooMany = true;
      return;
    }
    if (length + size + 1 > list.length) {
      list = Arrays.copyOf(list, Math.max(list.length * 2, length + size + 1));
    }
    slots[slot] = length;
    System.arraycopy(from, at, list, length, size);
    length += size;
    list[length++] = BREAK;
    if (++words * 2 > slots.length) {
      moreSlots();
    }
  }

  private void moreSlots() {
    slots = new int[slots.length * 2];
    int from = 1;
    for (int at = 1; at < length; at++) {
      if (list[at] == BREAK) {
        int slot = hash(list, from, at - from) & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = from;
        from = at + 1;
      }
    }
  }

  private static int hash(byte[] bytes, int from, int size) {
    int hash = size;
    for (int i = from; i < from + size; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
