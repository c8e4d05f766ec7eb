package io.onlooker.store.embedded;

import com.github.luben.zstd.Zstd;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The spans of a segment once more, those of a trace together, so that a trace is read from one
 * block instead of from all columns. What {@link TraceCopyWriter} wrote.
 */
final class TraceCopy {

  private final MemorySegment file;
  private final KnownNames names;
  private final long spans;
  private final long[] firstHashes;
  private final long[] offsets;
  private final int[] lengths;

  /**
   * @throws RuntimeException when the bytes are not a whole copy
   */
  TraceCopy(MemorySegment file) {
    this.file = file;
    int trailer = TraceCopyWriter.TRAILER;
    ByteBuffer end = ByteBuffer.wrap(bytes(file.byteSize() - trailer, trailer));
    int length = end.getInt();
    int compressed = end.getInt();
    if (end.getLong() != TraceCopyWriter.MAGIC) {
      throw new IllegalArgumentException("its last bytes are not those of a whole copy");
    }
    long at = file.byteSize() - trailer - compressed;
    ByteSource source = new ByteSource(Zstd.decompress(bytes(at, compressed), length));
    spans = source.takeUnsigned();
    names = KnownNames.read(source);
    int blocks = source.takeCount();
    firstHashes = new long[blocks];
    offsets = new long[blocks + 1];
    lengths = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      firstHashes[block] = source.takeFixed();
      lengths[block] = (int) source.takeUnsigned();
      offsets[block + 1] = offsets[block] + source.takeUnsigned();
    }
  }

  /** All of it. */
  MemorySegment bytes() {
    return file;
  }

  /** How many there are. */
  long spans() {
    return spans;
  }

  KnownNames names() {
    return names;
  }

  int blocks() {
    return lengths.length;
  }

  /**
   * All spans of these traces.
   *
   * @throws RuntimeException when the file is damaged
   */
  List<HotSpan> spans(Collection<TraceKey> traces) {
    List<TraceKey> inOrder =
        traces.stream().sorted(Comparator.comparingLong(TraceKey::hash)).toList();
    List<HotSpan> found = new ArrayList<>();
    Block last = null;
    for (TraceKey trace : inOrder) {
      for (int block = first(trace.hash());
          block < blocks() && firstHashes[block] <= trace.hash();
          block++) {
        last = last != null && last.number() == block ? last : block(block);
        last.read(trace, found::add);
      }
    }
    return found;
  }

  /** The first block in which the hash may stand: the one before the first that begins with it. */
  private int first(long hash) {
    int low = 0;
    int high = blocks();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firstHashes[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }

  /**
   * @param number from 0, less than {@link #blocks}
   */
  Block block(int number) {
    int compressed = (int) (offsets[number + 1] - offsets[number]);
    return new Block(
        number, Zstd.decompress(bytes(offsets[number], compressed), lengths[number]), names);
  }

  private byte[] bytes(long from, long count) {
    return file.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Records that are compressed together. */
  record Block(int number, byte[] bytes, KnownNames names) {

    /** Its spans of the trace. */
    private void read(TraceKey trace, Consumer<HotSpan> reader) {
      ByteSource source = new ByteSource(bytes);
      while (!source.isEmpty()) {
        long hash = source.takeFixed();
        int length = source.takeCount();
        if (hash == trace.hash()) {
          new SpanRecordReader(source, names)
              .read().stream().filter(span -> span.trace().equals(trace)).forEach(reader);
        } else {
          source.skip(length);
        }
      }
    }

    /** The spans of its records, one after another. */
    List<List<HotSpan>> records() {
      List<List<HotSpan>> records = new ArrayList<>();
      ByteSource source = new ByteSource(bytes);
      while (!source.isEmpty()) {
        source.takeFixed();
        source.takeCount();
        records.add(new SpanRecordReader(source, names).read());
      }
      return records;
    }
  }
}
