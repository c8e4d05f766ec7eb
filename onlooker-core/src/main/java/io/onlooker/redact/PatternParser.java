package io.onlooker.redact;

import io.onlooker.redact.PatternNode.At;
import io.onlooker.redact.PatternNode.Choice;
import io.onlooker.redact.PatternNode.One;
import io.onlooker.redact.PatternNode.Place;
import io.onlooker.redact.PatternNode.Repeat;
import io.onlooker.redact.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern.
 *
 * <pre>
 * pattern  = [ "(?i)" ] choice
 * choice   = sequence { "|" sequence }
 * sequence = { part [ "*" | "+" | "?" | "{" m [ "," [ n ] ] "}" ] }
 * part     = character | "." | class | escape | "^" | "$" | ( "(" | "(?:" ) choice ")"
 * class    = "[" [ "^" ] { member [ "-" member ] } "]"
 * escape   = "\" ( d D w W s S b B t n r f | "u" 4 hex digits | any sign )
 * </pre>
 *
 * <p>What cannot run in linear time is refused: back-references, look-around. So is what would mean
 * nothing, as the longest match counts: lazy and possessive repetition.
 */
final class PatternParser {

  static final int LONGEST = 500;
  private static final int DEEPEST = 50;
  private static final int MOST_TIMES = 1000;
  private static final String IGNORE_CASE = "(?i)";

  private final String pattern;
  private final boolean ignoreCase;
  private int at;
  private int depth;

  private PatternParser(String pattern) {
    this.pattern = pattern;
    this.ignoreCase = pattern.startsWith(IGNORE_CASE);
    this.at = ignoreCase ? IGNORE_CASE.length() : 0;
  }

  /**
   * Reads the whole pattern.
   *
   * @throws InvalidPatternException when it is too long, or not of the grammar
   */
  static PatternNode parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    if (pattern.length() > LONGEST) {
      throw parser.wrong(LONGEST, pattern.length() + " characters", LONGEST + " at most");
    }
    PatternNode node = parser.choice();
    if (parser.more()) {
      throw parser.wrong(parser.at, "a group closes that none opened", "\\)");
    }
    return node;
  }

  private PatternNode choice() {
    List<PatternNode> parts = new ArrayList<>();
    parts.add(sequence());
    while (skip('|')) {
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.get(0) : new Choice(List.copyOf(parts));
  }

  private PatternNode sequence() {
    List<PatternNode> parts = new ArrayList<>();
    while (more() && peek() != '|' && peek() != ')') {
      parts.add(repeated(part()));
    }
    return new Sequence(List.copyOf(parts));
  }

  private PatternNode repeated(PatternNode part) {
    int position = at;
    int[] times = times();
    if (times == null) {
      return part;
    }
    if (more() && "*+?{".indexOf(peek()) >= 0) {
      throw wrong(at, "repeated twice, or lazy or possessive", "one of * + ? {m,n}");
    }
    return new Repeat(part, times[0], times[1], position);
  }

  private int @Nullable [] times() {
    if (skip('*')) {
      return new int[] {0, Repeat.UNBOUNDED};
    }
    if (skip('+')) {
      return new int[] {1, Repeat.UNBOUNDED};
    }
    if (skip('?')) {
      return new int[] {0, 1};
    }
    return skip('{') ? counted() : null;
  }

  private int[] counted() {
    int position = at - 1;
    int fewest = number();
    int most = fewest;
    if (skip(',')) {
      most = more() && peek() == '}' ? Repeat.UNBOUNDED : number();
    }
    if (!skip('}') || (most >= 0 && most < fewest)) {
      throw wrong(position, "a count that is none", "{m}, {m,} or {m,n} with m <= n, or \\{");
    }
    return new int[] {fewest, most};
  }

  private int number() {
    int from = at;
    while (more() && Chars.is(peek(), Chars.DIGIT) && at - from < 5) {
      at++;
    }
    int number = from == at ? -1 : Integer.parseInt(pattern, from, at, 10);
    if (number < 0 || number > MOST_TIMES) {
      throw wrong(from, "a count that is none", "0 to " + MOST_TIMES + ", or \\{ for the sign");
    }
    return number;
  }

  private PatternNode part() {
    char c = peek();
    return switch (c) {
      case '(' -> group();
      case '[' -> one(PatternClass.read(this));
      case '\\' -> escape();
      case '.' -> take(new One(CharSet.ANY_BUT_LINE_END));
      case '^' -> take(new At(Place.START));
      case '$' -> take(new At(Place.END));
      case '*', '+', '?', '{' -> throw wrong(at, "nothing to repeat", "\\" + c + " for the sign");
      default -> one(CharSet.of(peekCodePoint(), takeCodePoint()));
    };
  }

  private PatternNode group() {
    int open = at++;
    if (skip('?') && !skip(':')) {
      throw wrong(
          open, "look-around, a flag or a named group", "( or (?: , and (?i) in front only");
    }
    if (++depth > DEEPEST) {
      throw wrong(open, depth + " groups in each other", DEEPEST + " at most");
    }
    PatternNode inner = choice();
    depth--;
    if (!skip(')')) {
      throw wrong(open, "the group is not closed", ")");
    }
    return inner;
  }

  private PatternNode escape() {
    char name = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\0';
    if (name == 'b' || name == 'B') {
      at += 2;
      return new At(name == 'b' ? Place.WORD_BORDER : Place.NO_WORD_BORDER);
    }
    return one(PatternClass.readEscape(this));
  }

  private PatternNode one(CharSet set) {
    return new One(ignoreCase ? set.ignoringCase() : set);
  }

  private PatternNode take(PatternNode node) {
    at++;
    return node;
  }

  boolean more() {
    return at < pattern.length();
  }

  char peek() {
    return pattern.charAt(at);
  }

  boolean skip(char c) {
    boolean there = more() && peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  /** Whether a dash follows that joins two members of a class. */
  boolean atRange() {
    return more() && peek() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
  }

  int position() {
    return at;
  }

  int takeCodePoint() {
    int codePoint = peekCodePoint();
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private int peekCodePoint() {
    return pattern.codePointAt(at);
  }

  /** Four hex digits as a character. */
  int takeHex() {
    int from = at;
    while (at < from + 4 && more() && Chars.is(peek(), Chars.HEX)) {
      at++;
    }
    if (at < from + 4) {
      throw wrong(from, "an escape that is not complete", "four hex digits");
    }
    return Integer.parseInt(pattern, from, at, 16);
  }

  InvalidPatternException wrong(int position, String problem, String expected) {
    return new InvalidPatternException(pattern, position, problem, expected);
  }
}
