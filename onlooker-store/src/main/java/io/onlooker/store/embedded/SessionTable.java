package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.store.Session;
import io.onlooker.store.issue.FailureFold.Folded;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions as rows of the catalog. */
final class SessionTable {

  /** A running session without news for so long is lost. */
  static final long LOST_AFTER_NANOS = 600_000_000_000L;

  private static final String INSERT =
      "INSERT OR REPLACE INTO session VALUES (" + "?, ".repeat(30) + "?)";

  private final Database database;

  /**
   * The sessions of one trace.
   *
   * @param newsNanos the latest time that any span of the trace tells
   * @param facts what their roots say in scores, metrics and metadata, as JSON, by session
   */
  record OfTrace(
      List<Session> sessions, long newsNanos, Folded failures, Map<String, String> facts) {

    /** Whether nothing of the trace stands in the catalog. */
    boolean isEmpty() {
      return sessions.isEmpty() && failures.failures().isEmpty();
    }
  }

  SessionTable(Database database) {
    this.database = database;
  }

  /** Puts the sessions of these traces in place of those that were known of them. */
  static void replace(Connection connection, Map<TraceKey, OfTrace> traces) throws SQLException {
    delete(connection, traces);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (OfTrace trace : traces.values()) {
        for (Session session : trace.sessions()) {
          bind(insert, session, trace);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void delete(Connection connection, Map<TraceKey, OfTrace> traces)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM session WHERE project = ? AND trace = ?")) {
      for (TraceKey trace : traces.keySet()) {
        Database.bind(delete, trace.project(), trace.id());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private static void bind(PreparedStatement insert, Session session, OfTrace trace)
      throws SQLException {
    boolean open = session.endNanos() == SpanData.OPEN;
    Database.bind(
        insert,
        session.project(),
        session.traceId(),
        session.id(),
        session.rootSpanId(),
        session.parentSessionId(),
        session.name(),
        session.agentName(),
        session.userId(),
        session.conversationId(),
        session.status().name().toLowerCase(Locale.ROOT),
        session.startNanos(),
        open ? null : session.endNanos(),
        open ? 0 : session.endNanos() - session.startNanos(),
        trace.newsNanos(),
        session.texts().input(),
        session.texts().output(),
        session.texts().failureReason(),
        session.steps().total(),
        session.steps().failed(),
        session.usage().inputTokens(),
        session.usage().outputTokens(),
        session.usage().totalTokens(),
        session.usage().firstTokenMillis(),
        Json.list(session.models()),
        session.environment(),
        session.release(),
        session.cost().usd() == null ? null : session.cost().usd().doubleValue(),
        session.cost().unpriced(),
        trace.failures().causes().get(session.id()),
        trace.facts().getOrDefault(session.id(), "{}"),
        session.skewNanos());
  }

  /**
   * The sessions a condition takes.
   *
   * @param nowNanos tells which of the running ones are lost by now
   */
  List<Session> find(Sql condition, long nowNanos) {
    return read(Sql.of("SELECT * FROM session WHERE ").add(condition), nowNanos);
  }

  /** The rows that a statement selects. */
  List<Session> read(Sql statement, long nowNanos) {
    return database.rows(statement, row -> session(row, nowNanos));
  }

  /** How many a condition takes, at most this number. */
  int count(Sql condition, int atMost) {
    Sql sql = Sql.of("SELECT count(*) FROM (SELECT 1 FROM session WHERE ").add(condition);
    return database.rows(sql.add(" LIMIT ").bind(atMost).add(")"), row -> row.getInt(1)).getFirst();
  }

  private static Session session(ResultSet row, long now) throws SQLException {
    Object end = row.getObject("end");
    return new Session(
        row.getInt("project"),
        row.getString("id"),
        row.getString("trace"),
        row.getString("root"),
        row.getString("parent"),
        row.getString("name"),
        row.getString("agent"),
        row.getString("user"),
        row.getString("conversation"),
        status(row, now),
        row.getLong("start"),
        end == null ? SpanData.OPEN : ((Number) end).longValue(),
        new Session.Texts(
            row.getString("input"), row.getString("output"), row.getString("failure_reason")),
        new Session.Steps(row.getInt("steps"), row.getInt("failed_steps")),
        new Session.Usage(
            whole(row, "input_tokens"),
            whole(row, "output_tokens"),
            whole(row, "tokens"),
            fraction(row, "first_token")),
        cost(row),
        Json.list(row.getString("models")).stream().map(String::valueOf).toList(),
        row.getString("environment"),
        row.getString("release"),
        row.getLong("skew"));
  }

  private static Session.Cost cost(ResultSet row) throws SQLException {
    Double usd = fraction(row, "cost_usd");
    return new Session.Cost(usd == null ? null : BigDecimal.valueOf(usd), row.getInt("unpriced"));
  }

  private static @Nullable Double fraction(ResultSet row, String column) throws SQLException {
    return row.getObject(column) instanceof Number number ? number.doubleValue() : null;
  }

  private static @Nullable Long whole(ResultSet row, String column) throws SQLException {
    return row.getObject(column) instanceof Number number ? number.longValue() : null;
  }

  private static Session.Status status(ResultSet row, long now) throws SQLException {
    Session.Status status =
        Session.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
    boolean quiet = row.getLong("news") < now - LOST_AFTER_NANOS;
    return status == Session.Status.RUNNING && quiet ? Session.Status.LOST : status;
  }
}
