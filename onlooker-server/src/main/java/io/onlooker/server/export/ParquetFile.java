package io.onlooker.server.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;

/**
 * An Apache Parquet file, which can be begun only when all of it is known: rows are gathered in a
 * database in a temporary folder, which is deleted when the file is closed.
 */
public final class ParquetFile implements RowFile<byte[]> {

  private final OutputStream out;
  private final List<Column> columns;
  private final AttributeKinds attributes;
  private final Path folder;
  private final DuckDBConnection database;
  private final DuckDBAppender rows;
  private boolean broken;

  public ParquetFile(OutputStream out, List<Column> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    attributes = new AttributeKinds(columns.size());
    folder = Files.createTempDirectory("onlooker-export");
    try {
      String url = "jdbc:duckdb:" + folder.resolve("rows.db");
      database = (DuckDBConnection) DriverManager.getConnection(url);
      execute("CREATE TABLE export_rows (" + join(i -> "c" + i + " " + gathered(i)) + ")");
      rows = database.createAppender("export_rows");
    } catch (SQLException e) {
      deleteFolder();
      throw new IOException("parquet: " + e.getMessage(), e);
    }
  }

  @Override
  public void add(byte[] row) throws IOException {
    TableRow cells = TableRow.of(row);
    try {
      rows.beginRow();
      for (int i = 0; i < columns.size(); i++) {
        append(i, cells.cell(columns.get(i)));
      }
      rows.endRow();
    } catch (SQLException e) {
      broken = true;
      throw new IOException("parquet: " + e.getMessage(), e);
    }
  }

  private void append(int column, JsonNode cell) throws SQLException {
    if (cell.isMissingNode() || cell.isNull()) {
      rows.appendNull();
      return;
    }
    switch (columns.get(column).kind()) {
      case FLAG -> rows.append(cell.booleanValue());
      case COUNT -> rows.append(cell.longValue());
      case NUMBER -> rows.append(cell.doubleValue());
      case TIME ->
          rows.append(
              OffsetDateTime.parse(cell.stringValue())
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime());
      case TEXT, JSON -> rows.append(TableRow.text(cell));
      case ATTRIBUTE -> {
        attributes.saw(column, cell);
        rows.append(TableRow.text(cell));
      }
    }
  }

  /** Writes the file, unless a row could not be added. */
  @Override
  public void close() throws IOException {
    try (database) {
      rows.close();
      if (!broken) {
        Path file = folder.resolve("rows.parquet");
        execute(
            "COPY (SELECT "
                + join(this::shown)
                + " FROM export_rows) TO '"
                + file.toString().replace("'", "''")
                + "' (FORMAT parquet, COMPRESSION zstd)");
        Files.copy(file, out);
      }
    } catch (SQLException e) {
      throw new IOException("parquet: " + e.getMessage(), e);
    } finally {
      deleteFolder();
    }
    out.flush();
  }

  /** A column's type while rows are gathered. */
  private String gathered(int column) {
    return switch (columns.get(column).kind()) {
      case TEXT, JSON, ATTRIBUTE -> "VARCHAR";
      case FLAG -> "BOOLEAN";
      case COUNT -> "BIGINT";
      case NUMBER -> "DOUBLE";
      case TIME -> "TIMESTAMP_NS";
    };
  }

  private String shown(int column) {
    String name = '"' + columns.get(column).name().replace("\"", "\"\"") + '"';
    return "c" + column + "::" + attributes.type(column, gathered(column)) + " AS " + name;
  }

  private String join(IntFunction<String> column) {
    return IntStream.range(0, columns.size()).mapToObj(column).collect(Collectors.joining(", "));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(ParquetFile::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.delete(folder);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
