package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What segments hold of the traces that were read last, so that one who steps through a trace waits
 * for its files once. Files of a segment never change; what no longer counts of them is for the
 * caller to leave out.
 */
final class ReadTraces {

  /** Roughly what a span takes beside its texts. */
  private static final long BYTES_A_SPAN = 512;

  private static final long BYTES_AN_ATTRIBUTE = 64;

  /** One trace may take this part of all, so that a huge one does not drive out the others. */
  private static final int MOST_OF_ONE = 4;

  private final long mostBytes;
  private final Map<Place, Read> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Numbers of segments do not come twice while a store is open. */
  private record Place(long segment, TraceKey trace) {}

  private record Read(List<HotSpan> spans, long bytes) {}

  /**
   * @param mostBytes of memory, estimated
   */
  ReadTraces(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Null when it was not read, or too long ago. */
  synchronized @Nullable List<HotSpan> get(Segment segment, TraceKey trace) {
    Read read = byUse.get(new Place(segment.number(), trace));
    return read == null ? null : read.spans();
  }

  /** Keeps all spans that the segment holds of the trace. */
  synchronized void put(Segment segment, TraceKey trace, List<HotSpan> spans) {
    long size = bytes(spans);
    if (size > mostBytes / MOST_OF_ONE) {
      return;
    }
    Read before = byUse.put(new Place(segment.number(), trace), new Read(List.copyOf(spans), size));
    bytes += size - (before == null ? 0 : before.bytes());
    Iterator<Read> oldest = byUse.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  private static long bytes(List<HotSpan> spans) {
    long bytes = BYTES_A_SPAN;
    for (HotSpan span : spans) {
      SpanData data = span.data();
      bytes += BYTES_A_SPAN + data.name().length() + bytes(data.attributes());
      for (SpanEvent event : data.events()) {
        bytes += BYTES_AN_ATTRIBUTE + event.name().length() + bytes(event.attributes());
      }
    }
    return bytes;
  }

  private static long bytes(Attributes attributes) {
    return attributes.toMap().entrySet().stream()
        .mapToLong(each ->
            BYTES_AN_ATTRIBUTE + each.getKey().length() + String.valueOf(each.getValue()).length())
        .sum();
  }
}
