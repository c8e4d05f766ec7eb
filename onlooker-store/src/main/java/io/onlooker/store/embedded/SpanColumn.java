package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** The columns every span has, in memory's streams and in files alike. */
enum SpanColumn {
  PROJECT(AttributeKind.WHOLE),
  TRACE_HIGH(AttributeKind.WHOLE),
  TRACE_LOW(AttributeKind.WHOLE),
  SPAN_ID(AttributeKind.WHOLE),
  PARENT_SPAN_ID(AttributeKind.WHOLE),
  NAME(AttributeKind.TEXT),
  OP(AttributeKind.TEXT),
  /** Nanoseconds since 1970. */
  START_NANOS(AttributeKind.WHOLE),
  /** Null for a span that was never seen to end. */
  DURATION_NANOS(AttributeKind.WHOLE),
  STATUS(AttributeKind.TEXT),
  STATUS_MESSAGE(AttributeKind.TEXT),
  IS_SEGMENT(AttributeKind.FLAG),
  /** As JSON, null for none. */
  EVENTS(AttributeKind.TEXT);

  /** What locates a row and orders it. */
  static final Set<SpanColumn> KEY = Set.of(TRACE_HIGH, TRACE_LOW, SPAN_ID, START_NANOS);

  private final AttributeKind kind;
  private final String column = name().toLowerCase(Locale.ROOT);

  SpanColumn(AttributeKind kind) {
    this.kind = kind;
  }

  String column() {
    return column;
  }

  AttributeKind kind() {
    return kind;
  }

  /** Sets the values of spans in rows from the first on. */
  void set(FieldVector vector, List<HotSpan> spans) {
    if (vector instanceof VarCharVector texts) {
      TextColumn column = new TextColumn(texts);
      for (int row = 0; row < spans.size(); row++) {
        column.set(row, text(spans.get(row).data()));
      }
      return;
    }
    for (int row = 0; row < spans.size(); row++) {
      set(vector, row, spans.get(row));
    }
  }

  void set(FieldVector vector, int row, HotSpan span) {
    SpanData data = span.data();
    switch (this) {
      case PROJECT -> number(vector, row, span.trace().project());
      case TRACE_HIGH -> number(vector, row, span.trace().high());
      case TRACE_LOW -> number(vector, row, span.trace().low());
      case SPAN_ID -> number(vector, row, span.spanId());
      case PARENT_SPAN_ID -> parent(vector, row, data.parentSpanId());
      case START_NANOS -> number(vector, row, data.startNanos());
      case DURATION_NANOS -> duration(vector, row, data);
      case IS_SEGMENT -> ((BitVector) vector).setSafe(row, data.segment() ? 1 : 0);
      case NAME, OP, STATUS, STATUS_MESSAGE, EVENTS -> text(vector, row, text(data));
    }
  }

  private @Nullable String text(SpanData data) {
    return switch (this) {
      case NAME -> data.name();
      case OP -> data.op();
      case STATUS -> status(data);
      case STATUS_MESSAGE -> data.status().message();
      case EVENTS -> data.events().isEmpty() ? null : Json.events(data.events());
      default -> throw new IllegalStateException(this + " (expected: a column of texts)");
    };
  }

  private static String status(SpanData data) {
    return switch (data.status().code()) {
      case UNSET -> "unset";
      case OK -> "ok";
      case ERROR -> "error";
      case CANCELLED -> "cancelled";
    };
  }

  private static void duration(FieldVector vector, int row, SpanData data) {
    if (!data.open()) {
      number(vector, row, data.endNanos() - data.startNanos());
    }
  }

  private static void parent(FieldVector vector, int row, @Nullable String parent) {
    if (parent != null) {
      number(vector, row, Ids.span("parentSpanId", parent));
    }
  }

  private static void number(FieldVector vector, int row, long number) {
    ((BigIntVector) vector).setSafe(row, number);
  }

  private static void text(FieldVector vector, int row, @Nullable String text) {
    if (text != null) {
      AttributeKind.setText(vector, row, text);
    }
  }
}
