package io.onlooker.server.access;

import io.onlooker.server.access.KeyUse.Entry;
import io.onlooker.server.access.KeyUse.Seen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account of what came with each key, as rows of the settings database. */
final class UseTable {

  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS key_use (
            key INTEGER NOT NULL, day INTEGER NOT NULL, category TEXT NOT NULL,
            outcome TEXT NOT NULL, quantity INTEGER NOT NULL,
            PRIMARY KEY (day, key, category, outcome)) WITHOUT ROWID\
          """,
          "CREATE TABLE IF NOT EXISTS key_seen (key INTEGER PRIMARY KEY, used INTEGER, accepted"
              + " INTEGER)");

  private final Settings settings;

  UseTable(Settings settings) {
    this.settings = settings;
  }

  /** The quantities from a day on. */
  Map<Entry, Long> read(long fromDay) {
    Map<Entry, Long> use = new HashMap<>();
    settings.query(
        "SELECT key, day, category, outcome, quantity FROM key_use WHERE day >= ?",
        row ->
            use.put(
                new Entry(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
                row.getLong(5)),
        fromDay);
    return use;
  }

  Seen seen(long key) {
    List<Seen> found =
        settings.query(
            "SELECT used, accepted FROM key_seen WHERE key = ?",
            row -> new Seen(instant(row, 1), instant(row, 2)),
            key);
    return found.isEmpty() ? Seen.NEVER : found.getFirst();
  }

  /** Adds all of it, or nothing. */
  void add(Map<Entry, Long> use, Map<Long, Seen> seen) {
    settings.change(connection -> {
      addUse(connection, use);
      addSeen(connection, seen);
    });
  }

  private static void addUse(Connection connection, Map<Entry, Long> use) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO key_use VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                + " quantity = quantity + excluded.quantity")) {
      for (Map.Entry<Entry, Long> line : use.entrySet()) {
        insert.setLong(1, line.getKey().key());
        insert.setLong(2, line.getKey().day());
        insert.setString(3, line.getKey().category());
        insert.setString(4, line.getKey().outcome());
        insert.setLong(5, line.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void addSeen(Connection connection, Map<Long, Seen> seen) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO key_seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
                + " used = coalesce(excluded.used, used),"
                + " accepted = coalesce(excluded.accepted, accepted)")) {
      for (Map.Entry<Long, Seen> line : seen.entrySet()) {
        insert.setLong(1, line.getKey());
        insert.setObject(2, seconds(line.getValue().used()));
        insert.setObject(3, seconds(line.getValue().accepted()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Long seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.getEpochSecond();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column) instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : null;
  }
}
