package io.onlooker.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 bytes into memory, commas included. The caller balances begin and end. Not
 * thread-safe.
 */
final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  /** 0: as it is; 'u': four hex digits; else the letter behind the backslash. */
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES[0x7f] = 'u';
  }

  private byte[] bytes;
  private int length;
  private boolean comma;

  JsonWriter() {
    this(1024);
  }

  JsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  JsonWriter beginObject() {
    return open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter beginArray() {
    return open('[');
  }

  JsonWriter endArray() {
    return close(']');
  }

  JsonWriter name(CharSequence name) {
    string(name, name.length());
    put(':');
    comma = false;
    return this;
  }

  /** A string, or null. */
  JsonWriter value(@Nullable CharSequence text) {
    return text == null ? word("null") : string(text, text.length());
  }

  JsonWriter value(long number) {
    separate();
    digits(number);
    return this;
  }

  /** A whole number as text, for readers whose numbers are doubles. */
  JsonWriter quoted(long number) {
    separate();
    put('"');
    digits(number);
    put('"');
    return this;
  }

  /** A number; what JSON has no number for ({@code NaN}, infinity) becomes its text. */
  JsonWriter value(double number) {
    String text = Double.toString(number);
    return Double.isFinite(number) ? word(text) : string(text, text.length());
  }

  JsonWriter value(boolean flag) {
    return word(flag ? "true" : "false");
  }

  /** ASCII that is JSON already. */
  JsonWriter word(String ascii) {
    separate();
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  /** Nanoseconds as seconds with at most nine decimals, exactly. */
  JsonWriter seconds(long nanos) {
    separate();
    digits(Math.floorDiv(nanos, 1_000_000_000L));
    int rest = (int) Math.floorMod(nanos, 1_000_000_000L);
    if (rest == 0) {
      return this;
    }
    put('.');
    for (int unit = 100_000_000; rest > 0; unit /= 10) {
      put('0' + rest / unit);
      rest %= unit;
    }
    return this;
  }

  /** The first characters of the text as a string, never half of a pair. */
  JsonWriter string(CharSequence text, int chars) {
    separate();
    put('"');
    escape(text, chars);
    put('"');
    return this;
  }

  /** A cut string with words of ours behind it. */
  JsonWriter string(CharSequence text, int chars, String remark) {
    separate();
    put('"');
    escape(text, chars);
    escape(remark, remark.length());
    put('"');
    return this;
  }

  /** Everything another writer holds, as one value or as values with commas between them. */
  JsonWriter values(JsonWriter other) {
    if (other.length > 0) {
      separate();
      append(other.bytes, other.length);
    }
    return this;
  }

  /** A line break between two documents. */
  JsonWriter newLine() {
    put('\n');
    comma = false;
    return this;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private JsonWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void escape(CharSequence sequence, int chars) {
    String text = sequence.toString();
    reserve(chars + (chars >> 3) + 8);
    for (int i = plain(text, 0, chars); i < chars; i = plain(text, i + 1, chars)) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(trail(c));
      } else if (!Character.isSurrogate(c)) {
        threeBytes(c);
      } else if (i + 1 < chars && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
        // Half a pair of the text is shown as such; half a pair because of the cut is left out.
      } else if (i + 1 < chars || chars == text.length() || Character.isLowSurrogate(c)) {
        threeBytes(0xfffd);
      }
    }
  }

  /** Copies what needs no escape, nearly always all of it; returns where it had to stop. */
  private int plain(String text, int from, int chars) {
    reserve(chars - from);
    byte[] to = bytes;
    int at = length;
    int i = from;
    for (; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        break;
      }
      to[at++] = (byte) c;
    }
    length = at;
    return i;
  }

  private void ascii(char c) {
    byte escape = ESCAPES[c];
    if (escape == 0) {
      put(c);
      return;
    }
    put('\\');
    put(escape);
    if (escape == 'u') {
      put('0');
      put('0');
      put(HEX[c >> 4]);
      put(HEX[c & 0xf]);
    }
  }

  private void threeBytes(int c) {
    put(0xe0 | (c >> 12));
    put(trail(c >> 6));
    put(trail(c));
  }

  private void fourBytes(int c) {
    put(0xf0 | (c >> 18));
    put(trail(c >> 12));
    put(trail(c >> 6));
    put(trail(c));
  }

  private static int trail(int c) {
    return 0x80 | (c & 0x3f);
  }

  private void digits(long number) {
    if (number == Long.MIN_VALUE) {
      append("-9223372036854775808".getBytes(StandardCharsets.ISO_8859_1), 20);
      return;
    }
    if (number < 0) {
      put('-');
    }
    long rest = Math.abs(number);
    int count = 1;
    for (long n = rest; n >= 10; n /= 10) {
      count++;
    }
    reserve(count);
    length += count;
    for (int at = length - 1; count > 0; count--, rest /= 10) {
      bytes[at--] = (byte) ('0' + rest % 10);
    }
  }

  private void append(byte[] source, int count) {
    reserve(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  private void put(int b) {
    if (length == bytes.length) {
      reserve(1);
    }
    bytes[length++] = (byte) b;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
