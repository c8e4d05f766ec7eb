package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir private Path folder;

  @Test
  void open_ofTheFirstVersion_keepsItsSessions() throws SQLException {
    change(
        "CREATE TABLE session (project INTEGER NOT NULL, trace TEXT NOT NULL, id TEXT NOT NULL,"
            + " root TEXT NOT NULL, parent TEXT, name TEXT NOT NULL, agent TEXT, user TEXT,"
            + " conversation TEXT, status TEXT NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER,"
            + " duration INTEGER NOT NULL, news INTEGER NOT NULL, input TEXT, output TEXT,"
            + " failure_reason TEXT, steps INTEGER NOT NULL, failed_steps INTEGER NOT NULL,"
            + " input_tokens INTEGER, output_tokens INTEGER, tokens INTEGER, first_token REAL,"
            + " models TEXT NOT NULL, environment TEXT, release TEXT,"
            + " PRIMARY KEY (project, trace, id)) WITHOUT ROWID",
        "CREATE TABLE progress (one INTEGER PRIMARY KEY, sealed_journal INTEGER)",
        "INSERT INTO session (project, trace, id, root, name, status, start, duration, news, steps,"
            + " failed_steps, models)"
            + " VALUES (1, 't', 'before', 'r', 'n', 'failed', 1, 2, 3, 4, 5, '[]')",
        "PRAGMA user_version = 1");

    assertThat(rows("SELECT id, cost_usd, unpriced FROM session")).containsExactly("before null 0");
  }

  @Test
  void open_twice() {
    assertThat(rows("SELECT cost_usd, unpriced, 0 FROM session")).isEmpty();
    assertThat(rows("SELECT cost_usd, unpriced, 0 FROM session")).isEmpty();
  }

  @Test
  void rowsOfATrace_areFoundByIt_howeverManyOthersThereAre() {
    for (String table : List.of("issue_hit", "session")) {
      String read = "SELECT * FROM " + table + " WHERE project = 1 AND trace = 'x'";

      try (Database database = new Database(file())) {
        List<String> plan =
            database.rows(Sql.of("EXPLAIN QUERY PLAN " + read), row -> row.getString("detail"));

        assertThat(plan).singleElement().asString().contains("(project=? AND trace=?");
      }
    }
  }

  @Test
  void open_ofANewerVersion() throws SQLException {
    change("PRAGMA user_version = 4711");

    assertThatThrownBy(() -> rows("SELECT 1, 2, 3"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 4711 (expected: at most");
  }

  private List<String> rows(String sql) {
    try (Database database = new Database(file())) {
      return database.rows(
          Sql.of(sql), row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
    }
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path file() {
    return folder.resolve("catalog.db");
  }
}
