package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import io.onlooker.session.Session;
import io.onlooker.session.StreamRecorder;

/**
 * One call of an AI service while it is recorded: what is found by LangChain4j's own ids, on
 * whatever thread its models and tools run.
 *
 * @param span what models and tools of the call are below
 */
record Run(Onlooker onlooker, Recording recording, Span span, Ending ending) {

  private static final Recording ALL = new Recording(true, true);

  /** A call that is the whole of a session, which ends with it. */
  static Run of(Onlooker onlooker, Session session) {
    return new Run(onlooker, ALL, session.span(), new Ending.ByCaller());
  }

  /** A call that is the whole of a session, whose answer comes in pieces. */
  static Run of(Onlooker onlooker, StreamRecorder stream) {
    return new Run(onlooker, ALL, stream.session().span(), new Ending.OfStream(stream));
  }

  /** A call that begins now. */
  static Run start(Onlooker onlooker, Recording recording, SpanOptions options) {
    Span span = onlooker.startInactiveSpan(options);
    return new Run(onlooker, recording, span, new Ending.OfSpan(span, recording));
  }

  /** The same run for somebody who must not close its span. */
  Run shared() {
    return new Run(onlooker, recording, span, new Ending.ByCaller());
  }

  /** The same run, whose end is told to another ending as well. */
  Run and(Ending other) {
    return new Run(onlooker, recording, span, new Ending.Both(ending, other));
  }

  /** Does what must not disturb the application. */
  void quietly(String what, Runnable work) {
    onlooker.guarded(what, work);
  }
}
