package io.onlooker.adk;

import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.Recording;
import io.onlooker.session.StreamRecorder;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Closes what stands for an invocation. Of several ends the first one counts. */
sealed interface Ending {

  /** A piece of an answer that comes in pieces. */
  void text(String piece);

  void complete(@Nullable Object answer);

  void failed(Throwable cause);

  void cancelled(String reason);

  /** A session, which ends with the events that the application gets. */
  record OfStream(StreamRecorder stream) implements Ending {

    @Override
    public void text(String piece) {
      stream.chunk(piece);
    }

    @Override
    public void complete(@Nullable Object answer) {
      stream.complete(answer);
    }

    @Override
    public void failed(Throwable cause) {
      stream.failed(cause);
    }

    @Override
    public void cancelled(String reason) {
      stream.cancelled(reason);
    }
  }

  /** A span that was started for the invocation. */
  record OfSpan(Span span, Recording recording) implements Ending {

    @Override
    public void text(String piece) {
      span.firstChunk();
    }

    @Override
    public void complete(@Nullable Object answer) {
      if (recording.outputs()) {
        span.output(answer);
      }
      span.end();
    }

    @Override
    public void failed(Throwable cause) {
      fail(span, cause);
      span.end();
    }

    @Override
    public void cancelled(String reason) {
      span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, reason));
      span.end();
    }
  }

  /** Being cancelled or interrupted is no failure. */
  static void fail(Span span, Throwable cause) {
    if (cause instanceof CancellationException || cause instanceof InterruptedException) {
      span.setStatus(SpanStatus.CANCELLED);
    } else {
      span.recordException(cause);
    }
  }

  /** Ends a span when its work was over; null: now. */
  static void end(Span span, @Nullable Instant when) {
    if (when == null) {
      span.end();
    } else {
      span.end(when);
    }
  }
}
