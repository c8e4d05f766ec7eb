package io.onlooker.instrument;

/** Where a text that grew too long is cut. */
public final class Truncation {

  /** Nothing that is redacted by its shape is longer in one piece. */
  private static final int LONGEST_WORD = 1_024;

  private Truncation() {}

  /**
   * Takes the beginning of a word off the end: half an address would not be known as one.
   *
   * @return how many characters were taken off
   */
  public static int cutLastWord(StringBuilder text) {
    int least = Math.max(0, text.length() - LONGEST_WORD);
    int end = text.length();
    while (end > least && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int cut = text.length() - end;
    text.setLength(end);
    return cut;
  }
}
