package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.export.Target.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends payloads to one target on one thread of its own, a daemon that starts with the first
 * payload. Nothing here blocks the application but {@link #flush} and {@link #shutdown}. What does
 * not get through is retried, spooled to disk if there is a spool, or dropped and counted.
 */
final class Sender {

  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long DOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Target target;
  private final Http http;
  private final Backoff backoff;
  private final SendQueue queue;
  private final Drops drops;
  private final ExportMetrics metrics;
  private final @Nullable Spool spool;
  private final Trouble trouble = new Trouble();
  private final List<Waiting> waiting = new CopyOnWriteArrayList<>();

  private volatile @Nullable String failure;
  private @Nullable Thread worker;
  private long downUntil = System.nanoTime();
  private long reportAt = System.nanoTime();

  Sender(
      Target target,
      Http http,
      Backoff backoff,
      SendQueue queue,
      ExportMetrics metrics,
      Drops drops,
      @Nullable Spool spool) {
    this.target = target;
    this.http = http;
    this.backoff = backoff;
    this.queue = queue;
    this.metrics = metrics;
    this.drops = drops;
    this.spool = spool;
    if (spool != null && !spool.isEmpty()) {
      start();
    }
  }

  void lookAfter(Waiting more) {
    waiting.add(more);
  }

  void wake() {
    start();
    queue.wake();
  }

  void offer(Payload payload) {
    if (queue.offer(payload)) {
      start();
    } else {
      drop(queue.closed() ? Drop.CLOSED : Drop.QUEUE_FULL, payload, "the queue is full");
    }
  }

  /** What was wrong with the last try, or null. */
  @Nullable String lastFailure() {
    return failure;
  }

  /** Sends what waits; whether all of it was sent within the time. */
  boolean flush(Duration timeout) {
    long before = lost();
    waiting.forEach(Waiting::push);
    try {
      return queue.awaitSettled(TimeUnit.NANOSECONDS.convert(timeout)) && lost() == before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends what waits and ends the thread; what is left after the time is spooled or dropped. */
  boolean shutdown(Duration timeout) {
    long before = lost();
    waiting.forEach(Waiting::push);
    queue.close();
    boolean inTime = end(timeout);
    if (lost() > 0) {
      Trouble.warn("not sent to " + target.place() + ": " + lost() + " items (" + metrics + ")");
    }
    return inTime && lost() == before;
  }

  /**
   * What should have been sent and was not: neither left out by its rate nor foreign to the wire.
   */
  private long lost() {
    return metrics.dropped() - metrics.dropped(Drop.UNSAMPLED) - metrics.dropped(Drop.NOT_KEPT);
  }

  private boolean end(Duration timeout) {
    Thread running;
    synchronized (this) {
      running = worker;
    }
    if (running == null) {
      release();
      return true;
    }
    try {
      running.join(Math.max(1, TimeUnit.MILLISECONDS.convert(timeout)));
      boolean inTime = !running.isAlive();
      running.interrupt();
      // What is left is only counted or written to disk now.
      running.join(1000);
      return inTime;
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void start() {
    if (worker == null) {
      worker = new Thread(this::run, "onlooker-sender");
      worker.setDaemon(true);
      worker.start();
    }
  }

  private void run() {
    try {
      while (step()) {}
    } catch (InterruptedException e) {
      // The time for sending is over.
    } finally {
      abandonRest();
      release();
    }
  }

  /** One payload, or one wait for it; false when all is done. */
  private boolean step() throws InterruptedException {
    Payload next = queue.take(waitNanos(waiting.stream().mapToLong(Waiting::pushDue).min()));
    if (next != null) {
      try {
        deliver(next);
      } catch (RuntimeException | Error e) {
        drop(Drop.INVALID, next, e.toString());
      } finally {
        queue.done();
      }
      return true;
    }
    if (spool != null && !down()) {
      Payload spooled = spool.peek();
      if (spooled != null) {
        deliver(spooled);
        return true;
      }
    }
    // Not merely closed: a payload may have come between looking and closing.
    return !queue.exhausted();
  }

  /** Until a batch is due or the spool may be tried again. */
  private long waitNanos(OptionalLong due) {
    long spoolDue = Long.MAX_VALUE;
    if (spool != null && !spool.isEmpty()) {
      spoolDue = Math.max(0, downUntil - System.nanoTime());
    }
    return Math.min(due.orElse(Long.MAX_VALUE), spoolDue);
  }

  private boolean down() {
    return downUntil - System.nanoTime() > 0;
  }

  private void deliver(Payload payload) throws InterruptedException {
    if (spool != null && payload.file() == null && down()) {
      giveUp(payload, "spooled while the receiver is down");
      return;
    }
    Payload packed = target.packed(payload);
    try {
      settle(packed, answer(packed));
    } catch (InterruptedException e) {
      giveUp(packed, "no time left");
      throw e;
    }
    report();
  }

  /** The first answer that is final, or the last of all tries. */
  private Verdict answer(Payload payload) throws InterruptedException {
    int attempts = spool == null ? backoff.attempts() : Math.min(2, backoff.attempts());
    for (int tries = 1; ; tries++) {
      if (target.limited(payload)) {
        return new Verdict.Refused(Drop.RATE_LIMITED, "rate limit in force");
      }
      Verdict verdict = target.deliver(http, payload);
      failure = failure(verdict);
      if (!(verdict instanceof Verdict.Retry retry) || tries >= attempts) {
        return verdict;
      }
      Duration asked = retry.after();
      TimeUnit.NANOSECONDS.sleep(asked == null ? backoff.nanos(tries) : asked.toNanos());
    }
  }

  private @Nullable String failure(Verdict verdict) {
    if (verdict instanceof Verdict.Retry retry) {
      return target.place() + ": " + retry.detail();
    }
    if (verdict instanceof Verdict.Refused refused) {
      return target.place() + ": " + refused.detail();
    }
    int refused = ((Verdict.Taken) verdict).refused();
    return refused == 0 ? null : target.place() + ": " + refused + " items refused";
  }

  private void settle(Payload payload, Verdict verdict) {
    if (verdict instanceof Verdict.Retry retry) {
      downUntil = System.nanoTime() + DOWN_NANOS;
      giveUp(payload, retry.detail());
      return;
    }
    if (verdict instanceof Verdict.Refused refused) {
      drop(refused.reason(), payload, refused.detail());
    } else if (verdict instanceof Verdict.Taken taken && payload.category() != Category.REPORT) {
      metrics.countSent(payload.items() - taken.refused());
      drops.count(Drop.REFUSED, payload.category(), taken.refused());
    }
    if (payload.file() != null && spool != null) {
      spool.remove(payload.file());
    }
  }

  /** Keeps it on disk if it can be, else drops it. */
  private void giveUp(Payload payload, String detail) {
    boolean kept = payload.file() != null || (spool != null && spool.put(payload));
    if (kept) {
      trouble.failed(target.place() + ": " + detail, Advice.SPOOLED);
    } else {
      drop(Drop.UNREACHABLE, payload, detail);
    }
  }

  private void drop(Drop reason, Payload payload, String detail) {
    drops.count(reason, payload);
    trouble.failed(
        "%s: %s; %d items dropped as %s".formatted(target.place(), detail, payload.items(), reason),
        Advice.on(reason));
  }

  /** Tells the receiver about drops, now that it answers. */
  private void report() throws InterruptedException {
    if (down() || System.nanoTime() - reportAt < 0 || drops.reported()) {
      return;
    }
    reportAt = System.nanoTime() + REPORT_EVERY_NANOS;
    Payload report = target.report();
    if (report != null && !target.limited(report)) {
      http.post(target, report.gzip());
    }
  }

  private void abandonRest() {
    queue.close();
    for (Payload left = queue.poll(); left != null; left = queue.poll()) {
      giveUp(left, "no time left");
    }
  }

  private void release() {
    if (spool != null) {
      spool.close();
    }
  }
}
