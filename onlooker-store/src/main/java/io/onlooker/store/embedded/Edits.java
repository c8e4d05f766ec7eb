package io.onlooker.store.embedded;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Knows which spans are appended while others are changed by what was read of them. Appends go
 * beside each other; while an edit writes, no append is on its way.
 */
final class Edits {

  private final Gate gate;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Open> open = ConcurrentHashMap.newKeySet();

  /**
   * @param gate that appends pass before they come here
   */
  Edits(Gate gate) {
    this.gate = gate;
  }

  private record Key(String traceId, String spanId) {

    static Key of(SpanData span) {
      return new Key(span.traceId(), span.spanId());
    }
  }

  /** Appends a batch of somebody who did not read before. */
  void append(Batch batch, Runnable append) {
    lock.readLock().lock();
    try {
      append.run();
    } finally {
      open.forEach(edit -> edit.note(batch));
      lock.readLock().unlock();
    }
  }

  /**
   * @param append keeps a batch
   */
  Edit begin(int project, Consumer<Batch> append) {
    Open edit = new Open(project, append);
    lock.writeLock().lock();
    try {
      open.add(edit);
    } finally {
      lock.writeLock().unlock();
    }
    return edit;
  }

  private final class Open implements Edit {

    private final int project;
    private final Consumer<Batch> append;
    private final Set<Key> revised = ConcurrentHashMap.newKeySet();

    Open(int project, Consumer<Batch> append) {
      this.project = project;
      this.append = append;
    }

    void note(Batch batch) {
      if (batch.project() == project) {
        for (Item item : batch.items()) {
          if (item instanceof SpanData span) {
            revised.add(Key.of(span));
          }
        }
      }
    }

    @Override
    public List<SpanData> append(List<SpanData> revisions) {
      return gate.pass(() -> alone(revisions));
    }

    private List<SpanData> alone(List<SpanData> revisions) {
      List<SpanData> refused = new ArrayList<>();
      List<Item> kept = new ArrayList<>();
      lock.writeLock().lock();
      try {
        for (SpanData span : revisions) {
          if (revised.contains(Key.of(span))) {
            refused.add(span);
          } else {
            kept.add(span);
          }
        }
        Batch batch = new Batch(project, kept);
        append.accept(batch);
        open.stream().filter(other -> other != this).forEach(other -> other.note(batch));
      } finally {
        lock.writeLock().unlock();
      }
      return refused;
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }
}
