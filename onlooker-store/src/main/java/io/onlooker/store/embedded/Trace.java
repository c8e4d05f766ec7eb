package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What memory knows of a trace: the revision that counts of each of its spans, and where that one
 * stands. Guarded by the lock of {@link HotTier}.
 */
final class Trace {

  private final TraceKey key;
  private final Map<Long, Slot> slots = new HashMap<>();
  private List<Segment> unread;
  private boolean dirty;
  private boolean told;
  private long touched;

  /** The revision that counts: a row of a generation or of a segment; of both when it is sealed. */
  record Slot(HotSpan span, @Nullable Generation generation, int row, @Nullable Segment segment) {}

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
    slots.put(slot.span().spanId(), slot);
  }

  /** Of a revision that stands both there and in a segment, the latter is left. */
  void leave(Generation generation, long spanId) {
    slots.computeIfPresent(
        spanId,
        (_, slot) ->
            slot.generation() == generation
                ? new Slot(slot.span(), null, 0, slot.segment())
                : slot);
  }

  Collection<Slot> slots() {
    return slots.values();
  }

  List<HotSpan> spans() {
    List<HotSpan> spans = new ArrayList<>(slots.size());
    slots.values().forEach(slot -> spans.add(slot.span()));
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
    slots.values().removeIf(slot -> by == null && isIn(slot, gone));
    slots.replaceAll((_, slot) -> isIn(slot, gone) ? new Slot(slot.span(), null, 0, by) : slot);
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
    return !dirty && unread.isEmpty() && allSealed();
  }

  private boolean allSealed() {
    for (Slot slot : slots.values()) {
      if (slot.segment() == null) {
        return false;
      }
    }
    return true;
  }

  long touched() {
    return touched;
  }
}
