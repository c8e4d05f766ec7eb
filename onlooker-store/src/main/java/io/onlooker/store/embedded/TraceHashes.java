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

  boolean contains(long hash) {
    long low = 0;
    long high = hashes.byteSize() / Long.BYTES - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long found = hashes.get(LONG, middle * Long.BYTES);
      if (found == hash) {
        return true;
      }
      if (found < hash) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
