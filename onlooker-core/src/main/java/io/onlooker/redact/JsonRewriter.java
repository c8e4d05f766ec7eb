package io.onlooker.redact;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Redacts a JSON document token by token: strings, keys, long numbers, and whatever stands under a
 * key that is named like a secret or hidden by the rules.
 *
 * <p>All that is not replaced is copied as it was written: numbers keep their digits, keys that
 * come twice come twice. A document that breaks off is redacted as far as it goes; what is no JSON
 * from some place on is redacted as plain text. Used once.
 */
final class JsonRewriter {

  private static final int DEEPEST = 500;

  /** The shortest number that can be a finding: 13 digits. */
  private static final int SHORTEST_NUMBER = 13;

  /** What may come next. */
  private enum State {
    ROOT,
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COLON,
    COMMA_OR_END
  }

  /** An object or array that is open, and where it stands. */
  private record Container(boolean object, @Nullable HiddenPaths at) {}

  private final String text;
  private final ItemRedaction item;
  private final int nesting;
  private final Deque<Container> open = new ArrayDeque<>();
  private final StringBuilder out = new StringBuilder();
  private State state = State.ROOT;
  private int at;
  private int copied;

  /** Where the value that comes next stands. */
  private @Nullable HiddenPaths place;

  /** What hides the value that comes next. */
  private @Nullable String label;

  /**
   * @param place where the document stands
   * @param nesting in how many JSON strings it stands
   */
  JsonRewriter(String text, @Nullable HiddenPaths place, int nesting, ItemRedaction item) {
    this.text = text;
    this.place = place;
    this.nesting = nesting;
    this.item = item;
  }

  static boolean looksLikeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!JsonText.isSpace(c)) {
        return c == '{' || c == '[' || c == '"';
      }
    }
    return false;
  }

  /** The redacted document; the very string that was given when nothing was replaced. */
  String rewrite() {
    while (true) {
      while (at < text.length() && JsonText.isSpace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return copied == 0 ? text : rest();
      }
      if (!token(text.charAt(at))) {
        return item.plain(copied == 0 ? text : rest());
      }
    }
  }

  private boolean token(char c) {
    return switch (state) {
      case ROOT -> root(c);
      case VALUE -> value(c);
      case VALUE_OR_END -> c == ']' ? close(c) : value(c);
      case KEY -> key(c);
      case KEY_OR_END -> c == '}' ? close(c) : key(c);
      case COLON -> c == ':' && go(State.VALUE);
      case COMMA_OR_END -> c == ',' ? go(inObject() ? State.KEY : State.VALUE) : close(c);
    };
  }

  /** Further documents may follow the first one, as in NDJSON. */
  private boolean root(char c) {
    return (c == '{' || c == '[' || (c == '"' && at == copied)) && value(c);
  }

  private boolean go(State next) {
    at++;
    state = next;
    return true;
  }

  private boolean inObject() {
    Container innermost = open.peek();
    return innermost != null && innermost.object();
  }

  private boolean close(char c) {
    Container innermost = open.peek();
    if (innermost == null || c != (innermost.object() ? '}' : ']')) {
      return false;
    }
    open.pop();
    at++;
    return valueDone();
  }

  private boolean valueDone() {
    Container innermost = open.peek();
    state = innermost == null ? State.ROOT : State.COMMA_OR_END;
    place = innermost == null ? place : innermost.at();
    label = null;
    return true;
  }

  private boolean key(char c) {
    int end = c == '"' ? JsonText.stringEnd(text, at) : -1;
    Container innermost = open.peek();
    if (end < 0 || innermost == null) {
      return false;
    }
    String key = JsonText.unescape(text, at + 1, end - 1);
    place = HiddenPaths.below(innermost.at(), key);
    label = item.label(key, place);
    replaceString(end, key, item.text(key, null, nesting + 1));
    state = State.COLON;
    return true;
  }

  private boolean value(char c) {
    int word = wordEnd();
    if (word > 0) {
      at = word;
      return valueDone();
    }
    if (label != null) {
      item.count(label);
      replace(skipped(c), '[' + label + ']');
      return valueDone();
    }
    return switch (c) {
      case '{' -> open(new Container(true, place), State.KEY_OR_END);
      case '[' -> open(new Container(false, place), State.VALUE_OR_END);
      case '"' -> string();
      default -> number();
    };
  }

  private boolean open(Container container, State next) {
    if (open.size() == DEEPEST) {
      throw new IllegalStateException("JSON: deeper than " + DEEPEST + " (expected: less)");
    }
    open.push(container);
    return go(next);
  }

  private boolean string() {
    int end = JsonText.stringEnd(text, at);
    int until = end < 0 ? text.length() : end - 1;
    String value = JsonText.unescape(text, at + 1, until);
    replaceString(end < 0 ? text.length() : end, value, item.text(value, place, nesting + 1));
    return valueDone();
  }

  private boolean number() {
    int end = JsonText.numberEnd(text, at);
    if (end < 0) {
      return false;
    }
    if (end - at >= SHORTEST_NUMBER) {
      String number = text.substring(at, end);
      replaceString(end, number, item.plain(number));
    }
    at = end;
    return valueDone();
  }

  /** Behind {@code true}, {@code false} or {@code null}, which tell nobody a secret; or -1. */
  private int wordEnd() {
    for (String word : new String[] {"true", "false", "null"}) {
      if (text.startsWith(word, at)) {
        return at + word.length();
      }
    }
    return -1;
  }

  /** Behind the value that begins here, whatever is in it; the end of the text if it breaks off. */
  private int skipped(char c) {
    int depth = 0;
    int end = at;
    do {
      char next = text.charAt(end);
      if (next == '"') {
        int close = JsonText.stringEnd(text, end);
        end = close < 0 ? text.length() : close;
      } else {
        depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
        end++;
      }
    } while (end < text.length() && (depth > 0 || (isBare(c) && isBare(text.charAt(end)))));
    return end;
  }

  /** Whether the character is of a number, or of what stands where one should. */
  private static boolean isBare(char c) {
    return !JsonText.isSpace(c) && ",:{}[]\"".indexOf(c) < 0;
  }

  private void replaceString(int end, String before, String after) {
    if (before.equals(after)) {
      at = end;
    } else {
      replace(end, after);
    }
  }

  /** Writes a string in the place of the token that begins here. */
  private void replace(int end, String value) {
    out.append(text, copied, at);
    JsonText.quote(out, value);
    at = end;
    copied = end;
  }

  private String rest() {
    return out.append(text, copied, text.length()).toString();
  }
}
