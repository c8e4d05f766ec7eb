package io.onlooker.store.query;

import io.onlooker.store.query.AggregateFilter.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the words of a query from left to right, and holds it to its limits. */
final class QueryReader {

  static final int MAX_CHARACTERS = 10_000;
  static final int MAX_WILDCARDS = 20;
  static final int MAX_TERMS = 1_000;
  static final int MAX_DEPTH = 100;

  private static final char END = '\uFFFF';

  private final String text;
  private int position;
  private int terms;
  private int depth;

  QueryReader(String text) {
    this.text = text;
    if (text.length() > MAX_CHARACTERS) {
      throw failure(
          "query: " + text.length() + " characters (expected: at most " + MAX_CHARACTERS + ")",
          MAX_CHARACTERS);
    }
  }

  int position() {
    return position;
  }

  void back(int earlier) {
    position = earlier;
  }

  String textFrom(int start) {
    return text.substring(start, position);
  }

  boolean ended() {
    return position == text.length();
  }

  /** The next character, or one that no query has a use for. */
  char peek() {
    return ended() ? END : text.charAt(position);
  }

  boolean sees(char expected) {
    return !ended() && text.charAt(position) == expected;
  }

  boolean sees(String expected) {
    return text.startsWith(expected, position);
  }

  boolean take(char expected) {
    if (!sees(expected)) {
      return false;
    }
    position++;
    return true;
  }

  boolean take(String expected) {
    if (!sees(expected)) {
      return false;
    }
    position += expected.length();
    return true;
  }

  void skipSpaces() {
    while (!ended() && isSpace(text.charAt(position))) {
      position++;
    }
  }

  /** Whether this keyword comes next, in any case, as a word of its own. */
  boolean seesWord(String keyword) {
    return text.regionMatches(true, position, keyword, 0, keyword.length())
        && isBoundary(position + keyword.length());
  }

  /** Whether this keyword comes next just as it is written here, as a word of its own. */
  boolean seesCapitals(String keyword) {
    return sees(keyword) && isBoundary(position + keyword.length());
  }

  boolean takeWord(String keyword) {
    if (!seesWord(keyword)) {
      return false;
    }
    position += keyword.length();
    return true;
  }

  /** Takes letters, digits, {@code _ . -}; empty when something else comes next. */
  String name() {
    int start = position;
    while (!ended() && isNamePart(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
    return textFrom(start);
  }

  /** Takes a comparison; null, and nothing is taken, when something else comes next. */
  @Nullable Relation relation() {
    for (Relation relation : Relation.LONGEST_FIRST) {
      if (take(relation.sign())) {
        return relation;
      }
    }
    return null;
  }

  /**
   * Takes a value, quoted or up to the next space, closing parenthesis or one of these characters.
   */
  Literal literal(String stops) {
    return sees('"') ? quoted() : bare(stops);
  }

  private Literal quoted() {
    int start = position++;
    LiteralText literal = new LiteralText();
    while (!take('"')) {
      if (ended()) {
        throw failure("quote without end (expected: \" behind the text)", start);
      }
      character(literal);
    }
    return literal.end(true, start);
  }

  private Literal bare(String stops) {
    int start = position;
    int open = 0;
    LiteralText literal = new LiteralText();
    while (!isEnd(open, stops)) {
      open += sees('(') ? 1 : sees(')') ? -1 : 0;
      requirePrintable();
      character(literal);
    }
    if (open > 0) {
      throw failure(
          QueryException.shown(textFrom(start)) + " (expected: quotes, or [a, b] for several)",
          start);
    }
    return literal.end(false, start);
  }

  /** Parentheses within a value belong to it as long as they pair up. */
  private boolean isEnd(int open, String stops) {
    if (ended() || isSpace(peek())) {
      return true;
    }
    return open == 0 && (sees(')') || stops.indexOf(peek()) >= 0);
  }

  private void character(LiteralText literal) {
    char next = text.charAt(position++);
    if (next == '*') {
      if (literal.wildcards() == MAX_WILDCARDS) {
        throw failure(
            "value: more wildcards (expected: at most " + MAX_WILDCARDS + ")", position - 1);
      }
      literal.wildcard();
    } else if (next == '\\' && (sees('*') || sees('"') || sees('\\'))) {
      literal.add(text.charAt(position++));
    } else {
      literal.add(next);
    }
  }

  private void requirePrintable() {
    if (Character.isISOControl(peek())) {
      throw failure(
          String.format("control character U+%04X (expected: quotes around it)", (int) peek()),
          position);
    }
  }

  /** Throws when the last word goes on with something that does not belong to it. */
  void requireBoundary() {
    if (!isBoundary(position)) {
      throw failure(
          QueryException.shown(text.substring(position)) + " (expected: a space before it)",
          position);
    }
  }

  void requireEnd() {
    if (!ended()) {
      throw failure(
          QueryException.shown(text.substring(position)) + " (expected: the end)", position);
    }
  }

  void countTerm(int at) {
    if (++terms > MAX_TERMS) {
      throw failure("query: more terms (expected: at most " + MAX_TERMS + ")", at);
    }
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw failure("query: deeper nesting (expected: at most " + MAX_DEPTH + ")", position);
    }
  }

  void leave() {
    depth--;
  }

  QueryException failure(String problem, int at) {
    return failure(problem, at, null);
  }

  QueryException failure(String problem, int at, @Nullable String suggestion) {
    return new QueryException(text, problem, at, suggestion);
  }

  private boolean isBoundary(int at) {
    return at >= text.length() || isSpace(text.charAt(at)) || "()".indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  /** Collects a literal piece by piece. */
  private static final class LiteralText {

    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder piece = new StringBuilder();

    void add(char c) {
      piece.append(c);
    }

    int wildcards() {
      return pieces.size();
    }

    /** Several in a row are as good as one. */
    void wildcard() {
      if (pieces.isEmpty() || !piece.isEmpty()) {
        endPiece();
      }
    }

    private void endPiece() {
      pieces.add(piece.toString());
      piece.setLength(0);
    }

    Literal end(boolean quoted, int position) {
      endPiece();
      return new Literal(pieces, quoted, position);
    }
  }
}
