package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ErrorInfo;
import io.onlooker.SpanSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Sends finished spans to Sentry: a segment as one transaction when its root ends, or each span as
 * an item of its own. What does not fit into a transaction goes out as items of its own too.
 */
final class SentrySink implements SpanSink {

  private static final int MOST_SPANS = 1000;
  private static final int MOST_BYTES = 600_000;
  private static final int MOST_BREADCRUMBS = 100;
  private static final int MOST_BREADCRUMB_CHARS = 16 * 1024;
  private static final int MOST_BREADCRUMB_BYTES = 200_000;

  private final SentryWriter writer;
  private final EventWriter events;
  private final Sender sender;
  private final Batch streamed;
  private final Drops drops;
  private final RunningSpans running;
  private final boolean transactions;
  private final double sampleRate;

  SentrySink(
      SentryWriter writer,
      EventWriter events,
      Sender sender,
      Batch streamed,
      Drops drops,
      RunningSpans running,
      SentrySpans spans,
      double sampleRate) {
    this.writer = writer;
    this.events = events;
    this.sender = sender;
    this.streamed = streamed;
    this.drops = drops;
    this.running = running;
    this.transactions = spans == SentrySpans.TRANSACTION;
    this.sampleRate = sampleRate;
  }

  @Override
  public void started(OpenSpan span) {
    Segment.of(span);
    running.changed(span);
  }

  @Override
  public void updated(OpenSpan span) {
    running.changed(span);
  }

  @Override
  public void ended(OpenSpan span) {
    running.ended(span);
    Segment segment = Segment.of(span);
    boolean root = segment.root.equals(span);
    if (!Sampling.keeps(span.traceId, sampleRate)) {
      boolean transaction = root && transactions;
      // Its failures were told all the same: errors are no part of the trace's share.
      drops.count(Drop.UNSAMPLED, transaction ? Category.TRANSACTION : Category.SPAN, 1);
    } else if (alone(segment, root)) {
      streamed.add(writer.streamed(span, segment));
    } else if (root) {
      byte[] envelope = writer.transaction(segment);
      sender.offer(Payload.of(Category.TRANSACTION, segment.spanCount + 1, envelope));
    } else {
      child(span, segment);
    }
    if (root) {
      segment.close();
    }
  }

  /**
   * Whoever shows what runs wants each span when it ends; what was collected before stays whole.
   */
  private boolean alone(Segment segment, boolean root) {
    return !transactions || (running.wanted() && !(root && segment.spanCount > 0));
  }

  @Override
  public void forgotten(OpenSpan span) {
    running.ended(span);
    Segment segment = Segment.of(span);
    if (segment.root.equals(span)) {
      if (transactions && segment.spanCount > 0) {
        ended(span);
      }
      segment.close();
    }
  }

  @Override
  public void moment(@Nullable OpenSpan above, SpanSnapshot event) {
    Segment segment = above == null ? null : Segment.of(above);
    if (segment == null || !add(segment, Breadcrumbs.of(event, MOST_BREADCRUMB_CHARS))) {
      ended(new OpenSpan(event, above, false));
    }
  }

  @Override
  public void failed(OpenSpan span, ErrorInfo error) {
    byte[] envelope = events.failure(span, error, Segment.of(span));
    sender.offer(Payload.of(Category.ERROR, 1, envelope));
  }

  private void child(OpenSpan span, Segment segment) {
    // A full segment is not worth encoding for twice: such a span goes out alone at once.
    if (segment.spanCount < MOST_SPANS && segment.spans.length() < MOST_BYTES) {
      JsonWriter child = writer.child(span);
      if (segment.spans.length() + child.length() <= MOST_BYTES) {
        segment.spans.values(child);
        segment.spanCount++;
        return;
      }
    }
    streamed.add(writer.streamed(span, segment));
  }

  /** Whether there was room for one more. */
  private static boolean add(Segment segment, JsonWriter breadcrumb) {
    int bytes = segment.breadcrumbs.length() + breadcrumb.length();
    if (segment.closed
        || segment.breadcrumbCount >= MOST_BREADCRUMBS
        || bytes > MOST_BREADCRUMB_BYTES) {
      return false;
    }
    segment.breadcrumbs.values(breadcrumb);
    segment.breadcrumbCount++;
    return true;
  }
}
