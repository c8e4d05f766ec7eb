package io.onlooker.store.embedded;

import io.onlooker.store.embedded.TableStream.Column;
import java.util.List;
import java.util.Set;

/** Leaves out spans of a segment whose later revision stands elsewhere. */
final class Superseded {

  private static final List<Column<View.SpanKey>> COLUMNS =
      List.of(
          new Column<>("project", AttributeKind.WHOLE, key -> (long) key.trace().project()),
          new Column<>("trace_high", AttributeKind.WHOLE, key -> key.trace().high()),
          new Column<>("trace_low", AttributeKind.WHOLE, key -> key.trace().low()),
          new Column<>("span_id", AttributeKind.WHOLE, View.SpanKey::spanId));

  private Superseded() {}

  /** A condition to add, empty for the usual segment that has no such spans. */
  static Sql condition(EngineQuery query, View view, Segment segment) {
    Set<View.SpanKey> keys = view.superseded(segment);
    if (keys.isEmpty()) {
      return new Sql();
    }
    String table = "superseded_" + segment.number();
    query.register(table, new TableStream<>(query.allocator(), List.copyOf(keys), COLUMNS));
    return Sql.of(
        " AND NOT EXISTS (SELECT 1 FROM %s x WHERE x.project = f.project AND x.trace_high ="
                .formatted(table)
            + " f.trace_high AND x.trace_low = f.trace_low AND x.span_id = f.span_id)");
  }
}
