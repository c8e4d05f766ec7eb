package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A sender whose clock is ahead, told by {@code sent_at} in the envelope's header: what it sent
 * would stand in the future, where nobody looks. From 55 minutes on, as Sentry does, its times are
 * moved back; what was done stands in {@link #ATTRIBUTE}.
 *
 * <p>Moved by whole quarters of an hour, so that the envelopes of one trace, which are on their way
 * for different times, are moved alike. A clock that is behind is not corrected: it looks the same
 * as an old recording that is sent again.
 *
 * @param nanos what is added to the sender's times; 0 or negative
 * @param receivedNanos our time, which items have that said none
 */
record ClockDrift(long nanos, long receivedNanos) {

  /** How many milliseconds were added to the times of a span or a log line. */
  static final String ATTRIBUTE = "onlooker.clock_shift_ms";

  static final ClockDrift NONE = new ClockDrift(0, 0);

  private static final long LEAST_NANOS = TimeUnit.MINUTES.toNanos(55);
  private static final long STEP_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** Before this a receiver does not know the time, as when a recording is read. */
  private static final long SANE_NANOS = TimeUnit.DAYS.toNanos(365 * 40);

  static ClockDrift of(JsonNode header, long receivedNanos) {
    if (!Moments.has(header, "sent_at") || receivedNanos < SANE_NANOS) {
      return NONE;
    }
    try {
      long ahead = Moments.nanos(header, "sent_at") - receivedNanos;
      long steps = (ahead + STEP_NANOS / 2) / STEP_NANOS;
      return ahead < LEAST_NANOS ? NONE : new ClockDrift(-steps * STEP_NANOS, receivedNanos);
    } catch (Malformed _) {
      // What the envelope holds is worth keeping all the same.
      return NONE;
    }
  }

  Item shift(Item item) {
    if (nanos == 0) {
      return item;
    }
    return switch (item) {
      case SpanData span -> shift(span);
      case LogData log ->
          new LogData(
              moved(log.timeNanos()),
              log.traceId(),
              log.spanId(),
              log.level(),
              log.body(),
              told(log.attributes()));
      case ErrorData error -> shift(error);
    };
  }

  private SpanData shift(SpanData span) {
    return new SpanData(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.name(),
        span.op(),
        moved(span.startNanos()),
        span.open() ? SpanData.OPEN : moved(span.endNanos()),
        span.status(),
        span.segment(),
        told(span.attributes()),
        shift(span.events()));
  }

  private ErrorData shift(ErrorData error) {
    return new ErrorData(
        error.eventId(),
        moved(error.timeNanos()),
        error.traceId(),
        error.spanId(),
        error.level(),
        error.message(),
        error.exceptions(),
        told(error.attributes()),
        shift(error.breadcrumbs()));
  }

  private List<SpanEvent> shift(List<SpanEvent> events) {
    return events.stream()
        .map(event -> new SpanEvent(moved(event.timeNanos()), event.name(), event.attributes()))
        .toList();
  }

  /** What said no time of its own has ours, which is right. */
  private long moved(long time) {
    return time == receivedNanos ? time : time + nanos;
  }

  private Attributes told(Attributes attributes) {
    return attributes.toBuilder().put(ATTRIBUTE, TimeUnit.NANOSECONDS.toMillis(nanos)).build();
  }
}
