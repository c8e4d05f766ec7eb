package io.onlooker.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Payloads on their way to the one thread that sends them, bounded in bytes. Thread-safe. */
final class SendQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Deque<Payload> waiting = new ArrayDeque<>();
  private final long maxBytes;
  private long bytes;

  /** How many were ever taken in, and how many of these are done with: first in, first out. */
  private long offered;

  private long settled;
  private boolean busy;
  private boolean woken;
  private boolean closed;

  SendQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether there was room; a payload too large for the whole queue passes when it is empty. */
  boolean offer(Payload payload) {
    lock.lock();
    try {
      if (closed || (bytes > 0 && bytes + payload.body().length > maxBytes)) {
        return false;
      }
      waiting.add(payload);
      offered++;
      bytes += payload.body().length;
      news.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next payload, or null when none came in time, when woken, or when closed and empty. */
  @Nullable Payload take(long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (waiting.isEmpty() && !woken && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
      // Somebody may have called before this thread began to wait: the flag keeps the call.
      woken = false;
      Payload next = waiting.poll();
      if (next != null) {
        busy = true;
        bytes -= next.body().length;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** What waits next, or null, to be given up: it counts as done with. */
  @Nullable Payload poll() {
    lock.lock();
    try {
      Payload next = waiting.poll();
      if (next != null) {
        settle();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** The payload taken last is done with. */
  void done() {
    lock.lock();
    try {
      if (busy) {
        busy = false;
        settle();
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    settled++;
    progress.signalAll();
  }

  /** Makes the sending thread look around. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that was taken in before the call is done with in time; what follows may wait. */
  boolean awaitSettled(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long goal = offered;
      long left = nanos;
      while (settled < goal && left > 0) {
        left = progress.awaitNanos(left);
      }
      return settled >= goal;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits and nothing will come any more. */
  boolean exhausted() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
