package io.onlooker.adk;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.instrument.Recording;
import io.onlooker.session.StreamRecorder;

/**
 * One invocation of a runner while it is recorded.
 *
 * @param span what its agents are below
 */
record Run(Onlooker onlooker, Recording recording, Span span, Ending ending) {

  private static final Recording ALL = new Recording(true, true);

  /** An invocation that is the whole of a session. */
  static Run of(Onlooker onlooker, StreamRecorder stream) {
    return new Run(onlooker, ALL, stream.session().span(), new Ending.OfStream(stream));
  }

  /** An invocation with a span of its own. */
  static Run of(Onlooker onlooker, Recording recording, Span span) {
    return new Run(onlooker, recording, span, new Ending.OfSpan(span, recording));
  }
}
