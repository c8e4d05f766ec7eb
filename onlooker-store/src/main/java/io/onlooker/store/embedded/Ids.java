package io.onlooker.store.embedded;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids between their text, lowercase hex digits, and the numbers that files and memory hold. */
final class Ids {

  /** The value of each hex digit by its character, -1 for all others. */
  private static final byte[] DIGITS = digits();

  private Ids() {}

  /**
   * @param name what the id is, for the message
   * @throws IllegalArgumentException unless the text is 16 lowercase hex digits
   */
  static long span(String name, String text) {
    if (text.length() != 16 || !isHex(text, 0, 16)) {
      throw wrong(name, text, 16);
    }
    return parse(text, 0);
  }

  /**
   * @throws IllegalArgumentException unless the text is 32 lowercase hex digits
   */
  static TraceKey trace(int project, String text) {
    if (text.length() != 32 || !isHex(text, 0, 32)) {
      throw wrong("traceId", text, 32);
    }
    return new TraceKey(project, parse(text, 0), parse(text, 16));
  }

  /** The number of 16 hex digits from the place on, or null when there are none. */
  static @Nullable Long parsed(String text, int from) {
    return isHex(text, from, from + 16) ? parse(text, from) : null;
  }

  static boolean isHex(String text, int from, int to) {
    if (text.length() < to) {
      return false;
    }
    int seen = 0;
    for (int i = from; i < to; i++) {
      seen |= digit(text.charAt(i));
    }
    return seen >= 0;
  }

  static String text(long id) {
    byte[] digits = new byte[16];
    put(digits, 0, id);
    return latin(digits);
  }

  static String text(long high, long low) {
    byte[] digits = new byte[32];
    put(digits, 0, high);
    put(digits, 16, low);
    return latin(digits);
  }

  private static IllegalArgumentException wrong(String name, String text, int digits) {
    return new IllegalArgumentException(
        name + ": " + text + " (expected: " + digits + " lowercase hex digits)");
  }

  private static long parse(String text, int from) {
    long value = 0;
    for (int i = from; i < from + 16; i++) {
      value = (value << 4) | digit(text.charAt(i));
    }
    return value;
  }

  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  private static byte[] digits() {
    byte[] digits = new byte['f' + 1];
    Arrays.fill(digits, (byte) -1);
    for (int value = 0; value < 16; value++) {
      digits[Character.forDigit(value, 16)] = (byte) value;
    }
    return digits;
  }

  private static void put(byte[] digits, int at, long value) {
    for (int i = 0; i < 16; i++) {
      digits[at + i] = (byte) Character.forDigit((int) (value >>> (60 - 4 * i) & 15), 16);
    }
  }

  private static String latin(byte[] digits) {
    return new String(digits, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
