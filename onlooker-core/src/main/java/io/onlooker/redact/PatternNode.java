package io.onlooker.redact;

import java.util.List;

/** A part of a pattern, as it was read. */
sealed interface PatternNode {

  /** One character of the set. */
  record One(CharSet set) implements PatternNode {}

  /** All parts, one behind the other. */
  record Sequence(List<PatternNode> parts) implements PatternNode {}

  /** Any one of the parts. */
  record Choice(List<PatternNode> parts) implements PatternNode {}

  /**
   * The part several times.
   *
   * @param most how often at most, or {@link #UNBOUNDED}
   * @param position where the pattern says so
   */
  record Repeat(PatternNode part, int fewest, int most, int position) implements PatternNode {

    static final int UNBOUNDED = -1;
  }

  /** A place that takes no character. */
  record At(Place place) implements PatternNode {}

  /** The places a pattern can name. */
  enum Place {
    START,
    END,
    WORD_BORDER,
    NO_WORD_BORDER
  }
}
