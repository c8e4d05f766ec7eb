package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.server.ingest.SessionCall.Event;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The span below a session's root that stands for an event.
 *
 * <p>Clients report an event when it is over, most without saying when it began: it is then placed
 * by its arrival and its duration, but never before an event that arrived earlier, so that a
 * session's events keep their order.
 *
 * @param known the same event, when it came before
 * @param floorNanos the start of the session's latest event, or of the session
 */
record EventSpan(
    SessionIds ids, @Nullable SpanData known, Event event, long floorNanos, long receivedNanos) {

  private static final long MILLI = 1_000_000;

  SpanData merged() {
    long start = start();
    long end = event.endNanos() == null ? start + duration() : event.endNanos();
    return new SpanData(
        ids.traceId(),
        ids.eventSpanId(event.eventId()),
        ids.rootSpanId(),
        event.name(),
        event.op(),
        start,
        Math.max(start, end),
        status(),
        false,
        attributes(),
        details(Math.max(start, end)));
  }

  private long start() {
    Long said = said();
    if (said == null) {
      return known == null
          ? Math.max(receivedNanos - duration(), floorNanos + 1)
          : known.startNanos();
    }
    if (known != null) {
      boolean same = Math.abs(said - known.startNanos()) <= MILLI;
      return same ? known.startNanos() : said;
    }
    // Clients count in milliseconds: within one, the order of arrival counts.
    boolean tie = said <= floorNanos && floorNanos - said < MILLI;
    return tie ? floorNanos + 1 : said;
  }

  private @Nullable Long said() {
    if (event.startNanos() != null) {
      return event.startNanos();
    }
    return event.endNanos() == null ? null : (Long) (event.endNanos() - duration());
  }

  private long duration() {
    long before = known == null ? 0 : known.durationNanos();
    return Objects.requireNonNullElse(event.durationNanos(), before);
  }

  private SpanStatus status() {
    if (event.error() != null) {
      return event.error();
    }
    return known == null ? SpanStatus.OK : known.status();
  }

  private Attributes attributes() {
    if (known == null) {
      return event.attributes();
    }
    Attributes.Builder all = known.attributes().toBuilder();
    event.attributes().forEach(all::put);
    return all.build();
  }

  private List<SpanEvent> details(long atNanos) {
    if (event.details().isEmpty() && known != null) {
      return known.events();
    }
    return event.details().stream()
        .map(detail -> new SpanEvent(atNanos, detail.name(), detail.attributes()))
        .toList();
  }
}
