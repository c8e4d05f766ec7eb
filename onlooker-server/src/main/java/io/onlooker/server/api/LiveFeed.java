package io.onlooker.server.api;

import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what was kept to those who listen, each at its own pace. While nobody listens to a
 * project its batches cost nothing; nobody who listens can make the ingest wait.
 */
public final class LiveFeed implements Consumer<Batch>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  /** A session changes with every span of it: looked at some times a second, not at each. */
  private static final Duration SESSIONS_EVERY = Duration.ofMillis(100);

  private final Store store;
  private final Map<Integer, LiveProject> projects = new ConcurrentHashMap<>();
  private final BlockingQueue<LiveProject> changed = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Tells sessions from this store. */
  public LiveFeed(Store store) {
    this.store = store;
    thread = Thread.ofVirtual().name("onlooker-live").start(this::tellSessions);
  }

  /** Tells the listeners; returns at once. */
  @Override
  public void accept(Batch batch) {
    LiveProject project = projects.get(batch.project());
    if (project != null && project.tell(batch.items()) && !changed.contains(project)) {
      changed.add(project);
    }
  }

  LiveProject project(int id) {
    return projects.computeIfAbsent(id, LiveProject::new);
  }

  private void tellSessions() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        LiveProject project = changed.take();
        Thread.sleep(SESSIONS_EVERY);
        tellSessions(project);
      }
    } catch (InterruptedException _) {
      // The server is closing.
    }
  }

  private void tellSessions(LiveProject project) {
    try {
      project.tellSessions(store);
    } catch (StoreException e) {
      LOG.warn("Sessions could not be told to those who listen: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
