package io.onlooker.store.embedded;

import io.onlooker.store.Session;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionGroupQuery.By;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up rows of sessions that share something. */
final class SessionGroups {

  private static final int MOST_NAMES = 20;

  /** What the figures of a group are computed by; {@code top} tells sub-agents from others. */
  private static final String FIGURES =
      """
      , ranked AS (SELECT key, duration,
          row_number() OVER (PARTITION BY key ORDER BY duration) - 1 AS at,
          count(*) OVER (PARTITION BY key) AS n
        FROM chosen WHERE "end" IS NOT NULL),
      times AS (SELECT key AS k,
          sum(CASE WHEN at = CAST(0.5 * (n - 1) AS INTEGER)
              THEN duration * (1 - (0.5 * (n - 1) - at)) WHEN at = CAST(0.5 * (n - 1) AS INTEGER) + 1
              THEN duration * (0.5 * (n - 1) - at + 1) END) AS p50,
          sum(CASE WHEN at = CAST(0.95 * (n - 1) AS INTEGER)
              THEN duration * (1 - (0.95 * (n - 1) - at))
              WHEN at = CAST(0.95 * (n - 1) AS INTEGER) + 1
              THEN duration * (0.95 * (n - 1) - at + 1) END) AS p95,
          max(duration) AS longest, avg(duration) AS mean
        FROM ranked GROUP BY key),
      figures AS (SELECT key, count(*) AS sessions, sum(top) AS runs,
          sum(status = 'failed') AS failed, sum(status = 'recovered') AS recovered,
          sum(status = 'running') AS running, count(DISTINCT user) AS users,
          count(DISTINCT conversation) AS conversations,
          sum(CASE WHEN counted THEN input_tokens END) AS input_tokens,
          sum(CASE WHEN counted THEN output_tokens END) AS output_tokens,
          sum(CASE WHEN counted THEN tokens END) AS tokens,
          avg(first_token) AS first_token,
          sum(CASE WHEN counted THEN cost_usd END) AS usd,
          sum(CASE WHEN counted THEN unpriced ELSE 0 END) AS unpriced,
          sum(CASE WHEN counted THEN steps ELSE 0 END) AS steps,
          min(start) AS first_start, max(start) AS last_start,
          max(coalesce("end", news)) AS last_active
        FROM chosen GROUP BY key)
      SELECT figures.*, times.*, \
      """;

  /** What the figures need; the texts of a session are ten times that. */
  private static final String COLUMNS =
      "start, \"end\", duration, news, status, user, conversation, input_tokens, output_tokens,"
          + " tokens, first_token, cost_usd, unpriced, steps";

  /** Whether no other session of the store began it. */
  private static final String TOP =
      "(parent IS NULL OR NOT EXISTS (SELECT 1 FROM session p"
          + " WHERE p.project = session.project AND p.id = session.parent))";

  /** A sub-agent's session is part of a turn, not a turn. */
  private static final String TOP_OF_CONVERSATION =
      "(parent IS NULL OR NOT EXISTS (SELECT 1 FROM session p"
          + " WHERE p.project = session.project AND p.id = session.parent"
          + " AND p.conversation = session.conversation))";

  private final Database database;

  SessionGroups(Database database) {
    this.database = database;
  }

  SessionGroupPage find(SessionGroupQuery query, Range range, Sql condition) {
    String order = column(query.order());
    Sql sql = chosen(query, range, condition).add(FIGURES);
    sql.add(order + " AS value FROM figures LEFT JOIN times ON times.k = figures.key");
    if (query.cursor() != null) {
      RowCursor cursor = RowCursor.parse(query.cursor());
      sql.add(" WHERE (" + order + ", key) < (").bind(cursor.value()).add(", ");
      sql.bind(cursor.key()).add(")");
    }
    sql.add(" ORDER BY " + order + " DESC, key DESC LIMIT ").bind(query.limit() + 1L);
    boolean named = query.by() == By.CONVERSATION || query.by() == By.USER;
    List<Row> rows = database.rows(sql, row -> new Row(group(row), row.getLong("value")));
    boolean more = rows.size() > query.limit();
    List<Row> shown = more ? rows.subList(0, query.limit()) : rows;
    String cursor =
        more
            ? new RowCursor(shown.getLast().order(), shown.getLast().group().key()).toString()
            : null;
    return new SessionGroupPage(
        shown.stream()
            .map(Row::group)
            .map(group -> named ? named(group, query, range) : group)
            .toList(),
        cursor);
  }

  private record Row(SessionGroup group, long order) {}

  private static Sql chosen(SessionGroupQuery query, Range range, Sql condition) {
    boolean turns = query.by() == By.CONVERSATION;
    String top = turns ? TOP_OF_CONVERSATION : TOP;
    Sql sql = Sql.of("WITH chosen AS (SELECT " + COLUMNS + ", ").add(key(query)).add(" AS key,");
    sql.add(top + " AS top, ").add(query.by() == By.AGENT ? "1" : top).add(" AS counted");
    sql.add(" FROM session WHERE project = ").bind(range.project());
    sql.add(" AND start >= ").bind(range.fromNanos()).add(" AND start < ").bind(range.toNanos());
    sql.add(" AND ").add(key(query)).add(" IS NOT NULL AND ").add(condition);
    return sql.add(turns ? " AND " + top + ")" : ")");
  }

  private static Sql key(SessionGroupQuery query) {
    return switch (query.by()) {
      case ALL -> Sql.of("''");
      case STEP -> {
        long step = query.step() == null ? 1 : query.step().toNanos();
        yield Sql.of("CAST(start / ").bind(step).add(" * ").bind(step / 1_000_000).add(" AS TEXT)");
      }
      case AGENT -> Sql.of("agent");
      case USER -> Sql.of("user");
      case CONVERSATION -> Sql.of("conversation");
      case CAUSE -> Sql.of("issue");
    };
  }

  private static String column(SessionGroupQuery.Order order) {
    return switch (order) {
      case LAST_ACTIVE -> "last_active";
      case SESSIONS -> "sessions";
      case FAILED -> "failed";
      case COST -> "coalesce(CAST(round(usd * 1e9) AS INTEGER), -1)";
      // A number alone would name a column.
      case KEY -> "0 * sessions";
    };
  }

  private static SessionGroup group(ResultSet row) throws SQLException {
    Double usd = number(row, "usd");
    return new SessionGroup(
        row.getString("key"),
        new SessionGroup.Counts(
            row.getLong("sessions"),
            row.getLong("runs"),
            row.getLong("failed"),
            row.getLong("recovered"),
            row.getLong("running"),
            row.getLong("users"),
            row.getLong("conversations")),
        new SessionGroup.Times(
            millis(row, "p50"), millis(row, "p95"), millis(row, "longest"), millis(row, "mean")),
        new Session.Usage(
            whole(row, "input_tokens"),
            whole(row, "output_tokens"),
            whole(row, "tokens"),
            number(row, "first_token")),
        new Session.Cost(usd == null ? null : BigDecimal.valueOf(usd), row.getInt("unpriced")),
        row.getLong("steps"),
        new SessionGroup.Span(
            row.getLong("first_start"), row.getLong("last_start"), row.getLong("last_active")),
        new SessionGroup.Names(List.of(), List.of(), null, null));
  }

  private SessionGroup named(SessionGroup group, SessionGroupQuery query, Range range) {
    SessionGroup.Names names =
        new SessionGroup.Names(
            distinct("user", group, query, range),
            distinct("agent", group, query, range),
            edge("input", "", group, query, range),
            edge("output", " DESC", group, query, range));
    return new SessionGroup(
        group.key(),
        group.counts(),
        group.times(),
        group.usage(),
        group.cost(),
        group.steps(),
        group.span(),
        names);
  }

  private List<String> distinct(
      String column, SessionGroup group, SessionGroupQuery query, Range range) {
    Sql sql = Sql.of("SELECT " + column).add(members(group, query, range));
    sql.add(" AND " + column + " IS NOT NULL GROUP BY " + column + " ORDER BY min(start) LIMIT ");
    return database.rows(sql.bind(MOST_NAMES), row -> row.getString(1));
  }

  private @Nullable String edge(
      String column, String direction, SessionGroup group, SessionGroupQuery query, Range range) {
    Sql sql = Sql.of("SELECT " + column).add(members(group, query, range));
    sql.add(" AND " + column + " IS NOT NULL ORDER BY start" + direction + " LIMIT 1");
    List<String> found = database.rows(sql, row -> row.getString(1));
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Sql members(SessionGroup group, SessionGroupQuery query, Range range) {
    return Sql.of(" FROM session WHERE project = ")
        .bind(range.project())
        .add(" AND ")
        .add(key(query))
        .add(" = ")
        .bind(group.key())
        .add(" AND start >= ")
        .bind(range.fromNanos())
        .add(" AND start < ")
        .bind(range.toNanos());
  }

  private static @Nullable Double millis(ResultSet row, String column) throws SQLException {
    Double nanos = number(row, column);
    return nanos == null ? null : (Double) (nanos / 1e6);
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    return row.getObject(column) instanceof Number number ? (Double) number.doubleValue() : null;
  }

  private static @Nullable Long whole(ResultSet row, String column) throws SQLException {
    return row.getObject(column) instanceof Number number ? (Long) number.longValue() : null;
  }
}
