package io.onlooker.benchmarks.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Values as ClickHouse's format RowBinary has them, into a file. */
final class RowBinary implements AutoCloseable {

  private static final int ROOM = 1 << 20;

  private final FileChannel file;
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(4 * ROOM).order(ByteOrder.LITTLE_ENDIAN);

  RowBinary(Path file) throws IOException {
    this.file =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  void number(long value) {
    bytes.putLong(value);
  }

  void fraction(double value) {
    bytes.putDouble(value);
  }

  void flag(boolean value) {
    bytes.put((byte) (value ? 1 : 0));
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    size(utf8.length);
    bytes.put(utf8);
  }

  void texts(Map<String, String> map) {
    size(map.size());
    map.forEach((key, value) -> {
      text(key);
      text(value);
    });
  }

  void fractions(Map<String, Double> map) {
    size(map.size());
    map.forEach((key, value) -> {
      text(key);
      fraction(value);
    });
  }

  void flags(Map<String, Boolean> map) {
    size(map.size());
    map.forEach((key, value) -> {
      text(key);
      flag(value);
    });
  }

  private void size(int size) {
    int left = size;
    while (left > 127) {
      bytes.put((byte) (left | 128));
      left >>>= 7;
    }
    bytes.put((byte) left);
  }

  void endOfRow() throws IOException {
    if (bytes.remaining() < ROOM) {
      flush();
    }
  }

  private void flush() throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    bytes.clear();
  }

  @Override
  public void close() throws IOException {
    flush();
    file.close();
  }
}
