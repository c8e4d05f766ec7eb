package io.onlooker;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Random W3C ids and their text. */
final class Ids {

  private static final HexFormat HEX = HexFormat.of();

  private Ids() {}

  /** A random number that is not zero, which W3C forbids as an id. */
  static long random() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return id;
  }

  /** 16 lowercase hex digits. */
  static String text(long id) {
    return HEX.toHexDigits(id);
  }

  /** 32 lowercase hex digits. */
  static String text(long high, long low) {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** 32 lowercase hex digits for an event. */
  static String eventId() {
    return text(random(), random());
  }

  /**
   * Whether the text is 1 to {@code digits} hex digits, not all zero (seed 000's tracing options).
   */
  static boolean valid(String text, int digits) {
    return !text.isEmpty()
        && text.length() <= digits
        && text.chars().allMatch(HexFormat::isHexDigit)
        && text.chars().anyMatch(c -> c != '0');
  }

  /** The id padded with zeros on the left, or null when it is none. */
  static @Nullable String padded(String text, int digits) {
    return valid(text, digits) ? "0".repeat(digits - text.length()) + text : null;
  }

  static long parse(String text, int from) {
    return HexFormat.fromHexDigitsToLong(text, from, from + 16);
  }

  /**
   * A number from 0 (inclusive) to 1 (exclusive) that is the same for all who know the trace id:
   * its last 56 bits, which W3C asks to be random.
   */
  static double fraction(long traceLow) {
    return (traceLow & 0xFF_FFFF_FFFF_FFFFL) / (double) (1L << 56);
  }
}
