package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/** One file of the journal that one thread writes. */
final class JournalFile implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LEAST_AHEAD = 64 << 10;
  private static final int MOST_AHEAD = 4 << 20;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 << 10).asReadOnlyBuffer();

  private final FileChannel channel;
  private final long salt = RANDOM.nextLong();
  private volatile long length = Frames.FILE_HEADER;

  /** Up to here the file consists of records and zeros. */
  private long written = Frames.FILE_HEADER;

  /** Makes the file; it and its name are durable when this returns. */
  JournalFile(Path folder, String name) throws IOException {
    Path path = folder.resolve(name);
    channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      ByteBuffer header = ByteBuffer.allocate(Frames.FILE_HEADER);
      write(header.putLong(Frames.MAGIC).putLong(salt).flip(), 0);
      channel.force(false);
      Disk.forceFolder(folder);
    } catch (IOException e) {
      // Left there, the name would be taken when there is room again.
      channel.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  long length() {
    return length;
  }

  /**
   * Adds the records, all durable when this returns.
   *
   * @throws IOException when none of them was added
   */
  void append(List<byte[]> records) throws IOException {
    int size = 0;
    for (byte[] record : records) {
      size += Frames.HEADER + record.length;
    }
    ByteBuffer frames = ByteBuffer.allocate(size);
    records.forEach(record -> Frames.put(frames, salt, record));
    try {
      write(frames.flip(), length);
      long end = length + size;
      if (end > written) {
        writeAhead(end);
      }
      channel.force(false);
      length = end;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  /** At a place that we know: what a failed write left behind is written over. */
  private void write(ByteBuffer bytes, long from) throws IOException {
    for (long at = from; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  /**
   * Zeros behind the records, so that most syncs find the file as long as before: those need not
   * wait for the file system's own log, which writes for everybody.
   */
  private void writeAhead(long end) throws IOException {
    long ahead = Math.clamp(end, LEAST_AHEAD, MOST_AHEAD);
    try {
      for (long done = 0; done < ahead; ) {
        int part = (int) Math.min(ZEROS.capacity(), ahead - done);
        write(ZEROS.duplicate().limit(part), end + done);
        done += part;
      }
      written = end + ahead;
    } catch (IOException _) {
      // No room for more than the records.
      channel.truncate(end);
      written = end;
    }
  }

  private void takeBack(IOException cause) {
    try {
      written = length;
      channel.truncate(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(length);
    }
  }
}
