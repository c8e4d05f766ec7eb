package io.onlooker.redact;

/** Reads a class in square brackets, and the escapes that stand for a character or a class. */
final class PatternClass {

  private static final String ESCAPED = "tnrf";
  private static final String MEANT = "\t\n\r\f";

  private PatternClass() {}

  /** Reads from the opening bracket to behind the closing one. */
  static CharSet read(PatternParser parser) {
    int open = parser.position();
    parser.skip('[');
    boolean negated = parser.skip('^');
    CharSet set = CharSet.of();
    do {
      if (!parser.more()) {
        throw parser.wrong(open, "the class is not closed", "]");
      }
      set = set.with(member(parser));
    } while (!parser.skip(']'));
    return negated ? set.negated() : set;
  }

  /** A character, an escape, or a range of characters. */
  private static CharSet member(PatternParser parser) {
    int position = parser.position();
    CharSet from = end(parser, position);
    return parser.atRange() ? range(parser, position, from) : from;
  }

  private static CharSet range(PatternParser parser, int position, CharSet from) {
    parser.skip('-');
    CharSet to = end(parser, position);
    int low = from.single();
    int high = to.single();
    if (low < 0 || high < low) {
      throw parser.wrong(
          position, "a range that holds nothing", "the lower character first, or \\-");
    }
    return CharSet.of(low, high);
  }

  /** One end of a range, or what stands alone. */
  private static CharSet end(PatternParser parser, int position) {
    if (!parser.more()) {
      throw parser.wrong(position, "a range without an end", "a character, or \\-");
    }
    return parser.peek() == '\\' ? readEscape(parser) : single(parser.takeCodePoint());
  }

  /** Reads a backslash and what it stands for. */
  static CharSet readEscape(PatternParser parser) {
    int position = parser.position();
    parser.skip('\\');
    if (!parser.more()) {
      throw parser.wrong(position, "an escape of nothing", "\\\\ for the sign");
    }
    int name = parser.takeCodePoint();
    int simple = name < 128 ? ESCAPED.indexOf((char) name) : -1;
    if (simple >= 0) {
      return single(MEANT.charAt(simple));
    }
    return switch (name) {
      case 'd' -> CharSet.DIGIT;
      case 'D' -> CharSet.DIGIT.negated();
      case 'w' -> CharSet.WORD;
      case 'W' -> CharSet.WORD.negated();
      case 's' -> CharSet.SPACE;
      case 'S' -> CharSet.SPACE.negated();
      case 'u' -> single(parser.takeHex());
      default -> sign(parser, position, name);
    };
  }

  private static CharSet sign(PatternParser parser, int position, int name) {
    if (name < 128 && Chars.isLetterOrDigit((char) name)) {
      String problem =
          Chars.is((char) name, Chars.DIGIT) ? "a back-reference" : "an escape without a meaning";
      throw parser.wrong(
          position, problem, "\\d \\w \\s \\b and their capitals, \\t \\n \\r \\f \\uXXXX");
    }
    return single(name);
  }

  private static CharSet single(int codePoint) {
    return CharSet.of(codePoint, codePoint);
  }
}
