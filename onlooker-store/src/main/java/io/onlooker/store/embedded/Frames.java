package io.onlooker.store.embedded;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a journal file holds its records.
 *
 * <pre>
 *   file   = "ONLKJNL1" salt:8 frame*
 *   frame  = marker:4 length:4 crc:4 record
 * </pre>
 *
 * <p>The checksum covers the salt, the length and the record. The salt is random for each file, so
 * that a record cannot contain bytes that would pass for a frame.
 */
final class Frames {

  static final long MAGIC = 0x4F4E4C4B4A4E4C31L;
  static final int FILE_HEADER = 16;
  static final int HEADER = 12;
  private static final int MARKER = 0x6F6E6C6B;

  private Frames() {}

  /** Fills in the frame of the record that follows the buffer's position, and moves behind it. */
  static void put(ByteBuffer into, long salt, byte[] record) {
    into.putInt(MARKER).putInt(record.length).putInt(checksum(salt, record, 0, record.length));
    into.put(record);
  }

  /** The length of the record whose whole frame stands at this place, or -1. */
  static int recordAt(byte[] file, int at, long salt) {
    if (file.length - at < HEADER) {
      return -1;
    }
    ByteBuffer header = ByteBuffer.wrap(file, at, HEADER);
    if (header.getInt() != MARKER) {
      return -1;
    }
    int length = header.getInt();
    if (length < 0 || length > file.length - at - HEADER) {
      return -1;
    }
    return header.getInt() == checksum(salt, file, at + HEADER, length) ? length : -1;
  }

  private static int checksum(long salt, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(salt).putInt(length).flip());
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
