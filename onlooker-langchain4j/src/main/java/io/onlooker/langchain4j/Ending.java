package io.onlooker.langchain4j;

import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.Recording;
import io.onlooker.session.StreamRecorder;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Who closes the span of a run, and what is told to it. Of several ends the first one counts. */
sealed interface Ending {

  /** A piece of the answer, where it comes in pieces. */
  void text(String piece);

  void complete(@Nullable Object answer);

  void failed(Throwable cause);

  void cancelled(String reason);

  /** Somebody else closes the span, with the result or exception that only they see. */
  record ByCaller() implements Ending {

    @Override
    public void text(String piece) {}

    @Override
    public void complete(@Nullable Object answer) {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void cancelled(String reason) {}
  }

  /** Several spans end alike, the first one first. */
  record Both(Ending first, Ending second) implements Ending {

    @Override
    public void text(String piece) {
      first.text(piece);
      second.text(piece);
    }

    @Override
    public void complete(@Nullable Object answer) {
      first.complete(answer);
      second.complete(answer);
    }

    @Override
    public void failed(Throwable cause) {
      first.failed(cause);
      second.failed(cause);
    }

    @Override
    public void cancelled(String reason) {
      first.cancelled(reason);
      second.cancelled(reason);
    }
  }

  /** A session whose answer comes in pieces. */
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

  /** A span that was started for the run. */
  record OfSpan(Span span, Recording recording) implements Ending {

    @Override
    public void text(String piece) {}

    @Override
    public void complete(@Nullable Object answer) {
      if (recording.outputs()) {
        span.output(answer);
      }
      span.end();
    }

    @Override
    public void failed(Throwable cause) {
      if (cause instanceof CancellationException) {
        span.setStatus(SpanStatus.CANCELLED);
      } else {
        span.recordException(cause);
      }
      span.end();
    }

    @Override
    public void cancelled(String reason) {
      span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, reason));
      span.end();
    }
  }
}
