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
  static Sql ofTraces(Collection<TraceKey> traces) {
    Sql sql = Sql.of(" WHERE ");
    if (traces.size() == 1) {
      TraceKey trace = traces.iterator().next();
      sql.add("f.project = ").bind(trace.project());
      sql.add(" AND f.trace_high = ").bind(trace.high());
      return sql.add(" AND f.trace_low = ").bind(trace.low());
    }
    sql.add("(f.project, f.trace_high, f.trace_low) IN (VALUES ");
    String separator = "";
    for (TraceKey trace : traces) {
      sql.add(separator + "(").bind(trace.project()).add(", ").bind(trace.high());
      sql.add(", ").bind(trace.low()).add(")");
      separator = ", ";
    }
    return sql.add(")");
  }
}
