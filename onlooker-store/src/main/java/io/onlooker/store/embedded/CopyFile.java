package io.onlooker.store.embedded;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The copy of a segment as its file holds it: one {@link TraceCopy}, or behind each other those of
 * the segments that it was merged from, then their lengths.
 */
record CopyFile(List<TraceCopy> parts) {

  /** A trace is looked for in each of them. */
  static final int MOST_PARTS = 8;

  private static final long MAGIC = 0x4F4C_434F_5059_0002L;
  private static final int TRAILER = Integer.BYTES + Long.BYTES;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /**
   * Maps a file; the system reads and forgets its pages as needed.
   *
   * @throws RuntimeException when it is not a whole copy
   */
  static CopyFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      boolean joined = mapped.get(LONG, mapped.byteSize() - Long.BYTES) == MAGIC;
      return new CopyFile(joined ? parts(mapped) : List.of(new TraceCopy(mapped)));
    }
  }

  private static List<TraceCopy> parts(MemorySegment file) {
    int count = file.get(INT, file.byteSize() - TRAILER);
    if (count < 1 || count > MOST_PARTS) {
      throw new IllegalArgumentException(
          "copies in it: " + count + " (expected: 1 to " + MOST_PARTS + ")");
    }
    long index = file.byteSize() - TRAILER - (long) count * Long.BYTES;
    List<TraceCopy> parts = new ArrayList<>();
    long at = 0;
    for (int part = 0; part < count; part++) {
      long length = file.get(LONG, index + (long) part * Long.BYTES);
      parts.add(new TraceCopy(file.asSlice(at, length)));
      at += length;
    }
    if (at != index) {
      throw new IllegalArgumentException("its copies: " + at + " bytes (expected: " + index + ")");
    }
    return List.copyOf(parts);
  }

  /**
   * Writes the parts as the copy of a segment, which is there only when it is whole and durable.
   */
  static void join(DataFolder folder, long segment, List<TraceCopy> parts) throws IOException {
    Path file = folder.copy(segment);
    Path unfinished = folder.temporary().resolve(file.getFileName());
    ByteBuffer end = ByteBuffer.allocate(parts.size() * Long.BYTES + TRAILER);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (TraceCopy part : parts) {
        write(channel, part.bytes().asByteBuffer());
        end.putLong(part.bytes().byteSize());
      }
      write(channel, end.putInt(parts.size()).putLong(MAGIC).flip());
    }
    Disk.finish(unfinished, file);
    Disk.forceFolder(folder.segments());
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** How many there are. */
  long spans() {
    return parts.stream().mapToLong(TraceCopy::spans).sum();
  }

  /**
   * All spans of these traces.
   *
   * @throws RuntimeException when the file is damaged
   */
  List<HotSpan> spans(Collection<TraceKey> traces) {
    List<HotSpan> spans = new ArrayList<>();
    parts.forEach(part -> spans.addAll(part.spans(traces)));
    return spans;
  }
}
