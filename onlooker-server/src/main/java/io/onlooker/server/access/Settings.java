package io.onlooker.server.access;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings database: one SQLite file, shared with commands that run beside the server. Safe for
 * many threads, one at a time.
 */
final class Settings implements AutoCloseable {

  private static final List<String> SCHEMA =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA busy_timeout = 5000",
          """
          CREATE TABLE IF NOT EXISTS project (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL)\
          """,
          """
          CREATE TABLE IF NOT EXISTS api_key (
            id INTEGER PRIMARY KEY, project INTEGER REFERENCES project, scope TEXT NOT NULL,
            label TEXT NOT NULL, hint TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL)\
          """,
          "CREATE TABLE IF NOT EXISTS sign_in (hash TEXT PRIMARY KEY, expires INTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS setting (
            project INTEGER NOT NULL REFERENCES project, name TEXT NOT NULL, value TEXT NOT NULL,
            version INTEGER NOT NULL, PRIMARY KEY (project, name))\
          """,
          People.SCHEMA);

  /** What brings a file to each version from the one before. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "ALTER TABLE api_key ADD COLUMN disabled INTEGER",
              "ALTER TABLE api_key ADD COLUMN limits TEXT NOT NULL DEFAULT ''"),
          List.of("ALTER TABLE project ADD COLUMN deleted INTEGER"));

  /** Of a file that took all steps. */
  static final int VERSION = STEPS.size();

  private final Connection connection;
  private final UseTable use = new UseTable(this);

  private Settings(Connection connection) {
    this.connection = connection;
  }

  static Settings open(Path file) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try {
        prepare(connection, file);
      } catch (SQLException e) {
        // Whoever opens it next must not wait for what was begun here.
        connection.close();
        throw e;
      }
      return new Settings(connection);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
      for (String sql : UseTable.SCHEMA) {
        statement.execute(sql);
      }
      bringUp(statement, file);
    }
  }

  /** Takes the steps that are missing; another process that opens the file meanwhile waits. */
  private static void bringUp(Statement statement, Path file) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      int version = row.next() ? row.getInt(1) : 0;
      if (version > STEPS.size()) {
        throw new SQLException(
            "%s has version %d (expected: at most %d; a newer Onlooker wrote it: start that one, or name another folder)"
                .formatted(file, version, STEPS.size()));
      }
      for (List<String> step : STEPS.subList(version, STEPS.size())) {
        for (String sql : step) {
          statement.execute(sql);
        }
      }
    }
    statement.execute("PRAGMA user_version = " + STEPS.size());
    statement.execute("COMMIT");
  }

  UseTable use() {
    return use;
  }

  synchronized List<Project> projects() {
    return query(
        "SELECT id, name, created FROM project WHERE deleted IS NULL ORDER BY id",
        row -> new Project(row.getInt(1), row.getString(2), Instant.ofEpochSecond(row.getLong(3))));
  }

  /** The keys by the hash of their text. */
  synchronized Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    query(
        "SELECT hash, id, project, scope, label, hint, created, disabled, limits FROM api_key"
            + " ORDER BY id",
        row -> keys.put(row.getString(1), key(row)));
    return keys;
  }

  synchronized int addProject(String name, Instant now) {
    return (int)
        insert("INSERT INTO project (name, created) VALUES (?, ?)", name, now.getEpochSecond());
  }

  /** Whether there is such a project. */
  synchronized boolean renameProject(int id, String name) {
    return update("UPDATE project SET name = ? WHERE id = ? AND deleted IS NULL", name, id) > 0;
  }

  /** The ids of those that were deleted. */
  synchronized List<Integer> deletedProjects() {
    return query("SELECT id FROM project WHERE deleted IS NOT NULL", row -> row.getInt(1));
  }

  /**
   * Lets go of a project with its keys, settings and people. Its row stays, so that its id, under
   * which there may still be data, is never given to another; its name is free again.
   */
  synchronized void deleteProject(int id, Instant now) {
    change(connection -> {
      for (String table : List.of("api_key", "setting", "person")) {
        update("DELETE FROM " + table + " WHERE project = ?", id);
      }
      update(
          "UPDATE project SET deleted = ?, name = 'deleted:' || id WHERE id = ?",
          now.getEpochSecond(),
          id);
    });
  }

  /** Adds the key unless its hash is there already. */
  synchronized void addKey(
      @Nullable Integer project, Scope scope, String label, String text, Instant now) {
    insert(
        "INSERT OR IGNORE INTO api_key (project, scope, label, hint, hash, created)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        project,
        scope.label(),
        label,
        text.substring(0, Math.min(4, text.length() / 4)),
        Secrets.hash(text),
        now.getEpochSecond());
  }

  /**
   * Whether there is such a key.
   *
   * @param since null makes it live again
   */
  synchronized boolean disableKey(long id, @Nullable Instant since) {
    Long seconds = since == null ? null : since.getEpochSecond();
    return update("UPDATE api_key SET disabled = ? WHERE id = ?", seconds, id) > 0;
  }

  synchronized boolean limitKey(long id, String limits) {
    return update("UPDATE api_key SET limits = ? WHERE id = ?", limits, id) > 0;
  }

  synchronized boolean removeKey(long id) {
    return update("DELETE FROM api_key WHERE id = ?", id) > 0;
  }

  synchronized void addSignIn(String token, Instant expires) {
    insert(
        "INSERT INTO sign_in (hash, expires) VALUES (?, ?)",
        Secrets.hash(token),
        expires.getEpochSecond());
  }

  /** Whether the token was there and fresh; it is gone afterwards. */
  synchronized boolean useSignIn(String token, Instant now) {
    update("DELETE FROM sign_in WHERE expires < ?", now.getEpochSecond());
    return update("DELETE FROM sign_in WHERE hash = ?", Secrets.hash(token)) > 0;
  }

  /** The secret of this name, drawn on first use. */
  synchronized String secret(String name) {
    insert("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", name, Secrets.random(32));
    return query("SELECT value FROM secret WHERE name = ?", row -> row.getString(1), name).get(0);
  }

  synchronized @Nullable Setting setting(int project, String name) {
    List<Setting> found =
        query(
            "SELECT value, version FROM setting WHERE project = ? AND name = ?",
            row -> new Setting(row.getString(1), row.getLong(2)),
            project,
            name);
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Whether the value was put in the place of the one with this version.
   *
   * @param expected 0 for no value, or null for whatever is there
   */
  synchronized boolean putSetting(int project, String name, String value, @Nullable Long expected) {
    if (expected != null && expected > 0) {
      String change = "UPDATE setting SET value = ?, version = version + 1";
      String which = " WHERE project = ? AND name = ? AND version = ?";
      return update(change + which, value, project, name, expected) > 0;
    }
    String add = "INSERT INTO setting (project, name, value, version) VALUES (?, ?, ?, 1)";
    String known =
        expected == null ? "UPDATE SET value = excluded.value, version = version + 1" : "NOTHING";
    return update(add + " ON CONFLICT (project, name) DO " + known, project, name, value) > 0;
  }

  /** Changes when another process has written. */
  synchronized long version() {
    return query("PRAGMA data_version", row -> row.getLong(1)).get(0);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(
        row.getLong(2),
        (Integer) row.getObject(3),
        Scope.of(row.getString(4)),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochSecond(row.getLong(7)),
        row.getObject(8) == null ? null : Instant.ofEpochSecond(row.getLong(8)),
        row.getString(9));
  }

  /** Makes all of the change or nothing of it. */
  synchronized void change(Change change) {
    try {
      connection.setAutoCommit(false);
      try {
        change.make(connection);
        connection.commit();
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        undo(e);
        throw e;
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  synchronized <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  synchronized int update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private long insert(String sql, @Nullable Object... values) {
    update(sql, values);
    return query("SELECT last_insert_rowid()", row -> row.getLong(1)).get(0);
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static IllegalStateException broken(SQLException e) {
    return new IllegalStateException("the settings database failed: " + e.getMessage(), e);
  }

  /** On a full disk SQLite has rolled back by itself, and complains when it is asked to. */
  private void undo(SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  interface Change {
    void make(Connection connection) throws SQLException;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
