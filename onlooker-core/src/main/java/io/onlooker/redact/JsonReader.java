package io.onlooker.redact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a small JSON document (RFC 8259): rules, not content.
 *
 * <p>Objects become maps, arrays lists, numbers doubles.
 */
final class JsonReader {

  private static final int LONGEST = 512 * 1024;
  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads the whole text.
   *
   * @throws IllegalArgumentException naming the position when it is no JSON, or too large
   */
  static @Nullable Object read(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "rules: " + text.length() + " characters (expected: " + LONGEST + " at most)");
    }
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    if (reader.peek() != '\0') {
      throw reader.wrong("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong(DEEPEST + " values in each other at most");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    at++;
    if (skip('}')) {
      return object;
    }
    do {
      if (peek() != '"') {
        throw wrong("a key in quotes");
      }
      String key = string();
      expect(':');
      if (object.containsKey(key)) {
        throw wrong("\"" + key + "\" once");
      }
      object.put(key, value(depth + 1));
    } while (skip(','));
    expect('}');
    return object;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> array = new ArrayList<>();
    at++;
    if (skip(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (skip(','));
    expect(']');
    return array;
  }

  private String string() {
    int end = JsonText.stringEnd(text, at);
    if (end < 0) {
      throw wrong("a string that ends");
    }
    String value = JsonText.unescape(text, at + 1, end - 1);
    at = end;
    return value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private Double number() {
    int end = JsonText.numberEnd(text, at);
    if (end < 0) {
      throw wrong("a value");
    }
    Double value = Double.valueOf(text.substring(at, end));
    at = end;
    return value;
  }

  /** The next character that is no white space, or NUL at the end. */
  private char peek() {
    while (at < text.length() && JsonText.isSpace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean skip(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private IllegalArgumentException wrong(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "rules: " + found + " at " + at + " (expected: " + expected + ")");
  }
}
