package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Spans in memory as a stream of Arrow batches that holds only the columns a query names. */
final class HotStream extends ArrowReader {

  private static final int BATCH_ROWS = 8192;

  private final Rows rows;
  private final List<SpanColumn> columns;
  private final List<String> keys;
  private int next;

  /**
   * @param rows without gaps
   * @param keys attributes; key number 2 has the columns {@code s2}, {@code i2}, {@code n2}, …
   */
  HotStream(BufferAllocator allocator, Rows rows, List<SpanColumn> columns, List<String> keys) {
    super(allocator);
    this.rows = rows;
    this.columns = columns;
    this.keys = keys;
  }

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(field(column.column(), column.arrowType())));
    for (int key = 0; key < keys.size(); key++) {
      for (AttributeKind kind : AttributeKind.values()) {
        fields.add(field(kind.prefix() + key, kind.arrowType()));
      }
    }
    return new Schema(fields);
  }

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    if (next >= rows.size()) {
      return false;
    }
    prepareLoadNextBatch();
    VectorSchemaRoot root = getVectorSchemaRoot();
    List<FieldVector> vectors = root.getFieldVectors();
    vectors.forEach(vector -> vector.setInitialCapacity(BATCH_ROWS));
    vectors.forEach(FieldVector::allocateNew);
    List<Map<AttributeKind, FieldVector>> byKey = byKey(root);
    int count = Math.min(BATCH_ROWS, rows.size() - next);
    for (int row = 0; row < count; row++) {
      HotSpan span = rows.array()[next + row];
      if (span != null) {
        set(vectors, row, span);
        set(byKey, row, span.data().attributes());
      }
    }
    root.setRowCount(count);
    next += count;
    return true;
  }

  private List<Map<AttributeKind, FieldVector>> byKey(VectorSchemaRoot root) {
    List<Map<AttributeKind, FieldVector>> byKey = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      Map<AttributeKind, FieldVector> byKind = new EnumMap<>(AttributeKind.class);
      for (AttributeKind kind : AttributeKind.values()) {
        byKind.put(kind, root.getVector(kind.prefix() + key));
      }
      byKey.add(byKind);
    }
    return byKey;
  }

  private void set(List<FieldVector> vectors, int row, HotSpan span) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).set(vectors.get(i), row, span);
    }
  }

  private void set(List<Map<AttributeKind, FieldVector>> byKey, int row, Attributes attributes) {
    for (int i = 0; i < byKey.size(); i++) {
      Object value = attributes.get(keys.get(i));
      if (value != null) {
        set(byKey.get(i), row, value);
      }
    }
  }

  private static void set(Map<AttributeKind, FieldVector> vectors, int row, Object value) {
    AttributeKind kind = AttributeKind.of(value);
    FieldVector vector = vectors.get(kind);
    if (vector != null) {
      kind.set(vector, row, value);
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}
}
