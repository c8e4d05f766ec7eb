package io.onlooker;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open spans that {@linkplain SpanOptions#endWhenIdle end when idle}: when there was last news
 * of each. Spans come and go on any thread; all else happens on the dispatcher's.
 */
final class IdleSpans {

  /** What is more is not watched: it ends with the oldest, or at shutdown. */
  private static final int MOST = 100_000;

  private final long timeout;
  private final Map<RecordedSpan, Watched> watched = new ConcurrentHashMap<>();

  IdleSpans(Duration timeout) {
    this.timeout = TimeUnit.NANOSECONDS.convert(timeout);
  }

  /**
   * Watches a span from now on.
   *
   * @param lastWords what is to be done before Onlooker ends the span
   */
  void watch(RecordedSpan span, Runnable lastWords, long now) {
    if (watched.size() < MOST) {
      watched.put(span, new Watched(lastWords, now));
    }
  }

  /** No longer watches a span; returns what is to be done before Onlooker ends it. */
  @Nullable Runnable remove(RecordedSpan span) {
    Watched found = watched.remove(span);
    return found == null ? null : found.lastWords;
  }

  /** Something was started, updated or ended, which is news of all that it is below. */
  void news(RecordedSpan span, long now) {
    if (!watched.isEmpty()) {
      for (RecordedSpan above = span; above != null; above = above.parent()) {
        Watched found = watched.get(above);
        if (found != null) {
          found.news = now;
        }
      }
    }
  }

  /** When there was last news of a watched span; when it began if it is not watched. */
  long lastNews(RecordedSpan span) {
    Watched found = watched.get(span);
    return found == null ? span.startNanos() : Math.max(span.startNanos(), found.news);
  }

  /**
   * The spans of which there was no news for the timeout, innermost first. What has a span below it
   * that somebody is sure to end waits for it, however long that takes.
   *
   * @param open all spans that are open
   */
  List<RecordedSpan> idle(Collection<RecordedSpan> open, long now) {
    if (watched.isEmpty()) {
      return List.of();
    }
    watched.forEach((span, state) -> {
      if (state.heard(span)) {
        news(span, now);
      }
    });
    Set<RecordedSpan> busy = busy(open);
    return watched.keySet().stream()
        .filter(span -> now - lastNews(span) > timeout && !busy.contains(span))
        .sorted(Comparator.comparingInt(IdleSpans::depth).reversed())
        .toList();
  }

  /** The spans still watched. */
  List<RecordedSpan> all() {
    return List.copyOf(watched.keySet());
  }

  private Set<RecordedSpan> busy(Collection<RecordedSpan> open) {
    Set<RecordedSpan> busy = new HashSet<>();
    for (RecordedSpan span : open) {
      RecordedSpan above = watched.containsKey(span) ? null : span.parent();
      while (above != null && busy.add(above)) {
        above = above.parent();
      }
    }
    return busy;
  }

  private static int depth(RecordedSpan span) {
    int depth = 0;
    for (RecordedSpan above = span.parent(); above != null; above = above.parent()) {
      depth++;
    }
    return depth;
  }

  private static final class Watched {

    private final Runnable lastWords;
    private long news;
    private int facts = -1;

    Watched(Runnable lastWords, long now) {
      this.lastWords = lastWords;
      news = now;
    }

    /** Whether something was said about the span since this was last asked. */
    boolean heard(RecordedSpan span) {
      int before = facts;
      SideLog side = span.side();
      facts = span.length() + (side == null ? 0 : side.size());
      return before >= 0 && facts != before;
    }
  }
}
