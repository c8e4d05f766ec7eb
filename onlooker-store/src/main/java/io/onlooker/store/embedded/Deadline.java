package io.onlooker.store.embedded;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the statements of one query when its time is over, or when the thread that waits for it
 * was interrupted because nobody wants the answer any more.
 */
final class Deadline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Deadline.class);
  private static final long LOOK_EVERY_MICROS = 25_000;

  private final Thread waiting = Thread.currentThread();
  private final Duration time;
  private final long end;
  private final ScheduledFuture<?> watch;
  private @Nullable Statement running;
  private @Nullable String reason;

  Deadline(ScheduledExecutorService clock, long began, Duration time) {
    this.time = time;
    end = began + time.toNanos();
    long every = Math.min(LOOK_EVERY_MICROS, time.toNanos() / 2000 + 1);
    watch = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MICROSECONDS);
  }

  synchronized void watch(Statement statement) {
    running = statement;
  }

  synchronized void forget() {
    running = null;
  }

  /** Why it cancelled, for a person; null when it did not. */
  synchronized @Nullable String reason() {
    return reason;
  }

  private synchronized void look() {
    if (running == null) {
      return;
    }
    if (System.nanoTime() - end > 0) {
      cancel(running, "ran longer than " + time.toMillis() + " ms (expected: a narrower query)");
    } else if (waiting.isInterrupted()) {
      cancel(running, "was cancelled");
    }
  }

  private void cancel(Statement statement, String why) {
    reason = why;
    try {
      statement.cancel();
    } catch (SQLException e) {
      log.warn("query could not be cancelled", e);
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
  }
}
