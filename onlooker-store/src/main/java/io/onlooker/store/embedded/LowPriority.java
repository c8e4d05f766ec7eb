package io.onlooker.store.embedded;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Does work that no client waits for on a thread of low priority, which on Linux takes {@code
 * -XX:ThreadPriorityPolicy=1}; the launcher sets it. A lock that others wait for does not belong
 * into such work: they would be as slow as it.
 */
final class LowPriority {

  private LowPriority() {}

  /**
   * Does it and waits until it has ended. When the caller is interrupted so is the work.
   *
   * @param name of its thread
   * @param work throws no checked exception but {@link IOException}
   */
  static <T extends @Nullable Object> T run(String name, Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    join(start(name, task));
    if (task.state() == FutureTask.State.SUCCESS) {
      return task.resultNow();
    }
    switch (task.exceptionNow()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(name + " failed", e);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Where it is not heeded, the work is done all the same.
  private static Thread start(String name, Runnable task) {
    return Thread.ofPlatform().name(name).priority(Thread.MIN_PRIORITY).daemon().start(task);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
