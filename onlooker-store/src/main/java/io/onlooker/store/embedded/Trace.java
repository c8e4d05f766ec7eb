package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Slots.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What memory knows of a trace: the revision that counts of each of its spans, and where that one
 * stands. Guarded by the lock of {@link HotTier}.
 */
final class Trace {

  private final TraceKey key;
  private final Slots slots = new Slots();
  private List<Segment> unread;
  private boolean dirty;
  private boolean told;
  private long touched;

  /**
   * @param unread segments that may hold spans of this trace which memory does not know
   * @param told whether the catalog may hold rows that were derived from it
   */
  Trace(TraceKey key, List<Segment> unread, boolean told) {
    this.key = key;
    this.unread = unread;
    this.told = told;
  }

  TraceKey key() {
    return key;
  }

  @Nullable Slot slot(long spanId) {
    return slots.get(spanId);
  }

  void put(Slot slot) {
    slots.put(slot);
  }

  /** Of a revision that stands both there and in a segment, the latter is left. */
  void leave(Generation generation, long spanId) {
    Slot slot = slots.get(spanId);
    if (slot != null && slot.generation() == generation) {
      slot.leaveMemory();
    }
  }

  int size() {
    return slots.size();
  }

  List<HotSpan> spans() {
    List<HotSpan> spans = new ArrayList<>(slots.size());
    slots.all().forEach(slot -> spans.add(slot.span()));
    return spans;
  }

  List<Segment> unread() {
    return unread;
  }

  void read() {
    unread = List.of();
  }

  /** What stood in one of these segments stands in another from now on, or nowhere. */
  void replace(Set<Segment> gone, @Nullable Segment by) {
    if (unread.stream().anyMatch(gone::contains)) {
      List<Segment> others = new ArrayList<>(unread);
      others.removeAll(gone);
      if (by != null) {
        others.add(by);
      }
      unread = others;
    }
    if (by == null) {
      slots.keep(slots.all().filter(slot -> !isIn(slot, gone)));
    } else {
      slots.all().filter(slot -> isIn(slot, gone)).forEach(slot -> slot.standIn(by));
    }
  }

  private static boolean isIn(Slot slot, Set<Segment> segments) {
    return slot.segment() != null && segments.contains(slot.segment());
  }

  /** Marks that its sessions must be folded again; true when they were up to date. */
  boolean soil(long now) {
    touched = now;
    boolean before = dirty;
    dirty = true;
    return !before;
  }

  /** Whether the catalog may hold sessions or failures of it. */
  boolean told() {
    return told;
  }

  void tell() {
    told = true;
  }

  void clean() {
    dirty = false;
  }

  boolean dirty() {
    return dirty;
  }

  /** Whether nothing of it is only in memory, and nothing is left to do. */
  boolean isSealed() {
    return !dirty && unread.isEmpty() && slots.allSealed();
  }

  long touched() {
    return touched;
  }
}
