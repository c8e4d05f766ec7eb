package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/** One query of the engine: some statements with one deadline, on a connection of its own. */
final class EngineQuery implements AutoCloseable {

  private final DuckDBConnection connection;
  private final BufferAllocator allocator;
  private final Deadline deadline;
  private final List<ArrowArrayStream> streams = new ArrayList<>();
  private boolean ranOutOfMemory;

  /** Makes something of a row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  EngineQuery(DuckDBConnection connection, BufferAllocator allocator, Deadline deadline) {
    this.connection = connection;
    this.allocator = allocator;
    this.deadline = deadline;
  }

  /** Whether a statement failed for want of memory; others may follow it. */
  boolean ranOutOfMemory() {
    return ranOutOfMemory;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Offers the stream as a table to the next statement, and to that one only: it runs dry. */
  void register(String table, ArrowReader reader) {
    ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
    streams.add(stream);
    Data.exportArrayStream(allocator, reader, stream);
    connection.registerArrowStream(table, stream);
  }

  /**
   * @throws StoreException when the query ran out of time or memory, or the engine failed
   */
  <T> List<T> rows(Sql sql, RowReader<T> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
      bind(statement, sql.values());
      deadline.watch(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(reader.read(rows));
        }
        return Collections.unmodifiableList(list);
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      deadline.forget();
    }
  }

  void execute(Sql sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
      bind(statement, sql.values());
      deadline.watch(statement);
      statement.execute();
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      deadline.forget();
    }
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private StoreException failure(SQLException e) {
    String reason = deadline.reason();
    if (reason != null) {
      return new StoreException(Reason.LIMIT, "query: " + reason, e);
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("Out of Memory")) {
      ranOutOfMemory = true;
      return new StoreException(
          Reason.LIMIT,
          "query: needs more memory than it may take (expected: a narrower query)",
          e);
    }
    return new StoreException(Reason.BROKEN, "query engine: " + message, e);
  }

  @Override
  public void close() {
    deadline.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException(Reason.BROKEN, "query engine: " + e.getMessage(), e);
    } finally {
      streams.forEach(ArrowArrayStream::close);
    }
  }
}
