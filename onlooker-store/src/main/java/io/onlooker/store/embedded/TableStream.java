package io.onlooker.store.embedded;

import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Rows whose columns are few and known beforehand. */
final class TableStream<T> extends RowStream<T> {

  private final List<Column<T>> columns;

  /** One column: its name, the kind of its values, and how to find one in a row. */
  record Column<T>(String name, AttributeKind kind, Function<T, @Nullable Object> value) {}

  TableStream(BufferAllocator allocator, List<T> rows, List<Column<T>> columns) {
    super(allocator, rows);
    this.columns = columns;
  }

  @Override
  List<Field> fields() {
    return columns.stream().map(column -> field(column.name(), column.kind())).toList();
  }

  @Override
  void set(List<FieldVector> vectors, int at, T row) {
    for (int i = 0; i < columns.size(); i++) {
      Object value = columns.get(i).value().apply(row);
      if (value != null) {
        columns.get(i).kind().set(vectors.get(i), at, value);
      }
    }
  }
}
