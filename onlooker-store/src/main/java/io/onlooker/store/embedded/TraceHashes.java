package io.onlooker.store.embedded;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.stream.LongStream;

/** Which traces a segment may hold items of: sorted hashes in a file, eight bytes each. */
final class TraceHashes {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Then it is halved: hashes that do not lie evenly must not take longer for it. */
  private static final int MOST_GUESSES = 6;

  private final MemorySegment hashes;

  private TraceHashes(MemorySegment hashes) {
    this.hashes = hashes;
  }

  /** Maps a file; the system reads and forgets its pages as needed. */
  static TraceHashes open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new TraceHashes(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    }
  }

  static void write(Path file, Collection<TraceKey> traces) throws IOException {
    write(file, traces.stream().mapToLong(TraceKey::hash));
  }

  private static void write(Path file, LongStream unsorted) throws IOException {
    long[] sorted = unsorted.sorted().distinct().toArray();
    ByteBuffer bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
    bytes.asLongBuffer().put(sorted);
    Files.write(file, bytes.array());
    Disk.forceFile(file);
  }

  /** Writes those of several files, each once. */
  static void merge(Path file, Collection<TraceHashes> parts) throws IOException {
    write(file, parts.stream().flatMapToLong(TraceHashes::stream));
  }

  private LongStream stream() {
    return LongStream.range(0, hashes.byteSize() / Long.BYTES)
        .map(at -> hashes.get(LONG, at * Long.BYTES));
  }

  /**
   * Hashes lie evenly, so the place is guessed from the value first: each new trace is looked for
   * in all segments, and each look may be at another page of the file.
   */
  boolean contains(long hash) {
    long low = 0;
    long high = hashes.byteSize() / Long.BYTES - 1;
    double least = Long.MIN_VALUE;
    double most = Long.MAX_VALUE;
    for (int looks = 0; low <= high; looks++) {
      double part = looks < MOST_GUESSES ? (hash - least) / (most - least) : 0.5;
      long at = Math.clamp(low + (long) (part * (high - low)), low, high);
      long found = hashes.get(LONG, at * Long.BYTES);
      if (found == hash) {
        return true;
      }
      if (found < hash) {
        low = at + 1;
        least = found;
      } else {
        high = at - 1;
        most = found;
      }
    }
    return false;
  }
}
