package io.onlooker.store.embedded;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a {@link TraceCopy}: blocks of records, then what finds them. A record is the hash of a
 * trace and some of its spans; records stand in the order of hashes, in blocks compressed by
 * themselves. The end of the file says where a reader begins.
 */
final class TraceCopyWriter implements AutoCloseable {

  static final long MAGIC = 0x4F4C_434F_5059_0001L;

  /** Of the magic, and of the lengths of what finds the blocks: as it is, and compressed. */
  static final int TRAILER = Long.BYTES + 2 * Integer.BYTES;

  private static final int LEVEL = 3;
  private static final int BLOCK = 128 << 10;

  /** A trace of very many spans is in several records, so that memory holds few of them. */
  private static final int SPANS_A_RECORD = 64;

  private final OutputStream file;
  private final KnownNames names;
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ByteSink record = new ByteSink();
  private final ByteSink block = new ByteSink();
  private final ByteSink index = new ByteSink();
  private long firstHash;
  private int blocks;
  private long spans;

  private TraceCopyWriter(Path file, KnownNames names) throws IOException {
    this.file = new BufferedOutputStream(Files.newOutputStream(file));
    this.names = names;
    compressor.setLevel(LEVEL);
    compressor.setChecksum(true);
  }

  /** What puts records into a file, in the order of their hashes. */
  interface Source {
    void writeTo(TraceCopyWriter writer) throws IOException;
  }

  /** Writes the copy of a segment, which is there only when it is whole and durable. */
  static void write(DataFolder folder, long segment, KnownNames names, Source source)
      throws IOException {
    Path file = folder.copy(segment);
    Path unfinished = folder.temporary().resolve(file.getFileName());
    try (TraceCopyWriter writer = new TraceCopyWriter(unfinished, names)) {
      source.writeTo(writer);
      writer.finish();
    }
    Disk.finish(unfinished, file);
    Disk.forceFolder(folder.segments());
  }

  /** All of the spans, in any order. */
  void addAll(List<HotSpan> unsorted) throws IOException {
    Map<TraceKey, List<HotSpan>> byTrace = new HashMap<>();
    for (HotSpan span : unsorted) {
      byTrace.computeIfAbsent(span.trace(), _ -> new ArrayList<>()).add(span);
    }
    List<TraceKey> traces = new ArrayList<>(byTrace.keySet());
    traces.sort(
        Comparator.comparingLong(TraceKey::hash)
            .thenComparingInt(TraceKey::project)
            .thenComparingLong(TraceKey::high));
    for (TraceKey trace : traces) {
      List<HotSpan> spans = byTrace.getOrDefault(trace, List.of());
      spans.sort(Comparator.comparingLong(span -> span.data().startNanos()));
      add(trace, spans);
    }
  }

  /**
   * @param trace whose hash is that of the last one, or greater
   * @param ofTrace spans of it, of which others may follow
   */
  void add(TraceKey trace, List<HotSpan> ofTrace) throws IOException {
    for (int from = 0; from < ofTrace.size(); from += SPANS_A_RECORD) {
      List<HotSpan> some = ofTrace.subList(from, Math.min(from + SPANS_A_RECORD, ofTrace.size()));
      record.clear();
      new SpanRecordWriter(record, names).write(trace, some);
      add(trace.hash(), record);
      spans += some.size();
    }
  }

  private void add(long hash, ByteSink written) throws IOException {
    if (block.length() == 0) {
      firstHash = hash;
    }
    block.putFixed(hash);
    block.putUnsigned(written.length());
    block.put(written);
    if (block.length() >= BLOCK) {
      endBlock();
    }
  }

  private void endBlock() throws IOException {
    byte[] compressed = compressor.compress(block.toBytes());
    file.write(compressed);
    index.putFixed(firstHash);
    index.putUnsigned(block.length());
    index.putUnsigned(compressed.length);
    blocks++;
    block.clear();
  }

  private void finish() throws IOException {
    if (block.length() > 0) {
      endBlock();
    }
    ByteSink end = new ByteSink();
    end.putUnsigned(spans);
    names.write(end);
    end.putUnsigned(blocks);
    end.put(index);
    byte[] compressed = compressor.compress(end.toBytes());
    file.write(compressed);
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
    trailer.putInt(end.length()).putInt(compressed.length).putLong(MAGIC);
    file.write(trailer.array());
  }

  @Override
  public void close() throws IOException {
    compressor.close();
    file.close();
  }
}
