package io.onlooker;

import io.onlooker.TracingEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries what the application's threads record over to Onlooker's own thread. The application
 * never waits: what finds the queue full is dropped and counted, except the end of a span that was
 * announced, which always arrives.
 */
final class Dispatcher implements EventRing.Sink {

  /** What is made on Onlooker's thread from what the application said. */
  interface Deferred {
    void deliver(Delivery delivery);
  }

  // A note in the ring: two bits of what it is, above them the length of the span's log.
  private static final int STARTED = 0;
  private static final int UPDATED = 1;
  private static final int ENDED = 2;
  private static final int OTHER = 3;
  private static final Kind[] KINDS = {Kind.SPAN_STARTED, Kind.SPAN_UPDATED, Kind.SPAN_ENDED};

  /** How long the thread rests after work, and at most when there is none for a while. */
  private static final long SHORT_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long LONG_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  /** A resting thread is woken when this part of the ring is new; waking costs microseconds. */
  private static final int WAKE_PART = 4;

  private static final long LONGEST_LOOK_AROUND_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_OPEN = 100_000;

  /** What nobody ended may not look as if it had gone well. */
  private static final SpanStatus UNFINISHED =
      new SpanStatus(SpanStatus.Code.CANCELLED, "open at shutdown");

  private static final long OLDEST_OPEN_NANOS = TimeUnit.HOURS.toNanos(24);

  private final EventRing ring;
  private final int wakeMask;
  private final Delivery delivery;
  private final EpochClock clock;
  private final Guard guard;
  private final ExportMetrics metrics;
  private final Thread thread;
  private final IdleSpans idleSpans;
  private final long lookAroundNanos;
  private final AtomicInteger missedEnds = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Announced and not ended, oldest first. */
  private final Set<RecordedSpan> open = new LinkedHashSet<>();

  private long lookedAround = System.nanoTime();

  Dispatcher(Settings settings, EpochClock clock, Guard guard, ExportMetrics metrics) {
    this.clock = clock;
    this.guard = guard;
    this.metrics = metrics;
    ring = new EventRing(settings.queueSize());
    wakeMask = Math.max(1, ring.capacity() / WAKE_PART) - 1;
    delivery = new Delivery(settings.processors(), settings.exporters(), guard, metrics);
    idleSpans = new IdleSpans(settings.idleTimeout());
    long timeout = TimeUnit.NANOSECONDS.convert(settings.idleTimeout());
    lookAroundNanos = Math.min(LONGEST_LOOK_AROUND_NANOS, timeout / 4);
    thread = new Thread(this::work, "onlooker");
    thread.setDaemon(true);
    if (settings.exporters().isEmpty()) {
      closing.set(true);
      finished.countDown();
    } else {
      thread.start();
    }
  }

  /** What ends by itself when nothing happens. */
  IdleSpans idleSpans() {
    return idleSpans;
  }

  boolean started(RecordedSpan span, int length, long time) {
    return add(span, STARTED | length << 2, time);
  }

  void updated(RecordedSpan span, int length) {
    if (!add(span, UPDATED | length << 2, 0)) {
      metrics.countDropped(Drop.QUEUE_FULL, 1);
    }
  }

  /** False when the queue is full: the span keeps its end, and {@link #missedEnd} is to be told. */
  boolean ended(RecordedSpan span, int length, long time) {
    return add(span, ENDED | length << 2, time);
  }

  void missedEnd() {
    missedEnds.incrementAndGet();
  }

  /** Queues what is not a span; what finds the queue full or closed is dropped and counted. */
  void add(Deferred item) {
    if (closed()) {
      metrics.countDropped(Drop.CLOSED, 1);
    } else if (!add(item, OTHER, 0)) {
      metrics.countDropped(Drop.QUEUE_FULL, 1);
    }
  }

  private boolean add(Object item, int note, long time) {
    long at = ring.add(item, note, time);
    if (at >= 0 && (at + 1 & wakeMask) == 0) {
      LockSupport.unpark(thread);
    }
    return at >= 0;
  }

  boolean closed() {
    return closing.get();
  }

  /** Waits until all that was recorded before has reached the exporters. */
  boolean drain(Duration timeout) {
    if (closed()) {
      return true;
    }
    long deadline = deadline(timeout);
    CountDownLatch passed = new CountDownLatch(1);
    Deferred marker = delivery -> passed.countDown();
    while (!add(marker, OTHER, 0)) {
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.unpark(thread);
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
    LockSupport.unpark(thread);
    return await(passed, deadline);
  }

  /** Ends the open spans, delivers what waits, and stops; what comes later is dropped. */
  boolean close(Duration timeout) {
    closing.set(true);
    LockSupport.unpark(thread);
    return await(finished, deadline(timeout));
  }

  /** On the clock of {@link System#nanoTime}; a time longer than it can hold is as good as ever. */
  static long deadline(Duration timeout) {
    return System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
  }

  /** Whether the latch opened in time; an interrupt ends the waiting and is kept. */
  static boolean await(CountDownLatch latch, long deadline) {
    try {
      return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void work() {
    long rest = SHORT_REST_NANOS;
    while (!closed()) {
      rest = turn() > 0 ? SHORT_REST_NANOS : Math.min(rest * 2, LONG_REST_NANOS);
      lookAround();
      // Also after work: a thread that takes entries as they come reads the memory that the
      // application is writing to, and each of its writes then waits for the other core.
      LockSupport.parkNanos(this, rest);
      // Whoever ran on this thread may have left it interrupted: it would never rest again.
      Thread.interrupted();
    }
    turn();
    endOpenSpans();
    finished.countDown();
  }

  /** Delivers what waits; returns how much there was. */
  private int turn() {
    int missed = missedEnds.getAndSet(0);
    long announced = ring.tail();
    int count = ring.drain(this);
    if (missed > 0) {
      deliverMissedEnds();
      if (ring.head() < announced) {
        // A slot is still being filled; the start of a missed span may lie behind it.
        missedEnds.incrementAndGet();
      }
    }
    return count;
  }

  @Override
  public void accept(Object item, int note, long time) {
    if (!guard.run("recording", () -> deliver(item, note, time))) {
      metrics.countDropped(Drop.INVALID, 1);
    }
  }

  private void deliver(Object item, int note, long time) {
    if (item instanceof RecordedSpan span) {
      deliver(span, KINDS[note & 3], note >>> 2, time);
    } else {
      ((Deferred) item).deliver(delivery);
    }
  }

  private void deliver(RecordedSpan span, Kind kind, int length, long time) {
    if (kind == Kind.SPAN_STARTED) {
      open.add(span);
      if (open.size() > MOST_OPEN) {
        endOpen(open.iterator().next(), clock.nanos(), SpanStatus.ABANDONED);
      }
    } else if (kind == Kind.SPAN_ENDED) {
      open.remove(span);
    }
    idleSpans.news(span, clock.nanos());
    long end = kind == Kind.SPAN_ENDED ? time : SpanData.OPEN;
    delivery.deliver(new TracingEvent(kind, SpanFold.fold(span, length, end)));
  }

  private void deliverMissedEnds() {
    for (RecordedSpan span : List.copyOf(open)) {
      SideLog side = span.side();
      if (side != null && side.endNanos() != SpanData.OPEN) {
        deliver(span, Kind.SPAN_ENDED, side.endLength(), side.endNanos());
      }
    }
  }

  /** Follows the machine's clock, and ends spans that nobody will end any more. */
  private void lookAround() {
    long now = System.nanoTime();
    if (now - lookedAround < lookAroundNanos) {
      return;
    }
    lookedAround = now;
    clock.adjust();
    for (RecordedSpan span : oldest()) {
      endOpen(span, clock.nanos(), SpanStatus.ABANDONED);
    }
    for (RecordedSpan span : idleSpans.idle(open, clock.nanos())) {
      endOpen(span, idleSpans.lastNews(span), SpanStatus.ABANDONED);
    }
  }

  private List<RecordedSpan> oldest() {
    List<RecordedSpan> found = new ArrayList<>();
    Iterator<RecordedSpan> spans = open.iterator();
    RecordedSpan span = next(spans);
    while (span != null && clock.nanos() - span.startNanos() > OLDEST_OPEN_NANOS) {
      found.add(span);
      span = next(spans);
    }
    return found;
  }

  private static @Nullable RecordedSpan next(Iterator<RecordedSpan> spans) {
    return spans.hasNext() ? spans.next() : null;
  }

  private void endOpenSpans() {
    // Children first: an exporter that sends a tree when its root ends has it whole.
    List<RecordedSpan> spans = new ArrayList<>(open);
    for (int i = spans.size() - 1; i >= 0; i--) {
      endOpen(spans.get(i), clock.nanos(), UNFINISHED);
    }
    ring.drain(this);
    deliverMissedEnds();
    idleSpans.all().forEach(span -> endOpen(span, clock.nanos(), UNFINISHED));
  }

  /** Ends a span in the place of its owner; an outcome that was said before stays. */
  private void endOpen(RecordedSpan span, long end, SpanStatus unlessSaid) {
    Runnable lastWords = idleSpans.remove(span);
    if (lastWords != null) {
      guard.run("last words about an abandoned span", lastWords);
    }
    if (span.abandon() && open.remove(span)) {
      guard.run("recording", () -> deliverEnd(span, end, unlessSaid));
    }
  }

  private void deliverEnd(RecordedSpan span, long end, SpanStatus unlessSaid) {
    SpanSnapshot last = SpanFold.fold(span, span.length(), end);
    boolean said = last.status().code() != SpanStatus.Code.UNSET;
    delivery.deliver(new TracingEvent(Kind.SPAN_ENDED, said ? last : last.withStatus(unlessSaid)));
  }
}
