package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.Part;
import java.util.Collection;
import java.util.List;

/** Renders what statements say about files of segments. */
final class SegmentFiles {

  private SegmentFiles() {}

  static Sql from(Segment segment, Part part) {
    return from(List.of(segment), part);
  }

  /** {@code FROM <files> f}, for segments that have this part. */
  static Sql from(List<Segment> segments, Part part) {
    List<String> names =
        segments.stream().map(segment -> Sql.literal(String.valueOf(segment.file(part)))).toList();
    return Sql.of(" FROM read_parquet([" + String.join(", ", names) + "]) f");
  }

  /** Rows of these traces, at least one. */
  static Sql ofTraces(EngineQuery query, Collection<TraceKey> traces) {
    if (traces.size() == 1) {
      TraceKey trace = traces.iterator().next();
      Sql sql = Sql.of(" WHERE f.project = ").bind(trace.project());
      sql.add(" AND f.trace_high = ").bind(trace.high());
      return sql.add(" AND f.trace_low = ").bind(trace.low());
    }
    query.register(
        "wanted", new TableStream<>(query.allocator(), List.copyOf(traces), TraceKey.COLUMNS));
    return Sql.of(
        " WHERE (f.project, f.trace_high, f.trace_low) IN"
            + " (SELECT (project, trace_high, trace_low) FROM wanted)");
  }

  /** A condition to add for rows of these spans; empty for all. */
  static Sql ofSpans(Collection<Long> ids) {
    return in("span_id", ids);
  }

  /** A condition to add for rows of these ops; empty for all. */
  static Sql ofOps(Collection<String> ops) {
    return in("op", ops);
  }

  private static Sql in(String column, Collection<?> values) {
    Sql sql = new Sql();
    String separator = " AND f." + column + " IN (";
    for (Object value : values) {
      sql.add(separator).bind(value);
      separator = ", ";
    }
    return sql.add(values.isEmpty() ? "" : ")");
  }
}
