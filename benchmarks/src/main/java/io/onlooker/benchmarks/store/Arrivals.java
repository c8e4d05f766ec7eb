package io.onlooker.benchmarks.store;

import io.onlooker.Item;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends spans of whole traces at an even pace, some batches at a time, as connections do; until
 * it is closed. Where the store does not keep up, the next batches wait.
 */
final class Arrivals implements AutoCloseable {

  private static final int WRITERS = 8;
  private static final int BATCH = 100;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
  private final BlockingQueue<List<Item>> waiting = new ArrayBlockingQueue<>(WRITERS);
  private final AtomicLong appended = new AtomicLong();
  private final long begin = System.nanoTime();
  private volatile boolean closed;

  Arrivals(Store store, int perSecond) {
    threads.execute(() -> make(perSecond));
    for (int i = 0; i < WRITERS; i++) {
      threads.execute(() -> append(store));
    }
  }

  private void make(int perSecond) {
    TraceStream stream =
        new TraceStream(
            StoreFill.SEED + 1, perSecond * LONGEST.toSeconds(), Instant.now(), LONGEST);
    long made = 0;
    while (!closed) {
      List<Item> batch = new ArrayList<>();
      while (batch.size() < BATCH) {
        batch.addAll(stream.next());
      }
      made += batch.size();
      long early = made * 1_000_000_000L / perSecond - (System.nanoTime() - begin);
      LockSupport.parkNanos(early);
      offer(batch);
    }
  }

  private void offer(List<Item> batch) {
    try {
      waiting.put(batch);
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  private void append(Store store) {
    try {
      while (!closed) {
        List<Item> batch = waiting.take();
        store.append(new Batch(StoreFill.PROJECT, batch));
        appended.addAndGet(batch.size());
      }
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  /** How many arrived in a second, so far. */
  double perSecond() {
    return appended.get() / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    threads.close();
  }
}
