package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The relation {@code spans} of one statement: what memory holds and what files hold, united, with
 * only the columns the statement names. Files with the same columns are read together; columns a
 * file lacks are null without being read.
 */
final class SpanRelation {

  private final View view;
  private final Range range;
  private final Filter filter;

  SpanRelation(View view, Range range, Filter filter) {
    this.view = view;
    this.range = range;
    this.filter = filter;
  }

  /**
   * Puts the relation before a statement that reads from {@code spans}.
   *
   * @param fields what the statement names, complete
   */
  Sql before(EngineQuery query, FieldSql fields, Sql statement) {
    return with(query, fields).add(" ").add(statement);
  }

  /**
   * Puts the relation before one that is made of it, and both before a statement that reads the
   * latter, as often as it likes.
   *
   * @param fields what the rows name, complete
   * @param name of the relation of the rows
   */
  Sql before(EngineQuery query, FieldSql fields, String name, Sql rows, Sql statement) {
    return with(query, fields)
        .add(", " + name + " AS MATERIALIZED (")
        .add(rows)
        .add(") ")
        .add(statement);
  }

  private Sql with(EngineQuery query, FieldSql fields) {
    List<Sql> sources = new ArrayList<>(sealed(query, fields));
    List<HotSpan> hot = hot();
    if (!hot.isEmpty() || sources.isEmpty()) {
      sources.add(hot(query, fields, hot));
    }
    Sql relation = Sql.of("WITH spans AS NOT MATERIALIZED (").add(sources.getFirst());
    sources.stream().skip(1).forEach(source -> relation.add(" UNION ALL ").add(source));
    return relation.add(")");
  }

  /** Those that may hold a span which the filter takes. */
  List<Segment> segments() {
    return view.segments().stream()
        .filter(range::overlaps)
        .filter(segment -> new SegmentChoice(segment).mayMatch(filter))
        .toList();
  }

  private List<HotSpan> hot() {
    List<HotSpan> spans = new ArrayList<>();
    view.hot().forEach(rows -> rows.in(range, spans::add));
    return spans;
  }

  private static Sql hot(EngineQuery query, FieldSql fields, List<HotSpan> spans) {
    query.register("hot", new HotStream(query.allocator(), spans, fields.columns(), fields.keys()));
    List<String> columns = new ArrayList<>();
    fields.columns().forEach(column -> columns.add(column.column()));
    for (int key = 0; key < fields.keys().size(); key++) {
      for (AttributeKind kind : AttributeKind.values()) {
        columns.add(kind.prefix() + key);
      }
    }
    return Sql.of("SELECT " + String.join(", ", columns) + " FROM hot");
  }

  private List<Sql> sealed(EngineQuery query, FieldSql fields) {
    Map<Object, List<Segment>> alike = new LinkedHashMap<>();
    for (Segment segment : segments()) {
      alike.computeIfAbsent(likeness(segment, fields), _ -> new ArrayList<>()).add(segment);
    }
    return alike.values().stream().flatMap(group -> sealed(query, fields, group)).toList();
  }

  /**
   * Segments that can be read by the same text are equal in this; those that need their own not.
   */
  private Object likeness(Segment segment, FieldSql fields) {
    List<KeySource> sources = sources(segment, fields);
    boolean joinsTexts = sources.stream().anyMatch(KeySource::joinsTexts);
    return joinsTexts || !view.superseded(segment).isEmpty()
        ? segment
        : List.of(range.holds(segment), sources);
  }

  private List<KeySource> sources(Segment segment, FieldSql fields) {
    return fields.keys().stream().map(key -> KeySource.of(segment, key, filter, fields)).toList();
  }

  /** Where spans need a long text to be taken, these are read beside those with a short one. */
  private Stream<Sql> sealed(EngineQuery query, FieldSql fields, List<Segment> group) {
    List<KeySource> sources = sources(group.getFirst(), fields);
    KeySource first = sources.stream().filter(KeySource::requiresText).findFirst().orElse(null);
    // A stream of superseded spans can be read once only.
    if (first == null || !view.superseded(group.getFirst()).isEmpty()) {
      return Stream.of(sealed(query, fields, group, sources));
    }
    return first
        .apart()
        .map(part -> sources.stream().map(source -> source.equals(first) ? part : source).toList())
        .map(parts -> sealed(query, fields, group, parts));
  }

  private Sql sealed(
      EngineQuery query, FieldSql fields, List<Segment> group, List<KeySource> sources) {
    List<Sql> columns = new ArrayList<>();
    fields.columns().forEach(column -> columns.add(Sql.of("f." + column.column())));
    Sql joins = new Sql();
    for (int number = 0; number < sources.size(); number++) {
      columns.addAll(sources.get(number).columns(number));
      joins.add(sources.get(number).join(group.getFirst(), number));
    }
    Sql sql = Sql.of("SELECT ").add(columns.getFirst());
    columns.stream().skip(1).forEach(column -> sql.add(", ").add(column));
    sql.add(SegmentFiles.from(group, Segment.Part.SPANS)).add(joins);
    return sql.add(conditions(query, group));
  }

  private Sql conditions(EngineQuery query, List<Segment> group) {
    Sql sql = Sql.of(" WHERE TRUE");
    // What is true of all spans is not asked: those columns need not be read.
    if (!group.stream().allMatch(range::holds)) {
      sql.add(" AND f.project = ").bind(range.project());
      sql.add(" AND f.start_nanos >= ").bind(range.fromNanos());
      sql.add(" AND f.start_nanos < ").bind(range.toNanos());
    }
    Set<String> ops = new TreeSet<>();
    for (Segment segment : group) {
      Set<String> some = new SegmentChoice(segment).ops(filter);
      ops.addAll(some == null ? Set.of() : some);
    }
    sql.add(SegmentFiles.ofOps(ops));
    return sql.add(Superseded.condition(query, view, group.getFirst()));
  }
}
