package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Spans in memory with only the columns a query names. */
final class HotStream extends RowStream<HotSpan> {

  private final List<SpanColumn> columns;
  private final List<String> keys;
  private List<Map<AttributeKind, FieldVector>> vectorsByKey = List.of();

  /**
   * @param keys attributes; key number 2 has the columns {@code s2}, {@code i2}, {@code n2}, …
   */
  HotStream(
      BufferAllocator allocator, List<HotSpan> spans, List<SpanColumn> columns, List<String> keys) {
    super(allocator, spans);
    this.columns = columns;
    this.keys = keys;
  }

  @Override
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(field(column.column(), column.kind())));
    for (int key = 0; key < keys.size(); key++) {
      for (AttributeKind kind : AttributeKind.values()) {
        fields.add(field(kind.prefix() + key, kind));
      }
    }
    return fields;
  }

  @Override
  void begin(List<FieldVector> vectors) {
    vectorsByKey = new ArrayList<>();
    int at = columns.size();
    for (String _ : keys) {
      int width = AttributeKind.values().length;
      vectorsByKey.add(AttributeKind.byKind(vectors.subList(at, at + width)));
      at += width;
    }
  }

  @Override
  void set(List<FieldVector> vectors, int at, HotSpan span) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).set(vectors.get(i), at, span);
    }
    Attributes attributes = span.data().attributes();
    for (int i = 0; i < keys.size(); i++) {
      Object value = attributes.get(keys.get(i));
      if (value != null) {
        AttributeKind.set(vectorsByKey.get(i), at, value);
      }
    }
  }
}
