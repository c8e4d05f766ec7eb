package io.onlooker.redact;

/**
 * What counts as a letter, a digit, a dash or a blank.
 *
 * <p>Only ASCII letters and digits can be attached to a finding: Hangul and kana touch numbers and
 * addresses in ordinary sentences.
 */
final class Chars {

  static final int LOWER = 1;
  static final int UPPER = 2;
  static final int DIGIT = 4;

  /** Digits and a to f, in both cases. */
  static final int HEX = 8;

  /** The underscore. */
  static final int LOW_LINE = 16;

  /** The hyphen. */
  static final int HYPHEN = 32;

  /** The further characters of a bearer token: dot, tilde, plus, slash. */
  static final int BEARER = 64;

  /** The further characters of an e-mail's local part: dot, percent sign, plus. */
  static final int LOCAL = 128;

  static final int LETTER = LOWER | UPPER;
  static final int LETTER_OR_DIGIT = LETTER | DIGIT;

  /** Characters of base64url, which tokens are made of. */
  static final int TOKEN = LETTER_OR_DIGIT | LOW_LINE | HYPHEN;

  private static final char WIDE_ZERO = '\uFF10';
  private static final char WIDE_NINE = '\uFF19';
  private static final int[] SORTS = new int[128];

  static {
    mark('a', 'z', LOWER);
    mark('A', 'Z', UPPER);
    mark('0', '9', DIGIT | HEX);
    mark('a', 'f', HEX);
    mark('A', 'F', HEX);
    mark('_', '_', LOW_LINE);
    mark('-', '-', HYPHEN);
    mark('.', '.', BEARER | LOCAL);
    mark('~', '~', BEARER);
    mark('+', '+', BEARER | LOCAL);
    mark('/', '/', BEARER);
    mark('%', '%', LOCAL);
  }

  private Chars() {}

  /** Whether the character is of one of the sorts, given as a sum of the constants above. */
  static boolean is(char c, int sorts) {
    return c < 128 && (SORTS[c] & sorts) != 0;
  }

  static boolean isLetterOrDigit(char c) {
    return is(c, LETTER_OR_DIGIT);
  }

  /** Full-width digits count: people type them with an input method. */
  static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || isWideDigit(c);
  }

  static boolean isWideDigit(char c) {
    return c >= WIDE_ZERO && c <= WIDE_NINE;
  }

  /** The value of a digit, full-width or not. */
  static int digit(char c) {
    return c >= WIDE_ZERO ? c - WIDE_ZERO : c - '0';
  }

  static boolean isDash(char c) {
    return c == '-' || c == '\u2010' || c == '\u2011' || c == '\u2013' || c == '\uFF0D';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u202F';
  }

  private static void mark(char from, char to, int sort) {
    for (char c = from; c <= to; c++) {
      SORTS[c] |= sort;
    }
  }
}
