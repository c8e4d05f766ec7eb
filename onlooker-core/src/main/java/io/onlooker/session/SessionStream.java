package io.onlooker.session;

import io.onlooker.instrument.Truncation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What came of an answer so far, and its one end. Knows nothing of who records it, so that it can
 * outlive them. Thread-safe.
 */
final class SessionStream {

  /** More than any model writes; an endless stream must not fill the heap. */
  private static final int MOST_CHARS = 1 << 20;

  private final Session session;
  private final Runnable afterwards;
  private final StringBuilder text = new StringBuilder();
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean full;

  SessionStream(Session session, Runnable afterwards) {
    this.session = session;
    this.afterwards = afterwards;
  }

  Session session() {
    return session;
  }

  void add(CharSequence piece) {
    if (ended.get()) {
      return;
    }
    session.span().firstChunk();
    synchronized (text) {
      if (!full && text.length() + piece.length() > MOST_CHARS) {
        full = true;
        Truncation.cutLastWord(text);
        text.append("… [TRUNCATED]");
      } else if (!full) {
        text.append(piece);
      }
    }
  }

  void complete(@Nullable Object whole) {
    end(whole, () -> {});
  }

  void fail(Throwable cause) {
    end(null, () -> session.failed(cause));
  }

  void cancel(@Nullable String reason) {
    end(null, () -> session.cancelled(reason));
  }

  /** On the thread that found it forgotten, which has others to care for. */
  void abandon() {
    if (ended.compareAndSet(false, true)) {
      output(null);
      session.cancelled("abandoned");
      session.close();
    }
  }

  private void end(@Nullable Object whole, Runnable outcome) {
    if (ended.compareAndSet(false, true)) {
      output(whole);
      outcome.run();
      session.close();
      afterwards.run();
    }
  }

  private void output(@Nullable Object whole) {
    synchronized (text) {
      if (whole != null) {
        session.output(whole);
      } else if (!session.answered() && text.length() > 0) {
        session.output(text.toString());
      }
    }
  }
}
