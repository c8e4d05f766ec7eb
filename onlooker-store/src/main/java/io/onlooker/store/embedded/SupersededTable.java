package io.onlooker.store.embedded;

import io.onlooker.store.embedded.TableStream.Column;
import java.util.ArrayList;
import java.util.List;

/** What no longer counts in several files, as a table that one statement may read many times. */
final class SupersededTable {

  /** A condition to add that leaves it out; the files' name must be among their columns. */
  static final String CONDITION =
      " AND NOT EXISTS (SELECT 1 FROM superseded x WHERE x.file = f.filename"
          + " AND x.project = f.project AND x.trace_high = f.trace_high"
          + " AND x.trace_low = f.trace_low AND x.span_id = f.span_id)";

  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("file", AttributeKind.TEXT, Row::file),
          new Column<>("project", AttributeKind.WHOLE, row -> (long) row.key().trace().project()),
          new Column<>("trace_high", AttributeKind.WHOLE, row -> row.key().trace().high()),
          new Column<>("trace_low", AttributeKind.WHOLE, row -> row.key().trace().low()),
          new Column<>("span_id", AttributeKind.WHOLE, row -> row.key().spanId()));

  private record Row(String file, View.SpanKey key) {}

  private SupersededTable() {}

  /** Makes the table; false, and there is none, when all spans of the segments count. */
  static boolean create(EngineQuery query, View view, List<Segment> segments) {
    List<Row> rows = new ArrayList<>();
    for (Segment segment : segments) {
      String file = String.valueOf(segment.file(Segment.Part.SPANS));
      view.superseded(segment).forEach(key -> rows.add(new Row(file, key)));
    }
    if (rows.isEmpty()) {
      return false;
    }
    query.register("leaving", new TableStream<>(query.allocator(), rows, COLUMNS));
    query.execute(Sql.of("CREATE TEMP TABLE superseded AS SELECT * FROM leaving"));
    return true;
  }
}
