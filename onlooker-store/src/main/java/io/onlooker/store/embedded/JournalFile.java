package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
      channel.force(false);
      length += size;
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
