package io.onlooker.store.embedded;

import io.onlooker.store.issue.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the failed span that an error event tells of, so that both count once.
 *
 * <p>It is the span that the event names; else one of the same trace that failed with the same
 * words; else, for events that Mastra's exporter makes under ids that no span has, a span of the
 * same kind that failed with the same words within ten milliseconds. Each span is taken by one
 * event at most.
 */
final class IssueLinks {

  private static final long CLOSE_NANOS = 10_000_000;

  private static final String FAILED_SPAN =
      "SELECT id, issue, session, user FROM issue_hit s WHERE s.project = ? AND s.event = 0";

  private static final String NOT_TAKEN =
      " AND NOT EXISTS (SELECT 1 FROM issue_hit o WHERE o.project = s.project"
          + " AND o.same_as = s.id AND o.event = 1 AND o.id <> ?)";

  private static final String NEAREST = " ORDER BY abs(s.time - ?), s.id LIMIT 1";

  private final Statements statements;

  IssueLinks(Statements statements) {
    this.statements = statements;
  }

  /** An error event that is kept. */
  record Event(int project, String id) {}

  private record Known(
      @Nullable String trace,
      @Nullable String span,
      String said,
      @Nullable String kind,
      long time) {}

  /** The events whose span may have come, changed or gone with these failures of a trace. */
  Set<Event> events(TraceKey trace, List<Failure> failures, boolean hadSome) throws SQLException {
    Set<Event> events = new LinkedHashSet<>();
    int project = trace.project();
    add(
        events,
        project,
        "SELECT id FROM issue_hit WHERE project = ? AND trace = ? AND event = 1",
        project,
        trace.id());
    if (hadSome) {
      add(
          events,
          project,
          "SELECT id FROM issue_hit WHERE project = ? AND same_as >= ? AND same_as < ?"
              + " AND event = 1",
          project,
          trace.id(),
          trace.id() + "g");
    }
    for (Failure failure : failures) {
      add(
          events,
          project,
          "SELECT id FROM issue_hit WHERE project = ? AND said = ? AND time BETWEEN ? AND ?"
              + " AND event = 1",
          project,
          failure.said(),
          failure.timeNanos() - CLOSE_NANOS,
          failure.timeNanos() + CLOSE_NANOS);
    }
    return events;
  }

  private void add(Set<Event> events, int project, String sql, @Nullable Object... values)
      throws SQLException {
    for (@Nullable String[] row : statements.rows(1, sql, values)) {
      events.add(new Event(project, Objects.requireNonNull(row[0])));
    }
  }

  void link(Event event) throws SQLException {
    List<@Nullable String[]> rows =
        statements.rows(
            5,
            "SELECT trace, span, said, span_kind, time FROM issue_hit"
                + " WHERE project = ? AND id = ? AND event = 1",
            event.project(),
            event.id());
    if (rows.isEmpty()) {
      return;
    }
    @Nullable String[] row = rows.getFirst();
    Known known =
        new Known(
            row[0],
            row[1],
            Objects.requireNonNull(row[2]),
            row[3],
            Long.parseLong(Objects.requireNonNull(row[4])));
    @Nullable String @Nullable [] span = span(event, known);
    if (span == null) {
      standAlone(event, known);
    } else {
      standFor(event, span);
    }
  }

  private @Nullable String @Nullable [] span(Event event, Known known) throws SQLException {
    if (known.trace() != null && known.span() != null) {
      String sql = FAILED_SPAN + " AND s.trace = ? AND s.span = ?";
      var named = statements.rows(4, sql, event.project(), known.trace(), known.span());
      if (!named.isEmpty()) {
        return named.getFirst();
      }
    }
    List<@Nullable String[]> found = new ArrayList<>();
    if (known.trace() != null) {
      found.addAll(
          statements.rows(
              4,
              FAILED_SPAN + " AND s.trace = ? AND s.said = ?" + NOT_TAKEN + NEAREST,
              event.project(),
              known.trace(),
              known.said(),
              event.id(),
              known.time()));
    }
    if (found.isEmpty() && known.kind() != null) {
      found.addAll(close(event, known));
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private List<@Nullable String[]> close(Event event, Known known) throws SQLException {
    return statements.rows(
        4,
        FAILED_SPAN
            + " AND s.said = ? AND s.time BETWEEN ? AND ?"
            + " AND (s.span_kind IS NULL OR s.span_kind = ?)"
            + NOT_TAKEN
            + NEAREST,
        event.project(),
        known.said(),
        known.time() - CLOSE_NANOS,
        known.time() + CLOSE_NANOS,
        known.kind(),
        event.id(),
        known.time());
  }

  private void standFor(Event event, @Nullable String[] span) throws SQLException {
    statements.update(
        "UPDATE issue_hit SET same_as = ?, issue = ?, session = ?, user = coalesce(?, user)"
            + " WHERE project = ? AND id = ?",
        span[0],
        span[1],
        span[2],
        span[3],
        event.project(),
        event.id());
    statements.update(
        "UPDATE issue SET stack = (SELECT e.stack FROM issue_hit h JOIN issue e"
            + " ON e.project = h.project AND e.id = h.own_issue WHERE h.project = ? AND h.id = ?)"
            + " WHERE project = ? AND id = ? AND stack IS NULL",
        event.project(),
        event.id(),
        event.project(),
        span[1]);
  }

  /** Its session is the one whose root it names, or the only one of its trace. */
  private void standAlone(Event event, Known known) throws SQLException {
    String session = null;
    String user = null;
    if (known.trace() != null) {
      List<@Nullable String[]> sessions =
          statements.rows(
              3,
              "SELECT id, user, root FROM session WHERE project = ? AND trace = ?"
                  + " ORDER BY root = ? DESC LIMIT 2",
              event.project(),
              known.trace(),
              known.span());
      boolean one = sessions.size() == 1;
      if (one || (!sessions.isEmpty() && Objects.equals(sessions.getFirst()[2], known.span()))) {
        session = sessions.getFirst()[0];
        user = sessions.getFirst()[1];
      }
    }
    statements.update(
        "UPDATE issue_hit SET same_as = NULL, issue = own_issue, session = ?,"
            + " user = coalesce(user, ?) WHERE project = ? AND id = ?",
        session,
        user,
        event.project(),
        event.id());
  }
}
