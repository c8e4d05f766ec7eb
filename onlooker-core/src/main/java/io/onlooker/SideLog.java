package io.onlooker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What few spans have: facts told by another thread than the span's own, metadata, and an end that
 * found the queue full. Safe for many threads.
 */
final class SideLog {

  /**
   * A fact and how many entries the span's own log had when it came: its place among them.
   *
   * <p>Whoever was told of the own entries (a task handed over, a future joined) has seen them, so
   * the order kept is the order in which the application did things.
   */
  record Entry(int after, Object key, Object value) {}

  private final List<Entry> entries = new ArrayList<>();
  private Map<String, Object> metadata = Map.of();
  private long endNanos = SpanData.OPEN;
  private int endLength;

  synchronized void add(int after, Object key, Object value) {
    entries.add(new Entry(after, key, value));
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized void metadata(Map<String, Object> changed) {
    metadata = changed;
  }

  synchronized Map<String, Object> metadata() {
    return metadata;
  }

  synchronized void endAt(long time, int length) {
    endNanos = time;
    endLength = length;
  }

  /** The end that could not be queued, or {@link SpanData#OPEN}. */
  synchronized long endNanos() {
    return endNanos;
  }

  synchronized int endLength() {
    return endLength;
  }
}
