package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.embedded.Segment.KeyColumns;
import io.onlooker.store.embedded.Segment.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads whole spans of some traces back from a segment. */
final class SegmentReader {

  private final EngineQuery engine;
  private final Segment segment;
  private final List<ValueColumn> columns = new ArrayList<>();
  private final Map<View.SpanKey, Map<String, String>> texts = new HashMap<>();

  private record ValueColumn(String key, AttributeKind kind, int at) {}

  SegmentReader(EngineQuery engine, Segment segment) {
    this.engine = engine;
    this.segment = segment;
  }

  /** The spans, whether or not a later revision stands elsewhere. */
  List<HotSpan> spans(Wanted wanted) {
    if (segment.file(Part.SPANS) == null) {
      return List.of();
    }
    readTexts(wanted);
    return engine.rows(select(wanted), this::span);
  }

  private Sql select(Wanted wanted) {
    Sql sql = Sql.of("SELECT ");
    for (SpanColumn column : SpanColumn.values()) {
      sql.add(column.column() + ", ");
    }
    int at = SpanColumn.values().length;
    columns.clear();
    for (Map.Entry<String, KeyColumns> key : segment.keys().entrySet()) {
      for (Map.Entry<AttributeKind, String> column : key.getValue().columns().entrySet()) {
        columns.add(new ValueColumn(key.getKey(), column.getKey(), ++at));
        sql.add(Sql.name(column.getValue()) + ", ");
      }
    }
    boolean rest = segment.keys().values().stream().anyMatch(KeyColumns::inRest);
    sql.add(rest ? "map_keys(rest), map_values(rest)" : "NULL, NULL");
    sql.add(SegmentFiles.from(segment, Part.SPANS))
        .add(SegmentFiles.ofTraces(engine, wanted.traces()));
    if (wanted.ids().isEmpty()) {
      return sql;
    }
    sql.add(" AND f.start_nanos BETWEEN ").bind(wanted.firstStart());
    sql.add(" AND ").bind(wanted.lastStart()).add(SegmentFiles.ofOps(wanted.ops()));
    return sql.add(SegmentFiles.ofSpans(wanted.ids()));
  }

  private void readTexts(Wanted wanted) {
    if (segment.file(Part.TEXTS) == null) {
      return;
    }
    Sql sql = Sql.of("SELECT project, trace_high, trace_low, span_id, key, value");
    sql.add(SegmentFiles.from(segment, Part.TEXTS))
        .add(SegmentFiles.ofTraces(engine, wanted.traces()));
    sql.add(SegmentFiles.ofSpans(wanted.ids()));
    engine.rows(sql, this::text);
  }

  private Boolean text(ResultSet row) throws SQLException {
    TraceKey trace = new TraceKey(row.getInt(1), row.getLong(2), row.getLong(3));
    texts
        .computeIfAbsent(new View.SpanKey(trace, row.getLong(4)), _ -> new HashMap<>())
        .put(row.getString(5), row.getString(6));
    return true;
  }

  private HotSpan span(ResultSet row) throws SQLException {
    TraceKey trace =
        new TraceKey(
            row.getInt(name(SpanColumn.PROJECT)),
            row.getLong(name(SpanColumn.TRACE_HIGH)),
            row.getLong(name(SpanColumn.TRACE_LOW)));
    long spanId = row.getLong(name(SpanColumn.SPAN_ID));
    long start = row.getLong(name(SpanColumn.START_NANOS));
    Object duration = row.getObject(name(SpanColumn.DURATION_NANOS));
    Object parent = row.getObject(name(SpanColumn.PARENT_SPAN_ID));
    String events = row.getString(name(SpanColumn.EVENTS));
    SpanData data =
        new SpanData(
            trace.id(),
            Ids.text(spanId),
            parent == null ? null : Ids.text((Long) parent),
            row.getString(name(SpanColumn.NAME)),
            row.getString(name(SpanColumn.OP)),
            start,
            duration == null ? SpanData.OPEN : start + (Long) duration,
            status(row),
            row.getBoolean(name(SpanColumn.IS_SEGMENT)),
            attributes(row, texts.get(new View.SpanKey(trace, spanId))),
            events == null ? List.of() : Json.events(events));
    return new HotSpan(trace, spanId, data);
  }

  private static String name(SpanColumn column) {
    return column.column();
  }

  private static SpanStatus status(ResultSet row) throws SQLException {
    String code = row.getString(name(SpanColumn.STATUS)).toUpperCase(Locale.ROOT);
    return new SpanStatus(
        SpanStatus.Code.valueOf(code), row.getString(name(SpanColumn.STATUS_MESSAGE)));
  }

  private Attributes attributes(ResultSet row, @Nullable Map<String, String> longTexts)
      throws SQLException {
    Attributes.Builder attributes = Attributes.builder();
    for (ValueColumn column : columns) {
      Object value = row.getObject(column.at());
      if (value != null) {
        boolean list = column.kind() == AttributeKind.LIST;
        attributes.put(column.key(), list ? Json.list((String) value) : value);
      }
    }
    int keys = SpanColumn.values().length + columns.size() + 1;
    if (row.getArray(keys) != null) {
      Object[] names = (Object[]) row.getArray(keys).getArray();
      Object[] values = (Object[]) row.getArray(keys + 1).getArray();
      for (int i = 0; i < names.length; i++) {
        attributes.put((String) names[i], RestValue.parse((String) values[i]));
      }
    }
    if (longTexts != null) {
      longTexts.forEach(attributes::put);
    }
    return attributes.build();
  }
}
