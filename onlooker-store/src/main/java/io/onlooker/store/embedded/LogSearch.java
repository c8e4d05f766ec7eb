package io.onlooker.store.embedded;

import io.onlooker.LogData;
import io.onlooker.store.LogPage;
import io.onlooker.store.LogQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finds log lines in memory and in segments with one statement over both. */
final class LogSearch {

  private static final String COLUMNS =
      "project, trace_high, trace_low, time_nanos, span_id, level, body, attributes";

  private final HotTier hot;
  private final Engine engine;
  private final Kept kept;

  LogSearch(HotTier hot, Engine engine, Kept kept) {
    this.hot = hot;
    this.engine = engine;
    this.kept = kept;
  }

  LogPage find(LogQuery query, long began) {
    try (EngineQuery run = engine.query(began)) {
      Sql sql = Sql.of("SELECT * FROM (").add(lines(run, query)).add(")");
      if (query.cursor() != null) {
        RowCursor cursor = RowCursor.parse(query.cursor());
        sql.add(" WHERE (time_nanos, md5) < (").bind(cursor.value()).add(", ");
        sql.bind(cursor.key()).add(")");
      }
      sql.add(" ORDER BY time_nanos DESC, md5 DESC LIMIT ").bind(query.limit() + 1L);
      List<Row> rows = run.rows(sql, LogSearch::row);
      boolean more = rows.size() > query.limit();
      List<Row> shown = more ? rows.subList(0, query.limit()) : rows;
      return new LogPage(
          shown.stream().map(Row::line).toList(),
          more
              ? new RowCursor(shown.getLast().line().timeNanos(), shown.getLast().hash()).toString()
              : null);
    }
  }

  List<LogPage.Count> counts(LogQuery query, Duration step, long began) {
    try (EngineQuery run = engine.query(began)) {
      Sql sql = Sql.of("SELECT time_nanos // ").bind(step.toNanos());
      sql.add("::BIGINT AS step, level, count(*) FROM (").add(lines(run, query));
      sql.add(") GROUP BY ALL ORDER BY step, level");
      return run.rows(
          sql,
          row ->
              new LogPage.Count(
                  Instant.EPOCH.plusNanos(row.getLong(1) * step.toNanos()),
                  LogData.Level.valueOf(row.getString(2)),
                  row.getLong(3)));
    }
  }

  private record Row(LogData line, String hash) {}

  /** Every line that the query takes, each once. */
  private Sql lines(EngineQuery run, LogQuery query) {
    Range range = kept.of(Range.of(query.project(), query.from(), query.to()));
    // Memory before the view: what is sealed in between is then seen twice and counts once.
    List<Generation.Note> inMemory = hot.logs(query.project());
    run.register("hot_logs", new TableStream<>(run.allocator(), inMemory, NoteColumns.LOGS));
    List<Segment> segments =
        hot.view().segments().stream()
            .filter(segment -> segment.file(Segment.Part.LOGS) != null)
            .toList();
    Sql sql = Sql.of("SELECT DISTINCT " + COLUMNS);
    sql.add(
        ", md5(concat_ws('|', trace_high, trace_low, span_id, level, body, attributes)) AS md5");
    sql.add(" FROM (SELECT " + COLUMNS + " FROM hot_logs");
    if (!segments.isEmpty()) {
      sql.add(" UNION ALL SELECT " + COLUMNS).add(SegmentFiles.from(segments, Segment.Part.LOGS));
    }
    sql.add(") WHERE project = ").bind((long) range.project());
    sql.add(" AND time_nanos >= ").bind(range.fromNanos());
    sql.add(" AND time_nanos < ").bind(range.toNanos());
    if (query.of() != null) {
      sql.add(" AND ").add(LogFilterSql.ofTrace(query.of().traceId())).add(" AND span_id IN (''");
      query.of().spanIds().forEach(id -> sql.add(", ").bind(id));
      sql.add(")");
    }
    return sql.add(" AND ").add(LogFilterSql.condition(query.filter()));
  }

  private static Row row(ResultSet row) throws SQLException {
    Long high = (Long) row.getObject("trace_high");
    String trace = high == null ? null : Ids.text(high, row.getLong("trace_low"));
    return new Row(
        new LogData(
            row.getLong("time_nanos"),
            trace,
            row.getString("span_id"),
            LogData.Level.valueOf(row.getString("level")),
            row.getString("body"),
            Json.attributes(Json.read(row.getString("attributes")))),
        row.getString("md5"));
  }
}
