package io.onlooker.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow as values are put: whole numbers as variable-length ones, texts as UTF-8. */
final class ByteSink {

  private byte[] bytes = new byte[1024];
  private int length;

  /** Makes room at once for about so many bytes. */
  void expect(int more) {
    reserve(more);
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Small numbers take few bytes, negative ones ten. */
  void putUnsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Numbers near zero take few bytes, on either side. */
  void putSigned(long value) {
    putUnsigned((value << 1) ^ (value >> 63));
  }

  void putFixed(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** The text as UTF-8; a surrogate without its other half becomes a question mark. */
  void putText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    putUnsigned(encoded.length);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  void put(ByteSink other) {
    reserve(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
