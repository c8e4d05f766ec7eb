package io.onlooker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of (item, note, time) from many threads to one, without an object per entry: a
 * recorded span costs its own memory and nothing more. Adding never blocks; a full ring refuses.
 */
final class EventRing {

  /** Takes what {@link #drain} finds. */
  interface Sink {
    void accept(Object item, int note, long time);
  }

  private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(long[].class);

  private final int mask;
  private final @Nullable Object[] items;
  private final int[] notes;
  private final long[] times;

  /**
   * Whose turn a slot is: its position when it is free for that position, position + 1 when filled.
   */
  private final long[] turns;

  private final AtomicLong tail = new AtomicLong();
  private long head;

  /**
   * @param capacity entries at least; rounded up to a power of two
   */
  EventRing(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
    mask = size - 1;
    items = new Object[size];
    notes = new int[size];
    times = new long[size];
    turns = new long[size];
    for (int i = 0; i < size; i++) {
      turns[i] = i;
    }
  }

  /**
   * Adds an entry at the end.
   *
   * @return its position, counted from 0, or -1 when the ring is full
   */
  long add(Object item, int note, long time) {
    while (true) {
      long at = tail.get();
      int slot = (int) at & mask;
      long turn = (long) TURN.getAcquire(turns, slot);
      if (turn == at && tail.weakCompareAndSetVolatile(at, at + 1)) {
        items[slot] = item;
        notes[slot] = note;
        times[slot] = time;
        TURN.setRelease(turns, slot, at + 1);
        return at;
      }
      if (turn < at) {
        return -1;
      }
    }
  }

  /**
   * Hands over what was added before the call, oldest first. Only one thread may call this.
   *
   * @return how many entries there were
   */
  int drain(Sink sink) {
    long end = tail.get();
    long begin = head;
    long at = begin;
    // Counted here and told at the end: written each time, the field would take the memory beside
    // it, which all adding threads read, away from their cores.
    try {
      while (at < end && (long) TURN.getAcquire(turns, (int) at & mask) == at + 1) {
        take(at++, sink);
      }
    } finally {
      head = at;
    }
    return (int) (at - begin);
  }

  /** How many entries were ever added. */
  long tail() {
    return tail.get();
  }

  /** How many entries were ever handed over, but for a drain in progress; for its thread. */
  long head() {
    return head;
  }

  int capacity() {
    return mask + 1;
  }

  private void take(long at, Sink sink) {
    int slot = (int) at & mask;
    Object item = java.util.Objects.requireNonNull(items[slot]);
    int note = notes[slot];
    long time = times[slot];
    items[slot] = null;
    TURN.setRelease(turns, slot, at + capacity());
    sink.accept(item, note, time);
  }
}
