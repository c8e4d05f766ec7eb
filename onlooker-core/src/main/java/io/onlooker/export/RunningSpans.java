package io.onlooker.export;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells a receiver that takes them of spans that still run, so that an agent shows while it works.
 * What ends within a fraction of a second is told at its end only, and many updates are told as
 * one. Nothing here is counted: each span's end says everything again.
 *
 * <p>Called by the exporter under its lock, and by the sender's thread, which takes the same lock.
 */
final class RunningSpans implements Waiting {

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int AT_ONCE = 500;
  private static final int MOST_BYTES = SentryWriter.MOST_ITEM_BYTES;

  private final Object lock;
  private final SentryWriter writer;
  private final Sender sender;
  private final Offer offer;
  private final double sampleRate;

  /** Those that run and are sent themselves; forgotten when they end. */
  private final Set<OpenSpan> running = new LinkedHashSet<>();

  /** Those of which there is news. */
  private final Set<OpenSpan> news = new LinkedHashSet<>();

  private long firstNanos;
  private boolean told;

  /**
   * @param lock what the exporter holds while it calls
   */
  RunningSpans(Object lock, SentryWriter writer, Sender sender, Offer offer, double sampleRate) {
    this.lock = lock;
    this.writer = writer;
    this.sender = sender;
    this.offer = offer;
    this.sampleRate = sampleRate;
    sender.lookAfter(this);
  }

  /** Whether each span goes out by itself, as the receiver shows what runs. */
  boolean wanted() {
    return offer.startedSpans();
  }

  void changed(OpenSpan span) {
    if (!Sampling.keeps(span.traceId, sampleRate)) {
      return;
    }
    offer.ask();
    running.add(span);
    if (news.isEmpty()) {
      firstNanos = System.nanoTime();
      news.add(span);
      sender.wake();
    } else {
      news.add(span);
    }
  }

  void ended(OpenSpan span) {
    running.remove(span);
    news.remove(span);
  }

  @Override
  public void push() {
    synchronized (lock) {
      if (!wanted()) {
        told = false;
        news.clear();
        return;
      }
      if (!told) {
        // What began before the receiver had answered is news to it too.
        told = true;
        news.addAll(running);
      }
      while (!news.isEmpty()) {
        send();
      }
    }
  }

  @Override
  public long pushDue() {
    long answer = offer.askDue();
    synchronized (lock) {
      boolean late = wanted() && !told && !running.isEmpty();
      if (news.isEmpty() && !late) {
        return answer;
      }
      long left = late ? 0 : LINGER_NANOS - (System.nanoTime() - firstNanos);
      if (left > 0) {
        return Math.min(left, answer);
      }
      push();
      return answer;
    }
  }

  private void send() {
    JsonWriter items = new JsonWriter();
    int count = 0;
    Iterator<OpenSpan> each = news.iterator();
    while (each.hasNext() && count < AT_ONCE && items.length() < MOST_BYTES) {
      OpenSpan span = each.next();
      each.remove();
      items.values(writer.running(span, Segment.of(span)));
      count++;
    }
    byte[] envelope = Envelope.container("span", Envelope.SPANS, items, count);
    sender.offer(Payload.of(Category.SPAN, 0, envelope));
  }
}
