package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
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

  void set(FieldVector vector, int row, HotSpan span) {
    SpanData data = span.data();
    switch (this) {
      case PROJECT -> number(vector, row, span.trace().project());
      case TRACE_HIGH -> number(vector, row, span.trace().high());
      case TRACE_LOW -> number(vector, row, span.trace().low());
      case SPAN_ID -> number(vector, row, span.spanId());
      case PARENT_SPAN_ID -> parent(vector, row, data.parentSpanId());
      case NAME -> text(vector, row, data.name());
      case OP -> text(vector, row, data.op());
      case START_NANOS -> number(vector, row, data.startNanos());
      case DURATION_NANOS -> duration(vector, row, data);
      case STATUS -> text(vector, row, status(data));
      case STATUS_MESSAGE -> text(vector, row, data.status().message());
      case IS_SEGMENT -> ((BitVector) vector).setSafe(row, data.segment() ? 1 : 0);
      case EVENTS -> text(vector, row, data.events().isEmpty() ? null : Json.events(data.events()));
    }
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
