package io.onlooker.server.web;

/**
 * Makes visible what a reader cannot see: control characters, direction changes, zero-width
 * characters and lone halves of a character.
 *
 * <p>Without it a text could reorder what stands beside it, or two names look the same.
 */
final class Marks {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_VARIATION = 0xFE0F;

  private Marks() {}

  /** The text with each hidden character replaced by a mark: {@code ␛}, {@code ⟨U+202E⟩}. */
  static String show(String text) {
    int at = firstHidden(text);
    return at < 0 ? text : mark(text, at);
  }

  private static int firstHidden(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (hidden(text, i, c)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return -1;
  }

  private static String mark(String text, int from) {
    StringBuilder marked = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        i++;
        continue;
      }
      if (hidden(text, i, c)) {
        marked.append(markOf(c));
      } else {
        marked.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return marked.toString();
  }

  private static String markOf(int c) {
    if (c < 0x20) {
      return Character.toString(0x2400 + c);
    }
    return c == 0x7F ? "␡" : "⟨U+%04X⟩".formatted(c);
  }

  private static boolean hidden(String text, int at, int c) {
    if (c >= ' ' && c < 0x7F) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> !visibleFormat(c) && !joins(text, at, c);
      default -> blankLetter(c);
    };
  }

  /** Signs above Arabic and Syriac numbers: format characters by class, yet they are seen. */
  private static boolean visibleFormat(int c) {
    return (c >= 0x0600 && c <= 0x0605) || c == 0x06DD || c == 0x070F || c == 0x08E2;
  }

  /**
   * Joiners do their work within an emoji or a word of a script that joins; elsewhere they hide.
   */
  private static boolean joins(String text, int at, int c) {
    if ((c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER)
        || at == 0
        || at + 1 >= text.length()) {
      return false;
    }
    int before = text.codePointBefore(at);
    int after = text.codePointAt(at + 1);
    if (c == ZERO_WIDTH_JOINER && Character.isExtendedPictographic(after)) {
      return before == EMOJI_VARIATION
          || Character.isExtendedPictographic(before)
          || Character.isEmojiModifier(before);
    }
    return joiningScript(before) && joiningScript(after);
  }

  private static boolean joiningScript(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case ARABIC,
          SYRIAC,
          DEVANAGARI,
          BENGALI,
          GURMUKHI,
          GUJARATI,
          ORIYA,
          TAMIL,
          TELUGU,
          KANNADA,
          MALAYALAM,
          SINHALA ->
          true;
      default -> false;
    };
  }

  /**
   * Letters and selectors that take no ink: Hangul fillers, and the selectors that smuggle data.
   */
  private static boolean blankLetter(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
