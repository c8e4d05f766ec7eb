package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.instrument.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An observation while it is recorded, kept in its own context. Its span ends when the observation
 * has stopped and what belongs to it has too: in a stream the outer ones stop before the inner.
 */
final class Node {

  private static final Duration NO_TIME = Duration.ZERO;

  private final Onlooker onlooker;
  private final Recording recording;
  private final Span span;
  private final @Nullable Node above;
  private final @Nullable String conversation;
  private final Instant started = Instant.now();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean chunked = new AtomicBoolean();
  private final AtomicInteger open = new AtomicInteger(1);
  private volatile @Nullable Instant end;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Runnable finish;

  Node(
      Onlooker onlooker,
      Recording recording,
      Span span,
      @Nullable Node above,
      @Nullable String conversation) {
    this.onlooker = onlooker;
    this.recording = recording;
    this.span = span;
    this.conversation = conversation;
    // An agent that another one starts may live longer than it.
    this.above = span.type() == SpanType.AGENT_RUN ? null : above;
    if (this.above != null) {
      this.above.retain();
    }
  }

  /** The node of the observation itself. */
  static @Nullable Node of(Observation.ContextView context) {
    return context.get(Node.class);
  }

  /** The nearest node above the observation. */
  static @Nullable Node above(Observation.ContextView context) {
    ObservationView parent = context.getParentObservation();
    while (parent != null) {
      Node node = of(parent.getContextView());
      if (node != null) {
        return node;
      }
      parent = parent.getContextView().getParentObservation();
    }
    return null;
  }

  void keepIn(Observation.Context context) {
    context.put(Node.class, this);
  }

  Onlooker onlooker() {
    return onlooker;
  }

  Recording recording() {
    return recording;
  }

  Span span() {
    return span;
  }

  /** The dialogue that it is a part of; null for none. */
  @Nullable String conversation() {
    return conversation;
  }

  /** Keeps the span open until as many releases. */
  void retain() {
    open.incrementAndGet();
  }

  void release() {
    if (open.decrementAndGet() == 0) {
      Runnable last = finish;
      if (last != null) {
        onlooker.guarded("end of a span", last);
      }
      if (above != null) {
        above.release();
      }
    }
  }

  /** What failed, where the framework will not say so. */
  void failed(Throwable cause) {
    failure = cause;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** The first piece of an answer, which may be seen after the model's end. */
  void firstChunk() {
    Instant over = end;
    if (over == null) {
      span.firstChunk();
    } else if (chunked.compareAndSet(false, true)) {
      Duration took = Duration.between(started, over);
      double seconds = (took.isNegative() ? NO_TIME : took).toNanos() / 1e9;
      span.setAttribute(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, seconds);
    }
  }

  /** The observation has stopped. */
  <C extends Observation.Context> void stop(Kind<C> kind, C context) {
    Instant now = Instant.now();
    end = now;
    onlooker.guarded("facts of an observation", () -> kind.end(context, span, recording));
    onlooker.guarded("outcome of an observation", () -> outcome(kind, context));
    stop(() -> span.end(now));
  }

  /** It is over, and this ends it when all that belongs to it is over too. */
  void stop(Runnable last) {
    if (stopped.compareAndSet(false, true)) {
      finish = last;
      release();
    }
  }

  private <C extends Observation.Context> void outcome(Kind<C> kind, C context) {
    Throwable error = context.getError();
    Throwable cause = error == null ? failure : kind.cause(error);
    if (cause instanceof CancellationException || (cause == null && !kind.complete(context))) {
      span.setStatus(SpanStatus.CANCELLED);
    } else if (cause != null) {
      span.recordException(cause);
    }
  }
}
