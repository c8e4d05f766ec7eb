package io.onlooker.store.embedded;

import io.onlooker.store.issue.Cause;
import io.onlooker.store.issue.Cause.Place;
import io.onlooker.store.issue.Failure;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssueChange;
import io.onlooker.store.issue.IssueHit;
import io.onlooker.store.issue.IssuePage;
import io.onlooker.store.issue.IssueQuery;
import io.onlooker.store.issue.Issues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds issues and keeps what was decided about them. */
final class IssueSearch implements Issues {

  /** Whether a resolved issue {@code i} came back with a failure {@code h}. */
  private static final String CAME_BACK =
      """
      EXISTS (SELECT 1 FROM issue_hit h WHERE h.project = i.project AND h.issue = i.id
        AND h.same_as IS NULL AND h.time > i.since AND (i.release IS NULL OR h.release IS NULL OR
          (SELECT min(s.start) FROM session s WHERE s.project = i.project AND s.release = h.release)
            >= i.release_since))\
      """;

  private final Sessions sessions;
  private final Database database;
  private final Kept kept;
  private final InstantSource clock;
  private final Gate gate;

  IssueSearch(Sessions sessions, Database database, Kept kept, InstantSource clock, Gate gate) {
    this.sessions = sessions;
    this.database = database;
    this.kept = kept;
    this.clock = clock;
    this.gate = gate;
  }

  @Override
  public IssuePage find(IssueQuery query) {
    return gate.pass(() -> {
      sessions.catchUp();
      Range range = range(query.project(), query.from(), query.to());
      Sql sql = issues(range);
      sql.add(" WHERE ").add(new RowFilterSql(new IssueFilterSql(range)).condition(query.filter()));
      String order = column(query.order());
      String direction = query.descending() ? " DESC" : "";
      if (query.cursor() != null) {
        RowCursor cursor = RowCursor.parse(query.cursor());
        sql.add(" AND (" + order + ", id) " + (query.descending() ? "<" : ">") + " (");
        sql.bind(cursor.value()).add(", ").bind(cursor.key()).add(")");
      }
      sql.add(" ORDER BY " + order + direction + ", id" + direction + " LIMIT ");
      return page(database.rows(sql.bind(query.limit() + 1L), this::issue), query);
    });
  }

  private static IssuePage page(List<Issue> found, IssueQuery query) {
    if (found.size() <= query.limit()) {
      return new IssuePage(found, null);
    }
    List<Issue> shown = found.subList(0, query.limit());
    Issue last = shown.getLast();
    long value =
        switch (query.order()) {
          case LAST_SEEN -> last.seen().lastNanos();
          case FIRST_SEEN -> last.seen().firstNanos();
          case FAILURES -> last.seen().failures();
          case SESSIONS -> last.seen().sessions();
          case USERS -> last.seen().users();
        };
    return new IssuePage(shown, new RowCursor(value, last.cause().id()).toString());
  }

  private static String column(IssueQuery.Order order) {
    return switch (order) {
      case LAST_SEEN -> "last_seen";
      case FIRST_SEEN -> "first_seen";
      case FAILURES -> "failures";
      case SESSIONS -> "sessions";
      case USERS -> "users";
    };
  }

  @Override
  public @Nullable Issue find(int project, String id, Instant from, Instant to) {
    return gate.<@Nullable Issue>pass(() -> {
      sessions.fold();
      Sql always = issues(range(project, Instant.EPOCH, Instant.MAX)).add(" WHERE id = ").bind(id);
      List<Issue> known = database.rows(always, this::issue);
      if (known.isEmpty()) {
        return null;
      }
      Sql ranged = issues(range(project, from, to)).add(" WHERE id = ").bind(id);
      List<Issue> found = database.rows(ranged, this::issue);
      return found.isEmpty() ? without(known.getFirst()) : found.getFirst();
    });
  }

  private static Issue without(Issue issue) {
    Issue.Seen seen = issue.seen();
    return new Issue(
        issue.project(),
        issue.cause(),
        issue.status(),
        new Issue.Seen(seen.firstNanos(), seen.lastNanos(), 0, 0, 0),
        issue.stack());
  }

  /** Every issue with its figures over the range, as {@code found}. */
  private Sql issues(Range range) {
    Sql sql = Sql.of("SELECT * FROM (SELECT i.*, g.failures, g.sessions, g.users,");
    sql.add(" (SELECT min(time)").add(allHits()).add(" AS first_seen,");
    sql.add(" (SELECT max(time)").add(allHits()).add(" AS last_seen,");
    sql.add(" i.state = 'resolved' AND " + CAME_BACK + " AS regressed,");
    sql.add(" CASE WHEN i.state = 'resolved' AND " + CAME_BACK + " THEN 'open'");
    sql.add(" WHEN i.state = 'ignored' AND i.until <= ").bind(nowNanos()).add(" THEN 'open'");
    sql.add(" ELSE i.state END AS shown_state FROM (SELECT issue, count(*) AS failures,");
    sql.add(" count(DISTINCT session) AS sessions, count(DISTINCT user) AS users FROM issue_hit");
    sql.add(" WHERE project = ").bind(range.project()).add(" AND same_as IS NULL AND time >= ");
    sql.bind(range.fromNanos()).add(" AND time < ").bind(range.toNanos());
    sql.add(" GROUP BY issue) g JOIN issue i ON i.id = g.issue AND i.project = ");
    return sql.bind(range.project()).add(") found");
  }

  private static Sql allHits() {
    return Sql.of(
        " FROM issue_hit h WHERE h.project = i.project AND h.issue = i.id AND h.same_as IS NULL)");
  }

  private Issue issue(ResultSet row) throws SQLException {
    String stack = row.getString("stack");
    Cause cause =
        new Cause(
            row.getString("id"),
            row.getString("type"),
            row.getString("message"),
            new Place(
                Place.Kind.valueOf(row.getString("place_kind").toUpperCase(Locale.ROOT)),
                row.getString("place")));
    return new Issue(
        row.getInt("project"),
        cause,
        new Issue.Status(
            Issue.State.valueOf(row.getString("shown_state").toUpperCase(Locale.ROOT)),
            row.getBoolean("regressed"),
            whole(row, "since"),
            row.getString("release"),
            whole(row, "until")),
        new Issue.Seen(
            row.getLong("first_seen"),
            row.getLong("last_seen"),
            row.getLong("failures"),
            row.getLong("sessions"),
            row.getLong("users")),
        stack == null ? List.of() : Json.exceptions(stack));
  }

  private static @Nullable Long whole(ResultSet row, String column) throws SQLException {
    return row.getObject(column) instanceof Number number ? number.longValue() : null;
  }

  @Override
  public List<IssueHit> hits(
      int project, String id, Instant from, Instant to, int limit, @Nullable IssueHit behind) {
    return gate.pass(() -> {
      sessions.catchUp();
      Sql sql = Sql.of("SELECT *, (SELECT e.id FROM issue_hit e WHERE e.project = h.project");
      sql.add(" AND e.same_as = h.id AND e.event = 1 LIMIT 1) AS told_by");
      sql.add(inRange(range(project, from, to), id));
      if (behind != null) {
        sql.add(" AND (time, id) < (").bind(behind.timeNanos()).add(", ");
        sql.bind(behind.id()).add(")");
      }
      sql.add(" ORDER BY time DESC, id DESC LIMIT ").bind(limit);
      return database.rows(sql, IssueSearch::hit);
    });
  }

  private static Sql inRange(Range range, String issue) {
    return Sql.of(" FROM issue_hit h WHERE h.project = ")
        .bind(range.project())
        .add(" AND h.issue = ")
        .bind(issue)
        .add(" AND h.same_as IS NULL AND h.time >= ")
        .bind(range.fromNanos())
        .add(" AND h.time < ")
        .bind(range.toNanos());
  }

  private static IssueHit hit(ResultSet row) throws SQLException {
    boolean event = row.getInt("event") == 1;
    return new IssueHit(
        row.getString("id"),
        row.getLong("time"),
        row.getString("trace"),
        row.getString("span"),
        row.getString("session"),
        row.getString("message"),
        event ? row.getString("id") : row.getString("told_by"),
        new Failure.Setting(
            row.getString("user"), row.getString("release"), row.getString("environment")));
  }

  @Override
  public List<Count> counts(int project, String id, Instant from, Instant to, Duration step) {
    return gate.pass(() -> {
      sessions.catchUp();
      Sql sql = Sql.of("SELECT time / ").bind(step.toNanos()).add(" AS step, count(*)");
      sql.add(inRange(range(project, from, to), id)).add(" GROUP BY step ORDER BY step");
      return database.rows(
          sql,
          row ->
              new Count(Instant.EPOCH.plusNanos(row.getLong(1) * step.toNanos()), row.getLong(2)));
    });
  }

  @Override
  public boolean change(int project, String id, IssueChange change) {
    return gate.pass(() -> {
      int[] changed = new int[1];
      long at = Range.of(project, change.at(), change.at()).fromNanos();
      Instant until = change.until();
      database.write(connection ->
          changed[0] =
              Statements.once(
                  connection,
                  "UPDATE issue SET state = ?, since = ?, release = ?, until = ?,"
                      + " release_since = coalesce((SELECT min(start) FROM session"
                      + " WHERE project = ? AND release = ?), ?) WHERE project = ? AND id = ?",
                  change.state().name().toLowerCase(Locale.ROOT),
                  at,
                  change.release(),
                  until == null ? null : Range.of(project, until, until).fromNanos(),
                  project,
                  change.release(),
                  at,
                  project,
                  id));
      return changed[0] > 0;
    });
  }

  private Range range(int project, Instant from, Instant to) {
    return kept.of(Range.of(project, from, to));
  }

  private long nowNanos() {
    Instant now = clock.instant();
    return Range.of(0, now, now).fromNanos();
  }
}
