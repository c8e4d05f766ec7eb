package io.onlooker.store.query;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that was meant. */
final class Spelling {

  private static final int LONGEST_WORD = 100;

  private Spelling() {}

  /**
   * The candidate with the fewest single-character edits to the word, a swap of neighbours being
   * one; null when every one differs in more than a third of the word.
   */
  static @Nullable String closest(String word, Collection<String> candidates) {
    String written = word.toLowerCase(Locale.ROOT);
    if (written.length() > LONGEST_WORD) {
      return null;
    }
    String closest = null;
    int fewest = Math.max(1, written.length() / 3) + 1;
    for (String candidate : candidates) {
      int edits = edits(written, candidate);
      if (edits < fewest) {
        closest = candidate;
        fewest = edits;
      }
    }
    return closest;
  }

  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, i, to, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int cheapest(int[][] edits, String from, int i, String to, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int least = edits[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
