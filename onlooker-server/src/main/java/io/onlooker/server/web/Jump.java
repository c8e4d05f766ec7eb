package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssueHit;
import io.onlooker.store.issue.IssueQuery;
import io.onlooker.store.issue.Issues;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the page that shows what an id names: a session, trace, span, issue or event. */
final class Jump {

  private static final int MOST_SESSIONS = 1_000;
  private static final int MOST_ISSUES = 100;
  private static final int MOST_HITS = 500;

  private final Store store;
  private final Found found;

  Jump(Store store) {
    this.store = store;
    this.found = new Found(store);
  }

  /** The address of the page, or null when the project has nothing of this id. */
  @Nullable String find(Links links, int project, String text, Instant now) {
    String id = text.strip();
    if (id.isEmpty()) {
      return null;
    }
    if (store.session(project, id) != null) {
      return links.session(id);
    }
    String hex = id.replace("-", "").toLowerCase(Locale.ROOT);
    if (hex.matches("[0-9a-f]{32}") && !store.trace(project, hex).isEmpty()) {
      return links.trace(hex);
    }
    String span = hex.matches("[0-9a-f]{16}") ? ofSpan(links, project, hex, now) : null;
    return span == null ? ofFailure(links, project, id, hex, now) : span;
  }

  /** An issue, or one of the events in which it was seen. */
  private @Nullable String ofFailure(Links links, int project, String id, String hex, Instant now) {
    Instant until = now.plusSeconds(86_400);
    try {
      Issues issues = store.issues();
      if (issues.find(project, id, Instant.EPOCH, until) != null) {
        return Links.with(links.one("issues", id), Map.of("range", "30d"));
      }
      return hex.matches("[0-9a-f]{32}") ? ofEvent(links, project, hex, until) : null;
    } catch (StoreException e) {
      // A store without issues has no events of them either.
      return null;
    }
  }

  /** Looked for among the newest failures of the newest issues: nobody jumps to older ones. */
  private @Nullable String ofEvent(Links links, int project, String event, Instant until) {
    IssueQuery newest =
        new IssueQuery(
            project,
            Filter.ALL,
            Instant.EPOCH,
            until,
            IssueQuery.Order.LAST_SEEN,
            true,
            MOST_ISSUES,
            null);
    for (Issue issue : store.issues().find(newest).issues()) {
      String id = issue.cause().id();
      for (IssueHit hit : store.issues().hits(project, id, Instant.EPOCH, until, MOST_HITS, null)) {
        if (event.equals(hit.eventId())) {
          String span = hit.spanId();
          return span == null ? links.one("issues", id) : links.jump(span);
        }
      }
    }
    return null;
  }

  private @Nullable String ofSpan(Links links, int project, String spanId, Instant now) {
    Filter filter = new Filter.Equal(Field.Column.SPAN_ID, List.of(new Filter.Value.Text(spanId)));
    SpanQuery query =
        new SpanQuery(project, filter, Instant.EPOCH, now.plusSeconds(86_400), 1, null);
    List<SpanData> spans = store.spans(query).spans();
    if (spans.isEmpty()) {
      return null;
    }
    Session session = around(project, spans.getFirst(), now);
    String path =
        session == null ? links.trace(spans.getFirst().traceId()) : links.session(session.id());
    return Links.with(path, Map.of("step", spanId)) + "#s-" + spanId;
  }

  /** The innermost session that a span is part of. */
  private @Nullable Session around(int project, SpanData span, Instant now) {
    Map<String, Session> sessions = new HashMap<>();
    found
        .ofTrace(project, span.traceId(), now, MOST_SESSIONS)
        .sessions()
        .forEach(session -> sessions.put(session.rootSpanId(), session));
    Map<String, SpanData> trace = new HashMap<>();
    store.trace(project, span.traceId()).forEach(each -> trace.put(each.spanId(), each));
    SpanData at = span;
    while (at != null && !sessions.containsKey(at.spanId())) {
      // Removed as it is passed: spans that name each other as parent must not hold us here.
      trace.remove(at.spanId());
      at = at.parentSpanId() == null ? null : trace.get(at.parentSpanId());
    }
    return at == null ? null : sessions.get(at.spanId());
  }
}
