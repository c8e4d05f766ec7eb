package io.onlooker.export;

import io.onlooker.Drop;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that could not be sent, as files of one folder that outlive the process; the oldest give
 * way when it is full. A file is named {@code TIME-SEQUENCE.CATEGORY.ITEMS.gz}. One process at a
 * time holds the folder. Not thread-safe.
 */
final class Spool {

  static final long MOST_BYTES = 64L << 20;

  private final Path folder;
  private final long maxBytes;
  private final Drops drops;
  private final Deque<Path> files = new ArrayDeque<>();
  private final FileChannel lock;
  private long bytes;
  private int sequence;

  private Spool(Path folder, long maxBytes, Drops drops, FileChannel lock) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.drops = drops;
    this.lock = lock;
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> oldestFirst = found.filter(Spool::payload).sorted().toList();
      files.addAll(oldestFirst);
    }
    for (Path file : files) {
      bytes += Files.size(file);
    }
  }

  /** The folder's spool, or null, with a warning, when the folder cannot be used. */
  static @Nullable Spool open(Path folder, long maxBytes, Drops drops) {
    try {
      Files.createDirectories(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        Trouble.warn("spoolFolder: " + folder + " is used by another process; spooling is off");
        return null;
      }
      return new Spool(folder, maxBytes, drops, lock);
    } catch (IOException | RuntimeException e) {
      Trouble.warn("spoolFolder: " + folder + " cannot be used (" + e + "); spooling is off");
      return null;
    }
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Keeps the payload; false when it cannot be written. */
  boolean put(Payload payload) {
    // Written under another name first: a file with the right ending is always whole.
    Payload compressed = payload.gzip();
    String name =
        "%013d-%06d.%s.%d.gz"
            .formatted(System.currentTimeMillis(), sequence++, payload.category(), payload.items());
    try {
      Path partial = folder.resolve(name + ".partial");
      // A plain stream: the sending thread may be interrupted, and a channel would fail then.
      try (OutputStream out = new FileOutputStream(partial.toFile())) {
        out.write(compressed.body());
      }
      Path file = Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      files.add(file);
      bytes += compressed.body().length;
    } catch (IOException e) {
      return false;
    }
    makeRoom();
    return true;
  }

  /** The oldest payload that is whole, left on disk until {@link #remove}; null when none is. */
  @Nullable Payload peek() {
    while (!files.isEmpty()) {
      Path file = files.getFirst();
      Payload payload = read(file);
      if (payload != null) {
        return payload;
      }
      drops.count(Drop.INVALID, Category.SPAN, 1);
      remove(file);
    }
    return null;
  }

  void remove(Path file) {
    try {
      bytes -= Files.exists(file) ? Files.size(file) : 0;
      Files.deleteIfExists(file);
    } catch (IOException e) {
      Trouble.warn("spool file " + file + " cannot be deleted: " + e);
    }
    files.remove(file);
  }

  void close() {
    try {
      lock.close();
    } catch (IOException e) {
      Trouble.warn("spoolFolder: " + folder + " cannot be released: " + e);
    }
  }

  private void makeRoom() {
    while (bytes > maxBytes && files.size() > 1) {
      Path oldest = files.getFirst();
      Payload lost = read(oldest);
      if (lost != null) {
        drops.count(Drop.QUEUE_FULL, lost);
      } else {
        drops.count(Drop.INVALID, Category.SPAN, 1);
      }
      remove(oldest);
    }
  }

  private static @Nullable Payload read(Path file) {
    try {
      String[] fields = file.getFileName().toString().split("\\.", -1);
      byte[] body;
      try (InputStream in = new FileInputStream(file.toFile())) {
        body = in.readAllBytes();
      }
      try (GZIPInputStream whole = new GZIPInputStream(new ByteArrayInputStream(body))) {
        whole.transferTo(OutputStream.nullOutputStream());
      }
      int items = Integer.parseInt(fields[2]);
      return new Payload(Category.valueOf(fields[1]), items, body, true, file);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static boolean payload(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }
}
