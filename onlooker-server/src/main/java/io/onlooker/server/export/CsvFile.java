package io.onlooker.server.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values with commas between, as RFC 4180 says, below a line of column names. */
public final class CsvFile implements RowFile<byte[]> {

  private final OutputStream out;
  private final List<Column> columns;

  public CsvFile(OutputStream out, List<Column> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    write(columns.stream().map(Column::name));
  }

  @Override
  public void add(byte[] row) throws IOException {
    TableRow cells = TableRow.of(row);
    write(columns.stream().map(column -> TableRow.text(cells.cell(column))));
  }

  private void write(Stream<String> values) throws IOException {
    String line = values.map(CsvFile::quoted).collect(Collectors.joining(",", "", "\r\n"));
    out.write(line.getBytes(UTF_8));
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
