package io.onlooker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception or a message as it was captured; its stack is read on Onlooker's thread. */
record ErrorEntry(
    String eventId,
    long timeNanos,
    @Nullable Span span,
    LogData.Level level,
    @Nullable String message,
    @Nullable Throwable exception,
    Attributes attributes,
    List<SpanEvent> breadcrumbs)
    implements Dispatcher.Deferred {

  @Override
  public void deliver(Delivery delivery) {
    Span within = NoopSpan.NONE.equals(span) ? null : span;
    delivery.deliver(
        new ErrorData(
            eventId,
            timeNanos,
            within == null ? null : within.traceId(),
            within == null ? null : within.spanId(),
            level,
            message,
            exception == null ? List.of() : Failures.chain(exception, true),
            attributes,
            breadcrumbs));
  }
}
