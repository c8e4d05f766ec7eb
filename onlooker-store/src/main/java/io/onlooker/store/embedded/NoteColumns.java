package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.store.embedded.Segment.Part;
import io.onlooker.store.embedded.TableStream.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How segments hold log lines and errors. */
final class NoteColumns {

  static final List<Column<Generation.Note>> LOGS =
      List.of(
          note("project", AttributeKind.WHOLE, note -> (long) note.project()),
          note("trace_high", AttributeKind.WHOLE, NoteColumns::high),
          note("trace_low", AttributeKind.WHOLE, NoteColumns::low),
          log("time_nanos", AttributeKind.WHOLE, LogData::timeNanos),
          log("span_id", AttributeKind.TEXT, LogData::spanId),
          log("level", AttributeKind.TEXT, log -> log.level().name()),
          log("body", AttributeKind.TEXT, LogData::body),
          log("attributes", AttributeKind.TEXT, log -> Json.attributes(log.attributes())));

  static final List<Column<Generation.Note>> ERRORS =
      List.of(
          note("project", AttributeKind.WHOLE, note -> (long) note.project()),
          note("trace_high", AttributeKind.WHOLE, NoteColumns::high),
          note("trace_low", AttributeKind.WHOLE, NoteColumns::low),
          error("time_nanos", AttributeKind.WHOLE, ErrorData::timeNanos),
          error("span_id", AttributeKind.TEXT, ErrorData::spanId),
          error("level", AttributeKind.TEXT, error -> error.level().name()),
          error("event_id", AttributeKind.TEXT, ErrorData::eventId),
          error("message", AttributeKind.TEXT, ErrorData::message),
          error("exceptions", AttributeKind.TEXT, error -> Json.exceptions(error.exceptions())),
          error("attributes", AttributeKind.TEXT, error -> Json.attributes(error.attributes())));

  private NoteColumns() {}

  private static Column<Generation.Note> note(
      String name, AttributeKind kind, Function<Generation.Note, @Nullable Object> value) {
    return new Column<>(name, kind, value);
  }

  private static Column<Generation.Note> log(
      String name, AttributeKind kind, Function<LogData, @Nullable Object> value) {
    return new Column<>(name, kind, note -> value.apply((LogData) note.item()));
  }

  private static Column<Generation.Note> error(
      String name, AttributeKind kind, Function<ErrorData, @Nullable Object> value) {
    return new Column<>(name, kind, note -> value.apply((ErrorData) note.item()));
  }

  private static @Nullable Object high(Generation.Note note) {
    return note.trace() == null ? null : (Object) note.trace().high();
  }

  private static @Nullable Object low(Generation.Note note) {
    return note.trace() == null ? null : (Object) note.trace().low();
  }

  /** The log lines of a trace in a segment that may have some. */
  static List<LogData> logs(EngineQuery query, Segment segment, TraceKey trace) {
    Sql sql = Sql.of("SELECT time_nanos, span_id, level, body, attributes");
    sql.add(SegmentFiles.from(segment, Part.LOGS))
        .add(SegmentFiles.ofTraces(query, List.of(trace)));
    return query.rows(
        sql,
        row ->
            new LogData(
                row.getLong(1),
                trace.id(),
                row.getString(2),
                LogData.Level.valueOf(row.getString(3)),
                row.getString(4),
                attributes(row, 5)));
  }

  /** The errors of a trace in a segment that may have some. */
  static List<ErrorData> errors(EngineQuery query, Segment segment, TraceKey trace) {
    Sql sql =
        Sql.of("SELECT event_id, time_nanos, span_id, level, message, exceptions, attributes");
    sql.add(SegmentFiles.from(segment, Part.ERRORS))
        .add(SegmentFiles.ofTraces(query, List.of(trace)));
    return query.rows(
        sql,
        row ->
            new ErrorData(
                row.getString(1),
                row.getLong(2),
                trace.id(),
                row.getString(3),
                LogData.Level.valueOf(row.getString(4)),
                row.getString(5),
                Json.exceptions(row.getString(6)),
                attributes(row, 7)));
  }

  private static Attributes attributes(ResultSet row, int at) throws SQLException {
    return Json.attributes(Json.read(row.getString(at)));
  }
}
