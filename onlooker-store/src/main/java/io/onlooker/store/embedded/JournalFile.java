package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/** One file of the journal that is being written. Not thread-safe. */
final class JournalFile implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final FileChannel channel;
  private final long salt = RANDOM.nextLong();
  private long length = Frames.FILE_HEADER;

  /** Makes the file; it and its name are durable when this returns. */
  JournalFile(Path folder, String name) throws IOException {
    channel =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    ByteBuffer header = ByteBuffer.allocate(Frames.FILE_HEADER);
    write(header.putLong(Frames.MAGIC).putLong(salt).flip());
    channel.force(false);
    Disk.forceFolder(folder);
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
      write(frames.flip());
      channel.force(false);
      length += size;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void takeBack(IOException cause) {
    try {
      channel.truncate(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
