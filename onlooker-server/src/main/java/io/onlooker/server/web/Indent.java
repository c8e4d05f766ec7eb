package io.onlooker.server.web;

import java.util.regex.Pattern;

/**
 * Lays JSON out over lines without reading its values: no number is rounded, no key lost, no depth
 * too deep. Text that is no JSON stays as it is.
 */
final class Indent {

  private static final int DEEPEST = 40;

  /** Prose may begin with a bracket too; a list of objects or texts does not look like prose. */
  private static final Pattern LIST = Pattern.compile("\\[\\s*+[\\[{\"\\]]");

  private final String text;
  private final StringBuilder out;
  private int depth;

  private Indent(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length() * 2);
  }

  static String json(String text) {
    return looksLikeJson(text) ? new Indent(text.strip()).lines() : text;
  }

  /** Whether the text begins and ends as an object or a list does. */
  static boolean looksLikeJson(String text) {
    String stripped = text.strip();
    return (stripped.startsWith("{") && stripped.endsWith("}"))
        || (LIST.matcher(stripped).lookingAt() && stripped.endsWith("]"));
  }

  private String lines() {
    for (int i = 0; i < text.length(); ) {
      i = take(i);
    }
    return out.toString();
  }

  /** Writes what begins at this place; where the next thing begins. */
  private int take(int i) {
    char c = text.charAt(i);
    switch (c) {
      case '"' -> {
        return takeString(i);
      }
      case '{', '[' -> {
        return takeOpening(i, c);
      }
      case '}', ']' -> {
        depth = Math.max(0, depth - 1);
        newLine().append(c);
      }
      case ',' -> {
        out.append(c);
        newLine();
      }
      case ':' -> out.append(": ");
      case ' ', '\t', '\n', '\r' -> {}
      default -> out.append(c);
    }
    return i + 1;
  }

  private int takeOpening(int i, char c) {
    int next = i + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    out.append(c);
    if (next < text.length() && "}]".indexOf(text.charAt(next)) >= 0) {
      out.append(text.charAt(next));
      return next + 1;
    }
    depth++;
    newLine();
    return i + 1;
  }

  private int takeString(int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    int end = Math.min(i + 1, text.length());
    out.append(text, start, end);
    return end;
  }

  private StringBuilder newLine() {
    return out.append('\n').repeat("  ", Math.min(depth, DEEPEST));
  }
}
