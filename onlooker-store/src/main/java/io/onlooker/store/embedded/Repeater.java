package io.onlooker.store.embedded;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own; what fails is tried again. */
final class Repeater implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Repeater.class);

  private final String name;
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> task;

  Repeater(String name, Duration every, Runnable action) {
    this.name = name;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    task =
        thread.scheduleWithFixedDelay(
            () -> run(action), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.error("{} failed; tried again soon", name, e);
    }
  }

  /** Interrupts what is going on and waits until it has ended. */
  void cancel() {
    thread.shutdownNow();
    close();
  }

  /** Waits for what is going on. */
  @Override
  public void close() {
    task.cancel(false);
    thread.close();
  }
}
