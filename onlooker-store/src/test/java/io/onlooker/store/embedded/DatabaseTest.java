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
        "CREATE TABLE session (id TEXT PRIMARY KEY, project INTEGER, conversation TEXT, user TEXT,"
            + " release TEXT, start INTEGER) WITHOUT ROWID",
        "INSERT INTO session (id) VALUES ('before')",
        "PRAGMA user_version = 1");

    assertThat(rows("SELECT id, cost_usd, unpriced FROM session")).containsExactly("before null 0");
  }

  @Test
  void open_twice() {
    assertThat(rows("SELECT cost_usd, unpriced, 0 FROM session")).isEmpty();
    assertThat(rows("SELECT cost_usd, unpriced, 0 FROM session")).isEmpty();
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
