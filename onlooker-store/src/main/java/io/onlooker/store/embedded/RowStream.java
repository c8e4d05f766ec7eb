package io.onlooker.store.embedded;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of this process as a stream of Arrow batches, each made when the engine asks for it.
 *
 * @param <T> a row
 */
abstract class RowStream<T> extends ArrowReader {

  private static final int BATCH_ROWS = 8192;

  private final List<T> rows;
  private int next;

  RowStream(BufferAllocator allocator, List<T> rows) {
    super(allocator);
    this.rows = rows;
  }

  abstract List<Field> fields();

  /** Called before the rows of a batch are set; vectors stand in the order of the fields. */
  void begin(List<FieldVector> vectors) {}

  /** Sets the values of a batch that are not null. */
  void set(List<FieldVector> vectors, List<T> batch) {
    for (int at = 0; at < batch.size(); at++) {
      set(vectors, at, batch.get(at));
    }
  }

  /** Sets the values of a row that are not null. */
  abstract void set(List<FieldVector> vectors, int at, T row);

  static Field field(String name, AttributeKind kind) {
    return new Field(name, FieldType.nullable(kind.arrowType()), null);
  }

  @Override
  protected final Schema readSchema() {
    return new Schema(fields());
  }

  @Override
  public final boolean loadNextBatch() throws IOException {
    int count = Math.min(BATCH_ROWS, rows.size() - next);
    if (count == 0) {
      return false;
    }
    prepareLoadNextBatch();
    VectorSchemaRoot root = getVectorSchemaRoot();
    List<FieldVector> vectors = root.getFieldVectors();
    for (FieldVector vector : vectors) {
      vector.setInitialCapacity(count);
      vector.allocateNew();
    }
    begin(vectors);
    set(vectors, rows.subList(next, next + count));
    root.setRowCount(count);
    next += count;
    return true;
  }

  @Override
  public final long bytesRead() {
    return 0;
  }

  @Override
  protected final void closeReadSource() {}
}
