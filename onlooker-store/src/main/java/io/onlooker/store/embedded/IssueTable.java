package io.onlooker.store.embedded;

import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.store.issue.Failure;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes failures as rows of the catalog, within a transaction of somebody else's.
 *
 * <p>All that spans of a trace tell is replaced together, and an error event by its id; so an item
 * that comes twice, in any order or after a restart, counts once.
 */
final class IssueTable {

  private static final String ADD_ISSUE =
      "INSERT OR IGNORE INTO issue (project, id, type, message, place_kind, place)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private static final String ADD_HIT =
      "INSERT OR REPLACE INTO issue_hit VALUES (" + "?, ".repeat(15) + "?)";

  private final Statements statements;

  IssueTable(Statements statements) {
    this.statements = statements;
  }

  void replace(Map<TraceKey, SessionTable.OfTrace> traces, List<Generation.Note> errors)
      throws SQLException {
    IssueLinks links = new IssueLinks(statements);
    Set<IssueLinks.Event> events = new LinkedHashSet<>();
    for (Map.Entry<TraceKey, SessionTable.OfTrace> trace : traces.entrySet()) {
      List<Failure> failures = trace.getValue().failures().failures();
      int project = trace.getKey().project();
      boolean before = delete(project, trace.getKey().id()) > 0;
      for (Failure failure : failures) {
        add(project, failure, false);
      }
      events.addAll(links.events(trace.getKey(), failures, before));
    }
    for (Generation.Note note : errors) {
      ErrorData error = (ErrorData) note.item();
      Failure failure = Failure.of(error);
      if (failure != null) {
        add(note.project(), failure, true);
        keepStack(note.project(), failure.cause().id(), error.exceptions());
        events.add(new IssueLinks.Event(note.project(), failure.id()));
      }
    }
    for (IssueLinks.Event event : events) {
      links.link(event);
    }
  }

  private int delete(int project, String trace) throws SQLException {
    return statements.update(
        "DELETE FROM issue_hit WHERE project = ? AND trace = ? AND event = 0", project, trace);
  }

  private void add(int project, Failure failure, boolean event) throws SQLException {
    Failure.Setting setting = failure.setting();
    String issue = failure.cause().id();
    statements.update(
        ADD_ISSUE,
        project,
        issue,
        failure.cause().type(),
        failure.cause().message(),
        failure.cause().place().kind().name().toLowerCase(Locale.ROOT),
        failure.cause().place().name());
    statements.update(
        ADD_HIT,
        project,
        failure.id(),
        issue,
        issue,
        failure.timeNanos(),
        failure.traceId(),
        failure.spanId(),
        failure.sessionId(),
        setting.userId(),
        setting.release(),
        setting.environment(),
        failure.cause().message(),
        failure.said(),
        failure.spanKind(),
        event ? 1 : 0,
        failure.retells());
  }

  /** One example is enough. */
  private void keepStack(int project, String issue, List<ExceptionData> exceptions)
      throws SQLException {
    if (exceptions.stream().anyMatch(thrown -> !thrown.frames().isEmpty())) {
      statements.update(
          "UPDATE issue SET stack = ? WHERE project = ? AND id = ? AND stack IS NULL",
          Json.exceptions(exceptions),
          project,
          issue);
    }
  }
}
