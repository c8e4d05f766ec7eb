package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's SQLite file. One connection writes and one reads, so that reads never wait for a
 * write; what a write changed is durable when it returns, but for what is derived from the journal.
 */
final class Database implements AutoCloseable {

  static final int VERSION = 4;

  /** What {@code catalog.sql} makes; later versions are steps from there. */
  private static final int FIRST = 2;

  /**
   * What is written goes to random places of the indexes by id; these stay in memory up to a
   * million sessions. Taken as pages are touched, so that a small catalog takes little.
   */
  private static final int WRITER_KIB = 64 * 1024;

  private static final int READER_KIB = 8 * 1024;

  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  /** Changes that take effect together. */
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  /** Opens the file, or makes it. */
  Database(Path file) {
    try {
      writer = connect(file, WRITER_KIB);
      create(writer, file);
      reader = connect(file, READER_KIB);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static Connection connect(Path file, int cacheKib) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -" + cacheKib);
    }
    return connection;
  }

  private static void create(Connection connection, Path file) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version > VERSION) {
        throw new StoreException(
            Reason.BROKEN,
            "%s: version %d (expected: at most %d; a newer Onlooker wrote it: start that one, or name another folder)"
                .formatted(file, version, VERSION),
            null);
      }
      if (version == 0) {
        run(statement, "catalog.sql");
      }
      for (int step = (version == 0 ? FIRST : version) + 1; step <= VERSION; step++) {
        run(statement, "catalog-" + step + ".sql");
      }
      statement.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void run(Statement statement, String script) throws SQLException {
    for (String part : new Scanner(script(script)).useDelimiter(";\n").tokens().toList()) {
      statement.execute(part);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String script(String name) {
    try (InputStream text = Database.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException(Reason.BROKEN, name + ": " + e.getMessage(), e);
    }
  }

  /** Makes all of the change or nothing of it. */
  void write(Change change) {
    write("FULL", change);
  }

  /**
   * The same for what the journal still tells: readers see it when this returns, and it is durable
   * with the next {@link #write}. So nobody waits for the disk.
   */
  void writeDerived(Change change) {
    write("NORMAL", change);
  }

  private void write(String synchronous, Change change) {
    writing.lock();
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA synchronous = " + synchronous);
      writer.setAutoCommit(false);
      try {
        change.make(writer);
        writer.commit();
        writer.setAutoCommit(true);
      } catch (SQLException | RuntimeException e) {
        undo(e);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  /** On a full disk SQLite has rolled back by itself, and complains when it is asked to. */
  private void undo(Exception cause) {
    try {
      writer.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    try {
      writer.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  <T> List<T> rows(Sql sql, EngineQuery.RowReader<T> read) {
    reading.lock();
    try (PreparedStatement statement = reader.prepareStatement(sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      List<T> list = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          list.add(read.read(rows));
        }
      }
      return list;
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      reading.unlock();
    }
  }

  /** Binds values, nulls among them, in order. */
  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static StoreException failure(SQLException e) {
    boolean full = String.valueOf(e.getMessage()).contains("SQLITE_FULL");
    return new StoreException(full ? Reason.FULL : Reason.BROKEN, "catalog: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      reader.close();
      writer.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
