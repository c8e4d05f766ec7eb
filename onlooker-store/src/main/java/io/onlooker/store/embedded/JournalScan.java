package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a journal file after a restart. What is damaged is passed over up to the next whole record;
 * behind the last one the file is cut, since what stands there was never acknowledged.
 */
final class JournalScan {

  private final byte[] file;

  /** Where the zeros begin that were written ahead. */
  private final int content;

  private final long salt;
  private long records;
  private long damagedBytes;
  private int end = Frames.FILE_HEADER;

  private JournalScan(byte[] file) {
    this.file = file;
    content = content(file);
    salt = file.length < Frames.FILE_HEADER ? 0 : ByteBuffer.wrap(file).getLong(8);
  }

  /** Reads without changing the file, which somebody may be writing. */
  static JournalScan look(Path path) throws IOException {
    JournalScan scan = new JournalScan(Files.readAllBytes(path));
    scan.scan(_ -> {});
    return scan;
  }

  /** Hands every whole record to the taker, in order, and cuts what follows the last one. */
  static JournalScan read(Path path, Consumer<byte[]> taker) throws IOException {
    JournalScan scan = new JournalScan(Files.readAllBytes(path));
    scan.scan(taker);
    if (scan.end < scan.file.length) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(scan.end);
        channel.force(true);
      }
    }
    return scan;
  }

  long records() {
    return records;
  }

  /** Without the zeros at its end, unless they are so few that they may be a torn record's. */
  private static int content(byte[] file) {
    int content = file.length;
    while (content > 0 && file[content - 1] == 0) {
      content--;
    }
    return file.length - content < Frames.HEADER ? file.length : content;
  }

  /** Bytes behind the last whole record that something was written to. */
  long tailBytes() {
    return Math.max(0, content - end);
  }

  /** Bytes that belonged to no whole record. */
  long damagedBytes() {
    return damagedBytes;
  }

  private void scan(Consumer<byte[]> taker) {
    int at = Frames.FILE_HEADER;
    while (at < content) {
      int length = Frames.recordAt(file, at, salt);
      if (length < 0) {
        at++;
        continue;
      }
      int start = at + Frames.HEADER;
      damagedBytes += at - end;
      end = start + length;
      at = end;
      records++;
      taker.accept(Arrays.copyOfRange(file, start, end));
    }
    damagedBytes += tailBytes();
  }
}
