package io.onlooker.store.embedded;

import java.util.Set;

/** Leaves out spans of a segment whose later revision stands elsewhere. */
final class Superseded {

  private Superseded() {}

  /** A condition to add, empty for the usual segment that has no such spans. */
  static Sql condition(EngineQuery query, View view, Segment segment) {
    Set<View.SpanKey> keys = view.superseded(segment);
    if (keys.isEmpty()) {
      return new Sql();
    }
    String table = "superseded_" + segment.number();
    query.execute(
        Sql.of(
            "CREATE OR REPLACE TEMP TABLE "
                + table
                + " (project INT, trace_high BIGINT, trace_low BIGINT, span_id BIGINT)"));
    for (View.SpanKey key : keys) {
      query.execute(
          Sql.of("INSERT INTO " + table + " VALUES (")
              .bind(key.trace().project())
              .add(", ")
              .bind(key.trace().high())
              .add(", ")
              .bind(key.trace().low())
              .add(", ")
              .bind(key.spanId())
              .add(")"));
    }
    return Sql.of(
        " AND NOT EXISTS (SELECT 1 FROM %s x WHERE x.project = f.project AND x.trace_high ="
                .formatted(table)
            + " f.trace_high AND x.trace_low = f.trace_low AND x.span_id = f.span_id)");
  }
}
