package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps some of the disk free of batches: segments, the catalog and what queries spill need it, and
 * sealing is what makes room again. Safe for many threads.
 */
final class Reserve {

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Path folder;
  private final long bytes;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedAt;
  private volatile long free = Long.MAX_VALUE;

  Reserve(Path folder, long bytes, LongSupplier nanoTime) {
    this.folder = folder;
    this.bytes = bytes;
    this.nanoTime = nanoTime;
    lookedAt = new AtomicLong(nanoTime.getAsLong() - LOOK_EVERY_NANOS);
  }

  /**
   * Lets a batch pass.
   *
   * @throws StoreException when there is too little room for it
   */
  void check() {
    long now = nanoTime.getAsLong();
    long last = lookedAt.get();
    if (now - last >= LOOK_EVERY_NANOS && lookedAt.compareAndSet(last, now)) {
      free = look();
    }
    if (free < bytes) {
      throw new StoreException(
          Reason.FULL,
          "disk: " + free + " bytes free at " + folder + " (expected: at least " + bytes + ")",
          null);
    }
  }

  /** A file system that cannot tell is taken as having room: a write will show. */
  private long look() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
