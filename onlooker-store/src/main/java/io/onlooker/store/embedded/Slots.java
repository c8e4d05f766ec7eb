package io.onlooker.store.embedded;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the spans of a trace stand, by their ids: a map that takes a sixth of the memory of one
 * with boxed keys, for each span that waits to be sealed. Not thread-safe.
 */
final class Slots {

  /** Drawn anew by each process, so that nobody can send ids that all want the same place. */
  private static final long FACTOR = new SplittableRandom().nextLong() | 1;

  private static final int LEAST = 4;

  private @Nullable Slot[] table = new Slot[LEAST];
  private int size;

  /** The revision of a span that counts: a row of a generation or of a segment, or of both. */
  static final class Slot {

    private final HotSpan span;
    private @Nullable Generation generation;
    private final int row;
    private @Nullable Segment segment;

    Slot(HotSpan span, @Nullable Generation generation, int row, @Nullable Segment segment) {
      this.span = span;
      this.generation = generation;
      this.row = row;
      this.segment = segment;
    }

    HotSpan span() {
      return span;
    }

    @Nullable Generation generation() {
      return generation;
    }

    /** Of the generation. */
    int row() {
      return row;
    }

    @Nullable Segment segment() {
      return segment;
    }

    /** From now on it stands there as well. */
    void standIn(Segment sealed) {
      segment = sealed;
    }

    /** From now on it stands in the segment alone. */
    void leaveMemory() {
      generation = null;
    }
  }

  @Nullable Slot get(long spanId) {
    return table[place(spanId)];
  }

  /** Puts it in place of the one of the same span. */
  void put(Slot slot) {
    int place = place(slot.span().spanId());
    if (table[place] == null && ++size > table.length / 4 * 3) {
      grow();
      place = place(slot.span().spanId());
    }
    table[place] = slot;
  }

  /** Its own place, or the one where it would be put. */
  private int place(long spanId) {
    int mask = table.length - 1;
    int place = (int) ((spanId * FACTOR) >>> Long.numberOfLeadingZeros(mask));
    for (Slot at = table[place]; at != null && at.span().spanId() != spanId; at = table[place]) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    @Nullable Slot[] before = table;
    table = new Slot[2 * before.length];
    for (Slot slot : before) {
      if (slot != null) {
        table[place(slot.span().spanId())] = slot;
      }
    }
  }

  int size() {
    return size;
  }

  Stream<Slot> all() {
    return Arrays.stream(table).filter(Objects::nonNull);
  }

  /** Whether each span stands in a segment. */
  boolean allSealed() {
    for (Slot slot : table) {
      if (slot != null && slot.segment() == null) {
        return false;
      }
    }
    return true;
  }

  /** Forgets all but these. */
  void keep(Stream<Slot> some) {
    Slot[] kept = some.toArray(Slot[]::new);
    table = new Slot[LEAST];
    size = 0;
    for (Slot slot : kept) {
      put(slot);
    }
  }
}
