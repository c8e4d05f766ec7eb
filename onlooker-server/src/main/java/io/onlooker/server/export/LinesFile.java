package io.onlooker.server.export;

import java.io.IOException;
import java.io.OutputStream;

/** A JSON object on each line. */
public record LinesFile(OutputStream out) implements RowFile<byte[]> {

  @Override
  public void add(byte[] row) throws IOException {
    out.write(row);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
