package io.onlooker.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document into {@link Map}, {@link List}, {@link String}, {@link Long}, {@link
 * Double}, {@link Boolean} and null.
 */
final class JsonReader {

  private static final int DEEPEST = 200;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The document's value.
   *
   * @throws IllegalArgumentException naming the position and what was expected there
   */
  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    space();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    enter();
    while (more('}', map.isEmpty())) {
      space();
      String name = string();
      space();
      expect(':');
      map.put(name, value());
    }
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    enter();
    while (more(']', list.isEmpty())) {
      list.add(value());
    }
    return list;
  }

  private void enter() {
    at++;
    if (++depth > DEEPEST) {
      throw unexpected("at most " + DEEPEST + " levels");
    }
  }

  /** Whether another element follows; steps over the comma before it or the closing bracket. */
  private boolean more(char close, boolean first) {
    space();
    if (peek() == close) {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private String string() {
    expect('"');
    int start = at;
    while (peek() != '"' && peek() != '\\') {
      at++;
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    StringBuilder unescaped = new StringBuilder(text.substring(start, at));
    for (char c = next(); c != '"'; c = next()) {
      unescaped.append(c == '\\' ? escaped() : c);
    }
    return unescaped.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hex();
      default -> throw unexpected("an escape");
    };
  }

  private char hex() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unexpected("four hex digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return meaning;
  }

  private Object number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected("a value");
    }
    at = number.end();
    String digits = number.group();
    boolean whole = digits.length() < 19 && number.start(1) < 0 && number.start(2) < 0;
    return whole ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    at++;
  }

  private IllegalArgumentException unexpected(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "json: " + found + " at " + at + " (expected: " + expected + ")");
  }
}
