package io.onlooker.redact;

import io.onlooker.redact.PatternNode.Place;
import io.onlooker.redact.PatternProgram.Step;
import java.util.BitSet;

/** A pattern of the user's own, ready to be looked for. Immutable, safe for many threads. */
final class OwnPattern {

  final Step[] steps;

  /** Whether a match may begin with the ASCII character; all others may. */
  private final boolean[] first = new boolean[128];

  private OwnPattern(Step[] steps) {
    this.steps = steps;
    BitSet reachable = PatternProgram.reachable(steps);
    for (int i = 0; i < steps.length; i++) {
      if (reachable.get(i) && steps[i] instanceof Step.Take take) {
        for (int c = 0; c < 128; c++) {
          first[c] |= take.set().contains(c);
        }
      }
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidPatternException when it cannot be followed
   */
  static OwnPattern compile(String pattern) {
    return new OwnPattern(PatternProgram.of(pattern));
  }

  /** All matches: the first to start, and of these the longest, then on behind it. */
  Candidates find(String text, String kind, Budget budget) {
    return new PatternSearch(this, text, kind, budget).run();
  }

  boolean mayBegin(char c) {
    return c >= 128 || first[c];
  }

  static boolean isAt(Place place, String text, int at) {
    return switch (place) {
      case START -> at == 0;
      case END -> at == text.length();
      case WORD_BORDER -> isWord(text, at - 1) != isWord(text, at);
      case NO_WORD_BORDER -> isWord(text, at - 1) == isWord(text, at);
    };
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && CharSet.WORD.contains(text.charAt(at));
  }
}
