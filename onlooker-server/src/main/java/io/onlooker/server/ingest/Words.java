package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that recur from request to request, as names of attributes do: each is made once and then
 * shared, which saves making it and, while spans wait in memory, most of what they take there. Safe
 * for many threads: two that meet in a slot make a text twice, and never a wrong one.
 */
final class Words {

  /** Longer ones hardly recur; statements with placeholders do. */
  static final int LONGEST = 127;

  private static final int SLOTS = 1 << 12;
  private static final char REPLACEMENT = '\uFFFD';

  private final @Nullable Word[] words = new Word[SLOTS];
  private final @Nullable String[] texts = new String[SLOTS];

  private record Word(byte[] bytes, String text) {

    boolean is(byte[] other, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, other, from, to);
    }
  }

  /**
   * The text in this part of the bytes.
   *
   * @throws CharacterCodingException when it is not UTF-8
   */
  String text(byte[] bytes, int from, int length) throws CharacterCodingException {
    if (length > LONGEST) {
      return decoded(bytes, from, length);
    }
    int slot = slot(bytes, from, length);
    Word known = words[slot];
    if (known != null && known.is(bytes, from, from + length)) {
      return known.text();
    }
    String text = decoded(bytes, from, length);
    words[slot] = new Word(Arrays.copyOfRange(bytes, from, from + length), text);
    return text;
  }

  /** The text of these characters. */
  String text(char[] characters, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int slot = slot(hash);
    String known = texts[slot];
    if (known != null && is(known, characters, from, length)) {
      return known;
    }
    String text = new String(characters, from, length);
    texts[slot] = text;
    return text;
  }

  private static boolean is(String text, char[] characters, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != characters[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(byte[] bytes, int from, int length)
      throws CharacterCodingException {
    String text = new String(bytes, from, length, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // Either it was sent so, or something could not be read; this tells.
      var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    }
    return text;
  }

  private static int slot(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return slot(hash);
  }

  private static int slot(int hash) {
    return (hash * 0x9E3779B9) >>> 20;
  }
}
