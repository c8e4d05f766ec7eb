package io.onlooker.store.embedded;

import io.onlooker.store.SpanQuery;
import java.util.List;

/**
 * Finds which spans a {@link SpanQuery} takes, by reading only what locates and orders them; the
 * spans themselves are read afterwards.
 */
final class SpanSearch {

  private SpanSearch() {}

  /** One more than the query's limit, if there are so many; newest start first. */
  static List<SpanCursor> find(SpanQuery query, View view, Kept kept, EngineQuery engine) {
    FieldSql fields = new FieldSql(view::mayHoldLists);
    SpanColumn.KEY.forEach(fields::column);
    Sql sql = Sql.of("SELECT start_nanos, trace_high, trace_low, span_id FROM spans WHERE ");
    sql.add(new FilterSql(fields).condition(query.filter()));
    String cursor = query.cursor();
    if (cursor != null) {
      sql.add(SpanCursor.parse(cursor).condition());
    }
    sql.add(" ORDER BY start_nanos DESC, trace_high, trace_low, span_id LIMIT ");
    sql.bind(query.limit() + 1L);
    Range range = kept.of(range(query));
    return engine.rows(
        new SpanRelation(view, range, query.filter()).before(engine, fields, sql),
        row -> new SpanCursor(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }

  /** Behind a cursor nothing newer is wanted, so that files of newer spans need not be opened. */
  private static Range range(SpanQuery query) {
    Range asked = Range.of(query.project(), query.from(), query.to());
    String cursor = query.cursor();
    return cursor == null ? asked : asked.upTo(SpanCursor.parse(cursor).startNanos());
  }
}
