package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Spans with all their columns, as a segment holds them. */
final class SealStream extends RowStream<HotSpan> {

  static final String REST = "rest";

  private static final List<SpanColumn> COLUMNS = List.of(SpanColumn.values());

  private final Map<String, KeyColumns> keys;
  private final boolean hasRest;
  private final Map<String, Column> columnsByKey = new HashMap<>();
  private KeyMemo<Column> memo = new KeyMemo<>(columnsByKey::get);

  SealStream(BufferAllocator allocator, List<HotSpan> spans, Map<String, KeyColumns> keys) {
    super(allocator, spans);
    this.keys = keys;
    hasRest = keys.values().stream().anyMatch(KeyColumns::inRest);
  }

  @Override
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (SpanColumn column : SpanColumn.values()) {
      fields.add(field(column.column(), column.kind()));
    }
    for (KeyColumns key : keys.values()) {
      key.columns().forEach((kind, column) -> fields.add(field(column, kind)));
    }
    if (hasRest) {
      fields.add(map(REST));
    }
    return fields;
  }

  private static Field map(String name) {
    ArrowType text = AttributeKind.TEXT.arrowType();
    Field key = new Field("key", FieldType.notNullable(text), null);
    Field value = new Field("value", FieldType.nullable(text), null);
    Field entries =
        new Field("entries", FieldType.notNullable(new ArrowType.Struct()), List.of(key, value));
    return new Field(name, FieldType.nullable(new ArrowType.Map(false)), List.of(entries));
  }

  @Override
  void begin(List<FieldVector> vectors) {
    int at = SpanColumn.values().length;
    for (Map.Entry<String, KeyColumns> key : keys.entrySet()) {
      Map<AttributeKind, FieldVector> byKind = new EnumMap<>(AttributeKind.class);
      for (AttributeKind kind : key.getValue().columns().keySet()) {
        byKind.put(kind, vectors.get(at++));
      }
      columnsByKey.put(key.getKey(), new Column(byKind));
    }
    memo = new KeyMemo<>(columnsByKey::get);
  }

  /** Column by column, since the next value of one is mostly like the one before. */
  @Override
  void set(List<FieldVector> vectors, List<HotSpan> batch) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      COLUMNS.get(i).set(vectors.get(i), batch);
    }
    super.set(vectors, batch);
  }

  @Override
  void set(List<FieldVector> vectors, int at, HotSpan span) {
    memo.restart();
    Rest rest = hasRest ? new Rest((MapVector) vectors.getLast(), at) : null;
    span.data().attributes().forEach((key, value) -> set(rest, at, key, value));
    if (rest != null) {
      rest.end();
    }
  }

  private void set(@Nullable Rest rest, int at, String key, Object value) {
    Column column = memo.next(key);
    if (ColumnPlan.isLong(value)) {
      return;
    }
    if (column != null && column.texts != null && value instanceof String text) {
      column.texts.set(at, text);
      return;
    }
    AttributeKind kind = AttributeKind.of(value);
    FieldVector own = column == null ? null : column.vectors.get(kind);
    if (own != null) {
      kind.set(own, at, value);
    } else if (rest != null) {
      rest.put(key, RestValue.format(value));
    }
  }

  /** The vectors of one key. */
  private static final class Column {

    private final Map<AttributeKind, FieldVector> vectors;
    private final @Nullable TextColumn texts;

    Column(Map<AttributeKind, FieldVector> vectors) {
      this.vectors = vectors;
      texts =
          vectors.get(AttributeKind.TEXT) instanceof VarCharVector own ? new TextColumn(own) : null;
    }
  }

  /** The map of one row. */
  private static final class Rest {

    private final MapVector map;
    private final StructVector entries;
    private final int row;
    private final int start;
    private int size;

    Rest(MapVector map, int row) {
      this.map = map;
      this.row = row;
      entries = (StructVector) map.getDataVector();
      start = map.startNewValue(row);
    }

    void put(String key, String value) {
      int at = start + size++;
      entries.setIndexDefined(at);
      AttributeKind.setText((FieldVector) entries.getChildByOrdinal(0), at, key);
      AttributeKind.setText((FieldVector) entries.getChildByOrdinal(1), at, value);
    }

    void end() {
      map.endValue(row, size);
    }
  }
}
