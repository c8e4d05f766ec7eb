package io.onlooker.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that feed event streams, so that a stopping server can end them. */
final class OpenStreams implements AutoCloseable {

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  void run(Runnable feed) {
    Thread current = Thread.currentThread();
    threads.add(current);
    try {
      if (!closed) {
        feed.run();
      }
    } finally {
      threads.remove(current);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
