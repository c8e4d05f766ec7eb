package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets calls through until it closes, and closes only when those on their way are done. */
final class Gate {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  <T extends @Nullable Object> T pass(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "store: closed (expected: open)", null);
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
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
