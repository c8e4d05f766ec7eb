package io.onlooker.server.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Function;

/** A file that is being written row by row; closing it writes what is still missing. */
public interface RowFile<T> extends Closeable {

  /**
   * Adds a row below the others.
   *
   * @throws IOException when whoever reads the file has gone, or the disk is full
   */
  void add(T row) throws IOException;

  /** This file for what rows are made of. */
  default <S> RowFile<S> from(Function<S, T> row) {
    RowFile<T> file = this;
    return new RowFile<>() {
      @Override
      public void add(S source) throws IOException {
        file.add(row.apply(source));
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
