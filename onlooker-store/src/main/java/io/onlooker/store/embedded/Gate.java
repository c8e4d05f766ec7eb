package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls through until it closes, and closes only when those on their way are done. It also
 * tells when all calls are done that might still read a file which no longer counts.
 */
final class Gate {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final TreeSet<Long> onTheirWay = new TreeSet<>();
  private long calls;
  private boolean closed;

  <T extends @Nullable Object> T pass(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "store: closed (expected: open)", null);
      }
      return track(call);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts as a call on its way, but is let through although the gate has closed. */
  <T extends @Nullable Object> T track(Supplier<T> call) {
    long number;
    synchronized (onTheirWay) {
      number = ++calls;
      onTheirWay.add(number);
    }
    try {
      return call.get();
    } finally {
      synchronized (onTheirWay) {
        onTheirWay.remove(number);
      }
    }
  }

  /** A mark behind all calls that have begun. */
  long mark() {
    synchronized (onTheirWay) {
      return ++calls;
    }
  }

  /** Whether all calls that began before the mark are done. */
  boolean isPast(long mark) {
    synchronized (onTheirWay) {
      return onTheirWay.isEmpty() || onTheirWay.first() > mark;
    }
  }

  /** True for the first call; waits for the calls on their way. */
  boolean close() {
    lock.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
