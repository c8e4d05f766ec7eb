package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of a store, held by this process as long as it is open. */
final class DataFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder and its parts when they are missing. */
  static DataFolder open(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    for (String part : new String[] {"journal", "segments", "tmp"}) {
      Files.createDirectories(absolute.resolve(part));
    }
    FileChannel channel =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new StoreException(
          Reason.BROKEN, folder + ": in use by another store (expected: one at a time)", null);
    }
    DataFolder data = new DataFolder(absolute, channel);
    for (Path left : Disk.list(data.temporary(), "")) {
      if (Files.isRegularFile(left)) {
        Files.delete(left);
      }
    }
    return data;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path journal() {
    return folder.resolve("journal");
  }

  Path segments() {
    return folder.resolve("segments");
  }

  Path file(long segment, Segment.Part part) {
    return segments().resolve(name(segment) + part.suffix());
  }

  /** The hashes of a segment's traces. */
  Path traces(long segment) {
    return segments().resolve(name(segment) + ".traces");
  }

  /** The words of a segment's long texts. */
  Path words(long segment) {
    return segments().resolve(name(segment) + ".words");
  }

  /** The copy of a segment's spans, trace by trace. */
  Path copy(long segment) {
    return segments().resolve(name(segment) + ".copy");
  }

  /** Deletes all files of a segment, whole or begun. */
  void discard(long segment) throws IOException {
    for (Segment.Part part : Segment.Part.values()) {
      Path file = file(segment, part);
      Files.deleteIfExists(file);
      Files.deleteIfExists(temporary().resolve(file.getFileName()));
    }
    Files.deleteIfExists(traces(segment));
    for (Path file : new Path[] {copy(segment), words(segment)}) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(temporary().resolve(file.getFileName()));
    }
  }

  private static String name(long segment) {
    return "%08d".formatted(segment);
  }

  /** The number of the segment that the file belongs to, or -1. */
  static long number(Path file) {
    String name = file.getFileName().toString();
    int end = name.indexOf('.');
    return end == 8 && name.chars().limit(8).allMatch(Character::isDigit)
        ? Long.parseLong(name.substring(0, 8))
        : -1;
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Where queries put what does not fit into memory. */
  Path spill() {
    return temporary().resolve("spill");
  }

  Path catalog() {
    return folder.resolve("catalog.db");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException(Reason.BROKEN, folder + ": " + e.getMessage(), e);
    }
  }
}
