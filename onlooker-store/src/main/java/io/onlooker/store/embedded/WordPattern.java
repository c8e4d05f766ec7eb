package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must stand in a list of {@link Words} for one of their texts to match: each run of letters
 * and digits, as a whole word where the pattern tells both of its ends, else as part of one.
 */
final class WordPattern {

  /** More say no more. */
  private static final int MOST = 64;

  private final List<byte[]> parts = new ArrayList<>();

  /** Whether what the text begins or ends with is told. */
  private boolean beginsText;

  private boolean endsText;

  private WordPattern() {}

  /** Bytes that stand in the list, line breaks and all, if a text matches; perhaps none. */
  static List<byte[]> of(Filter.Pattern pattern) {
    WordPattern made = new WordPattern();
    WordRuns runs = new WordRuns(made::take);
    int last = pattern.pieces().size() - 1;
    for (int i = 0; i <= last; i++) {
      made.beginsText = i == 0;
      made.endsText = i == last;
      runs.split(pattern.pieces().get(i));
    }
    return made.parts;
  }

  private void take(byte[] run, int length, boolean continuous, boolean atStart, boolean atEnd) {
    if (continuous) {
      Words.pairs(run, length, (bytes, from, size) -> add(false, bytes, from, size, false));
      return;
    }
    boolean begins = !atStart || beginsText;
    boolean ends = !atEnd || endsText;
    if (length <= Words.OVERLAP) {
      add(begins, run, 0, length, ends);
      return;
    }
    int last = length - Words.OVERLAP;
    for (int from = 0; from < last; from += Words.OVERLAP) {
      add(begins && from == 0, run, from, Words.OVERLAP, false);
    }
    add(false, run, last, Words.OVERLAP, ends);
  }

  private void add(boolean begins, byte[] run, int from, int length, boolean ends) {
    if (parts.size() == MOST) {
      return;
    }
    byte[] part = new byte[length + (begins ? 1 : 0) + (ends ? 1 : 0)];
    Arrays.fill(part, Words.BREAK);
    System.arraycopy(run, from, part, begins ? 1 : 0, length);
    parts.add(part);
  }
}
