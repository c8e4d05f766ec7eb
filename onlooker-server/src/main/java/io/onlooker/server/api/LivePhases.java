package io.onlooker.server.api;

import io.onlooker.SpanData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which spans and sessions were told before, to tell a start from an update, bounded: the eldest
 * are forgotten, and told as new should they come again. Not thread-safe.
 */
final class LivePhases {

  private static final int MOST_SPANS = 32_768;
  private static final int MOST_SESSIONS = 8_192;

  private final Map<SpanKey, Boolean> endedSpans = bounded(MOST_SPANS);
  private final Map<String, io.onlooker.store.Session> sessions = bounded(MOST_SESSIONS);

  private record SpanKey(String traceId, String spanId) {}

  /** What this revision tells, or null for one that came too late to tell anything. */
  LiveEvent.@Nullable Span of(SpanData span) {
    Boolean known = endedSpans.put(new SpanKey(span.traceId(), span.spanId()), !span.open());
    if (!span.open()) {
      return LiveEvent.Span.of(LiveEvent.Phase.ENDED, span);
    }
    if (Boolean.TRUE.equals(known)) {
      endedSpans.put(new SpanKey(span.traceId(), span.spanId()), true);
      return null;
    }
    LiveEvent.Phase phase = known == null ? LiveEvent.Phase.STARTED : LiveEvent.Phase.UPDATED;
    return LiveEvent.Span.of(phase, span);
  }

  /** What is new about the session, or null when nothing is. */
  LiveEvent.@Nullable Session of(io.onlooker.store.Session session) {
    io.onlooker.store.Session known = sessions.put(session.id(), session);
    if (session.equals(known)) {
      return null;
    }
    LiveEvent.Phase open = known == null ? LiveEvent.Phase.STARTED : LiveEvent.Phase.UPDATED;
    boolean ended = session.endNanos() != SpanData.OPEN;
    return new LiveEvent.Session(ended ? LiveEvent.Phase.ENDED : open, session);
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
