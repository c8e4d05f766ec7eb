package io.onlooker.server.read;

import io.onlooker.SpanData;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.LogQuery.OfSpans;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.span.RunTree;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells in which session something happened, by the span it belongs to. Remembers what it read; for
 * one answer.
 */
public final class RunsOfSpans {

  private static final int MOST_SESSIONS = 1000;
  private static final Instant ALWAYS = Instant.ofEpochSecond(1L << 33);

  private final Store store;
  private final int project;
  private final Map<String, List<Session>> sessions = new HashMap<>();
  private final Map<String, Map<String, String>> bySpan = new HashMap<>();

  public RunsOfSpans(Store store, int project) {
    this.store = store;
    this.project = project;
  }

  /** The innermost session that the span is part of, or null. */
  public @Nullable String session(@Nullable String traceId, @Nullable String spanId) {
    if (traceId == null) {
      return null;
    }
    List<Session> known = sessions.computeIfAbsent(traceId, this::ofTrace);
    if (known.isEmpty()) {
      return null;
    }
    if (known.size() == 1) {
      return known.getFirst().id();
    }
    return spanId == null
        ? null
        : bySpan.computeIfAbsent(traceId, trace -> bySpan(trace, known)).get(spanId);
  }

  private List<Session> ofTrace(String traceId) {
    Filter inTrace =
        new Filter.Equal(new Field.Attribute("trace"), List.of(new Filter.Value.Text(traceId)));
    SessionQuery query =
        new SessionQuery(
            project,
            inTrace,
            Instant.EPOCH,
            ALWAYS,
            SessionQuery.Order.STARTED,
            false,
            MOST_SESSIONS,
            null);
    return store.sessions(query).sessions();
  }

  private Map<String, String> bySpan(String traceId, List<Session> known) {
    Map<String, String> ids = new HashMap<>();
    known.forEach(session -> ids.put(session.rootSpanId(), session.id()));
    RunTree tree = RunTree.of(store.trace(project, traceId));
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < tree.size(); i++) {
      String id = tree.run(i) < 0 ? null : ids.get(tree.span(tree.run(i)).spanId());
      if (id != null) {
        found.put(tree.span(i).spanId(), id);
      }
    }
    return found;
  }

  /** All spans of a session, those of its sub-agents included. */
  public OfSpans spansOf(Session session) {
    Set<String> ids = new HashSet<>();
    for (Step step : Steps.ofRun(store.trace(project, session.traceId()), session.rootSpanId())) {
      ids.add(step.span().spanId());
      step.folded().stream().map(SpanData::spanId).forEach(ids::add);
    }
    return new OfSpans(session.traceId(), ids);
  }
}
