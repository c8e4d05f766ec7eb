package io.onlooker.store.embedded;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes values as {@link ByteSink} put them. */
final class ByteSource {

  private final ByteBuffer bytes;

  ByteSource(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int take() {
    return bytes.get() & 0xFF;
  }

  long takeUnsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = bytes.get();
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number at " + bytes.position() + ": longer than 10 bytes");
  }

  long takeSigned() {
    long value = takeUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  long takeFixed() {
    return bytes.getLong();
  }

  /**
   * A count of things that take at least one byte each, so that a bad one cannot ask for memory.
   */
  int takeCount() {
    long count = takeUnsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return (int) count;
  }

  boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  void skip(int count) {
    bytes.position(bytes.position() + count);
  }

  String takeText() {
    int size = takeCount();
    int at = bytes.position();
    bytes.position(at + size);
    return new String(bytes.array(), at, size, StandardCharsets.UTF_8);
  }
}
