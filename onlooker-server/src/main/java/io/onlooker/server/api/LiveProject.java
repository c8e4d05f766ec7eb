package io.onlooker.server.api;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What happens in one project, while somebody listens or did a moment ago. Thread-safe. */
final class LiveProject {

  /** Who lost the connection comes back within seconds and wants to know what was. */
  private static final long RESUMABLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int EVENTS = 8_192;
  private static final int MOST_TRACES = 1_000;
  private static final Instant END_OF_TIME = Instant.parse("2262-01-01T00:00:00Z");

  private final LiveRing ring = new LiveRing(EVENTS);
  private final int project;
  private final LivePhases phases = new LivePhases();
  private final Set<String> changedTraces = new LinkedHashSet<>();
  private int listeners;
  private long leftAt;

  LiveProject(int project) {
    this.project = project;
  }

  LiveRing ring() {
    return ring;
  }

  synchronized void join() {
    listeners++;
  }

  synchronized void leave() {
    listeners--;
    leftAt = System.nanoTime();
  }

  /**
   * Tells the spans of a batch.
   *
   * @return whether sessions may have changed
   */
  synchronized boolean tell(List<Item> items) {
    if (listeners == 0 && System.nanoTime() - leftAt > RESUMABLE_NANOS) {
      return false;
    }
    List<LiveEvent> events = new ArrayList<>(items.size());
    for (Item item : items) {
      if (item instanceof SpanData span) {
        LiveEvent event = phases.of(span);
        if (event != null) {
          events.add(event);
        }
        changed(span.traceId());
      }
    }
    ring.add(events);
    return !changedTraces.isEmpty();
  }

  /** Sessions are told a moment later; under more load than that, those of the latest traces. */
  private void changed(String traceId) {
    changedTraces.add(traceId);
    if (changedTraces.size() > MOST_TRACES) {
      changedTraces.remove(changedTraces.iterator().next());
    }
  }

  /** Tells what is new about the sessions of the traces that changed. */
  void tellSessions(Store store) {
    List<Session> sessions = new ArrayList<>();
    for (String trace : takeChanged()) {
      sessions.addAll(ofTrace(store, trace));
    }
    synchronized (this) {
      List<LiveEvent> events = new ArrayList<>();
      for (Session session : sessions) {
        LiveEvent event = phases.of(session);
        if (event != null) {
          events.add(event);
        }
      }
      ring.add(events);
    }
  }

  private synchronized List<String> takeChanged() {
    List<String> taken = List.copyOf(changedTraces);
    changedTraces.clear();
    return taken;
  }

  private List<Session> ofTrace(Store store, String trace) {
    SessionQuery query =
        new SessionQuery(
            project,
            QueryParser.parseSessions("trace:" + trace),
            Instant.EPOCH,
            END_OF_TIME,
            SessionQuery.Order.STARTED,
            false,
            Parameters.MOST,
            null);
    return store.sessions(query).sessions();
  }
}
