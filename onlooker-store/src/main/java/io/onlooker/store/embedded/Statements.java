package io.onlooker.store.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction, each prepared once however often it runs. */
final class Statements implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Runs one statement, and tells how many rows it changed. */
  static int once(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (Statements statements = new Statements(connection)) {
      return statements.update(sql, values);
    }
  }

  /** How many rows it changed. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    Database.bind(statement, values);
    return statement.executeUpdate();
  }

  /** The first columns of all rows. */
  List<@Nullable String[]> rows(int columns, String sql, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = prepared(sql);
    Database.bind(statement, values);
    List<@Nullable String[]> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        @Nullable String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = result.getString(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }
}
