package io.onlooker.store.embedded;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Where a page of spans ended: the start and the ids of its last span, as text for a client. */
record SpanCursor(long startNanos, long traceHigh, long traceLow, long spanId) {

  /** The order of pages. */
  static final Comparator<SpanCursor> NEWEST_FIRST =
      Comparator.comparingLong(SpanCursor::startNanos)
          .reversed()
          .thenComparingLong(SpanCursor::traceHigh)
          .thenComparingLong(SpanCursor::traceLow)
          .thenComparingLong(SpanCursor::spanId);

  private static final int DIGITS = 64;

  static SpanCursor of(HotSpan span) {
    TraceKey trace = span.trace();
    return new SpanCursor(span.data().startNanos(), trace.high(), trace.low(), span.spanId());
  }

  @Override
  public String toString() {
    return Ids.text(startNanos, traceHigh) + Ids.text(traceLow, spanId);
  }

  /**
   * @throws IllegalArgumentException when the text is not one of a cursor
   */
  static SpanCursor parse(String text) {
    Long start = number(text, 0);
    Long high = number(text, 16);
    Long low = number(text, 32);
    Long span = number(text, 48);
    if (text.length() != DIGITS || start == null || high == null || low == null || span == null) {
      throw new IllegalArgumentException(
          "cursor: " + text + " (expected: one that a page of spans gave)");
    }
    return new SpanCursor(start, high, low, span);
  }

  private static @Nullable Long number(String text, int from) {
    return Ids.parsed(text, from);
  }

  View.SpanKey key(int project) {
    return new View.SpanKey(trace(project), spanId);
  }

  TraceKey trace(int project) {
    return new TraceKey(project, traceHigh, traceLow);
  }

  /** Spans behind it, newest first. */
  Sql condition() {
    Sql sql = Sql.of(" AND (start_nanos < ").bind(startNanos);
    sql.add(" OR (start_nanos = ").bind(startNanos);
    sql.add(" AND (trace_high, trace_low, span_id) > (").bind(traceHigh);
    return sql.add(", ").bind(traceLow).add(", ").bind(spanId).add(")))");
  }
}
