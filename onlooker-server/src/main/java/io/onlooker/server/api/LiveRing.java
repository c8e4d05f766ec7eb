package io.onlooker.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events of a project, numbered from 1. Writing never waits for a reader: whoever reads
 * too slowly finds the oldest overwritten, and is told how many. Thread-safe.
 */
final class LiveRing {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final LiveEvent[] events;

  /** The number of the latest event, 0 for none. */
  private long last;

  LiveRing(int size) {
    events = new LiveEvent[size];
  }

  /**
   * Events in order.
   *
   * @param missed how many between the last one asked for and the first of these are gone
   * @param last the number of the last of these
   */
  record Slice(long missed, long last, List<LiveEvent> events) {}

  void add(List<? extends LiveEvent> more) {
    lock.lock();
    try {
      for (LiveEvent event : more) {
        last++;
        events[slot(last)] = event;
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** What came behind this number, at most so many; waits for some, and may give none. */
  Slice after(long number, int most, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (last <= number && left > 0) {
        left = news.awaitNanos(left);
      }
      long first = Math.max(number, last - events.length) + 1;
      long end = Math.min(last, first + most - 1);
      List<LiveEvent> found = new ArrayList<>();
      for (long i = first; i <= end; i++) {
        found.add(events[slot(i)]);
      }
      return new Slice(first - 1 - number, Math.max(number, end), found);
    } finally {
      lock.unlock();
    }
  }

  /** The same, waiting so many milliseconds. */
  Slice afterMillis(long number, int most, long millis) throws InterruptedException {
    return after(number, most, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private int slot(long number) {
    return (int) (number % events.length);
  }
}
