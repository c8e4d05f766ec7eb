package io.onlooker.store.embedded;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers one {@link Query}. Where the engine must keep every value of a group, it is given only
 * the groups that will be shown: first these are chosen by what is cheap, then computed in full.
 * What is asked of shown groups beyond their totals finds these in a table.
 */
final class AggregateRun {

  /** Groups to choose from when the order itself depends on what is dear. */
  private static final int CANDIDATES = 1000;

  private static final int MOST_STEPS = 20_000;

  /** From so many spans is guessed that there are few groups. */
  private static final int SAMPLE = 10_000;

  private static final int FEW = SAMPLE / 100;

  /** Of each value the engine holds 16 bytes for a moment: when two lists of it become one. */
  private static final long MANY = 8_000_000;

  private final Query query;
  private final View view;
  private final EngineQuery engine;
  private final Range asked;
  private final Range range;
  private final KnownKinds kinds;
  private final List<String> leftOut = new ArrayList<>();

  /** How many there are, whether or not they are shown. */
  private long groups;

  AggregateRun(Query query, View view, Kept kept, EngineQuery engine) {
    this.query = query;
    this.engine = engine;
    asked = Range.of(query.project(), query.from(), query.to());
    range = kept.of(asked);
    this.view = view.copiedFor(range, query.filter());
    kinds = new KnownKinds(this.view.hot(), relation().segments());
  }

  /** Whether the engine may have to keep so many values that it should answer nothing else. */
  static boolean keepsMany(Query query, View view, Kept kept) {
    Range range = kept.of(Range.of(query.project(), query.from(), query.to()));
    return query.aggregates().stream().anyMatch(AggregateSql::keepsValues)
        && new SpanRelation(view, range, query.filter())
                .segments().stream().mapToLong(segment -> segment.summary().spans()).sum()
            > MANY;
  }

  Result result() {
    List<List<@Nullable Object>> rows = CatalogCount.answers(query) ? List.of(counted()) : rows();
    return new Result(
        columns(rows), rows, series(rows), List.copyOf(leftOut), other(groups - rows.size()));
  }

  private List<@Nullable Object> counted() {
    return new CatalogCount(view, range, engine).figures(query.aggregates(), seconds());
  }

  private List<List<@Nullable Object>> rows() {
    boolean dear = query.aggregates().stream().anyMatch(AggregateSql::keepsValues);
    if (query.by().isEmpty() || !dear || areFew()) {
      return totals(false);
    }
    if (!seemFew()) {
      return totals(choose());
    }
    try {
      return totals(false);
    } catch (StoreException e) {
      if (!engine.ranOutOfMemory()) {
        throw e;
      }
      return totals(choose());
    }
  }

  private boolean areFew() {
    return new KnownGroups(view, relation().segments()).areFew(query);
  }

  /**
   * Whether the first spans are in few groups, which are all shown. To choose groups would then
   * cost a reading and save nothing. Where the others are in many more groups, the answer is the
   * same, and takes more memory.
   */
  private boolean seemFew() {
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    Sql some = Sql.of("SELECT " + by.selected() + "TRUE").add(matching(fields, by.source()));
    Sql sql = Sql.of("SELECT count(*) FROM (SELECT DISTINCT * FROM (").add(some);
    sql.add(" LIMIT ").bind(SAMPLE).add("))");
    return engine.rows(relation().before(engine, fields, sql), row -> row.getLong(1)).getFirst()
        <= Math.min(FEW, query.limit());
  }

  /** Makes the table of the groups that may be shown; false when these are all. */
  private boolean choose() {
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    boolean byCount = sorts().stream().anyMatch(this::isDear);
    int limit = byCount ? Math.max(CANDIDATES, query.limit()) : query.limit();
    Sql select = Sql.of("SELECT " + by.selected());
    for (int i = 0; i < query.aggregates().size(); i++) {
      Aggregate aggregate = query.aggregates().get(i);
      if (!AggregateSql.keepsValues(aggregate)) {
        select
            .add(new AggregateSql(fields, query.aggregates()).expression(aggregate, seconds()))
            .add(" AS a" + i + ", ");
      }
    }
    select.add("count(*) AS spans");
    select.add(matching(fields, by.source())).add(" GROUP BY ").add(ordinals(by.columns()));
    String order = byCount ? " ORDER BY spans DESC" : order(by);
    engine.execute(Sql.of("CREATE TEMP TABLE chosen AS ").add(first(fields, select, order, limit)));
    Sql count = Sql.of("SELECT coalesce(max(groups), 0) FROM chosen");
    groups = engine.rows(count, row -> row.getLong(1)).getFirst();
    if (byCount && groups > limit) {
      leftOut.add("sorted among the %d groups with the most spans, of %d".formatted(limit, groups));
    }
    return groups > limit;
  }

  private boolean isDear(Query.Sort sort) {
    int aggregate = aggregate(sort.label());
    return aggregate >= 0 && AggregateSql.keepsValues(query.aggregates().get(aggregate));
  }

  private List<List<@Nullable Object>> totals(boolean chosen) {
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    Sql select = Sql.of("SELECT " + by.selected());
    aggregates(select, fields, seconds());
    select.add("count(*) AS spans");
    select.add(matching(fields, by.source() + (chosen ? by.in("chosen") : "")));
    if (by.columns() > 0) {
      select.add(" GROUP BY ").add(ordinals(by.columns()));
    }
    String order = by.columns() > 0 ? order(by) : "";
    int limit = query.by().isEmpty() ? 1 : query.limit();
    List<List<@Nullable Object>> rows = rows(first(fields, select, order, limit));
    if (!chosen && !rows.isEmpty() && rows.getFirst().getLast() instanceof Long all) {
      groups = query.by().isEmpty() ? rows.size() : all;
    }
    if (groups > rows.size()) {
      leftOut.add("%d more groups".formatted(groups - rows.size()));
    }
    return rows.stream().map(row -> shown(by, row)).toList();
  }

  /** The first of the groups, each with how many there are in all. */
  private Sql first(FieldSql fields, Sql groups, String order, int limit) {
    Sql first = Sql.of("SELECT *, (SELECT count(*) FROM found) AS groups FROM found" + order);
    return relation().before(engine, fields, "found", groups, first.add(" LIMIT ").bind(limit));
  }

  /** Rows of totals, which stay as a table when more is to be asked of their groups. */
  private List<List<@Nullable Object>> rows(Sql totals) {
    if (query.by().isEmpty() || (query.step() == null && !query.other())) {
      return engine.rows(totals, AggregateRun::values);
    }
    engine.execute(Sql.of("CREATE TEMP TABLE shown AS ").add(totals));
    return engine.rows(Sql.of("SELECT * FROM shown"), AggregateRun::values);
  }

  private List<@Nullable Object> shown(GroupSql groups, List<@Nullable Object> row) {
    List<@Nullable Object> shown = new ArrayList<>(groups.values(row));
    shown.addAll(row.subList(groups.columns(), groups.columns() + query.aggregates().size()));
    return shown;
  }

  private List<Result.Series> series(List<List<@Nullable Object>> rows) {
    Duration step = query.step();
    if (step == null) {
      return List.of();
    }
    checkSteps(step);
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    String source = by.source() + (groups > rows.size() ? by.in("shown") : "");
    Map<List<@Nullable Object>, List<Result.Point>> points = new HashMap<>();
    for (List<@Nullable Object> row : steps(step, fields, by, source)) {
      points.computeIfAbsent(by.values(row), _ -> new ArrayList<>()).add(point(by.columns(), row));
    }
    return rows.stream()
        .map(row -> row.subList(0, query.by().size()))
        .map(group -> new Result.Series(group, points.getOrDefault(group, List.of())))
        .toList();
  }

  /** Rows of group values, if any, figures, and the step's start; in the order of steps. */
  private List<List<@Nullable Object>> steps(
      Duration step, FieldSql fields, @Nullable GroupSql by, String source) {
    long width = step.toNanos();
    int columns = by == null ? 0 : by.columns();
    Sql select = Sql.of("SELECT " + (by == null ? "" : by.selected()));
    aggregates(select, fields, width / 1e9);
    select.add(stepOf(fields.column(SpanColumn.START_NANOS), width) + " AS step");
    select.add(matching(fields, source));
    int stepColumn = columns + query.aggregates().size() + 1;
    select.add(" GROUP BY " + ordinals(columns));
    select.add((columns == 0 ? "" : ", ") + stepColumn + " ORDER BY " + stepColumn);
    return engine.rows(relation().before(engine, fields, select), AggregateRun::values);
  }

  /** The multiple of the width at or before the start, of which those before 1970 are below 0. */
  private String stepOf(String start, long width) {
    String step =
        range.fromNanos() < 0 ? "%1$s - (%1$s %% %2$d + %2$d) %% %2$d" : "%1$s - %1$s %% %2$d";
    return step.formatted(start, width);
  }

  /** What the rows leave out, as one more; null when it is nothing, or not wanted. */
  private Result.@Nullable Other other(long others) {
    if (!query.other() || query.by().isEmpty() || others <= 0) {
      return null;
    }
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    String source = by.source() + by.notIn("shown");
    Sql select = Sql.of("SELECT ");
    aggregates(select, fields, seconds());
    select.add("count(*)").add(matching(fields, source));
    List<@Nullable Object> figures =
        engine.rows(relation().before(engine, fields, select), AggregateRun::values).getFirst();
    return new Result.Other(others, figures.subList(0, query.aggregates().size()), otherPoints());
  }

  private List<Result.Point> otherPoints() {
    Duration step = query.step();
    if (step == null) {
      return List.of();
    }
    FieldSql fields = new FieldSql(kinds::of);
    GroupSql by = new GroupSql(query.by(), fields);
    String source = by.source() + by.notIn("shown");
    return steps(step, fields, null, source).stream().map(row -> point(0, row)).toList();
  }

  private void checkSteps(Duration step) {
    if (step.isNegative() || step.isZero() || step.compareTo(Duration.ofDays(36_500)) > 0) {
      throw new IllegalArgumentException(
          "step: " + step + " (expected: above 0, below 36500 days)");
    }
    long steps = Duration.between(query.from(), query.to()).dividedBy(step);
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "step: %s (expected: at most %d steps in the asked time, not %d)"
              .formatted(step, MOST_STEPS, steps));
    }
  }

  private static Result.Point point(int groupColumns, List<@Nullable Object> row) {
    List<@Nullable Object> values = row.subList(groupColumns, row.size() - 1);
    if (row.getLast() instanceof Long nanos) {
      return new Result.Point(Instant.EPOCH.plusNanos(nanos), values);
    }
    throw new IllegalStateException("step: " + row.getLast() + " (expected: a number)");
  }

  private void aggregates(Sql select, FieldSql fields, double seconds) {
    AggregateSql sql = new AggregateSql(fields, query.aggregates());
    for (int i = 0; i < query.aggregates().size(); i++) {
      select.add(sql.expression(query.aggregates().get(i), seconds)).add(" AS a" + i + ", ");
    }
  }

  private SpanRelation relation() {
    return new SpanRelation(view, range, query.filter());
  }

  private Sql matching(FieldSql fields, String source) {
    return Sql.of(" FROM " + source + " WHERE ")
        .add(new FilterSql(fields).condition(query.filter()));
  }

  private static String ordinals(int count) {
    StringBuilder sql = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      sql.append(i == 1 ? "" : ", ").append(i);
    }
    return sql.toString();
  }

  private List<Query.Sort> sorts() {
    if (!query.sort().isEmpty() || query.aggregates().isEmpty()) {
      return query.sort();
    }
    return List.of(new Query.Sort(query.aggregates().getFirst().label(), true));
  }

  /** The asked order, and behind it the groups themselves, so that it is the same every time. */
  private String order(GroupSql groups) {
    StringBuilder sql = new StringBuilder(" ORDER BY ");
    for (Query.Sort sort : sorts()) {
      String direction = sort.descending() ? " DESC NULLS LAST" : " ASC NULLS LAST";
      int aggregate = aggregate(sort.label());
      sql.append(
          aggregate >= 0
              ? "a" + aggregate + direction
              : groups.order(group(sort.label()), direction));
      sql.append(", ");
    }
    for (int i = 0; i < query.by().size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(groups.order(i, " ASC NULLS LAST"));
    }
    return sql.toString();
  }

  private int aggregate(String label) {
    return query.aggregates().stream().map(Aggregate::label).toList().indexOf(label);
  }

  private int group(String label) {
    int group = query.by().stream().map(Group::label).toList().indexOf(label);
    if (group < 0) {
      throw new IllegalArgumentException(
          "sort: " + label + " (expected: the label of an aggregate or a group of the query)");
    }
    return group;
  }

  private double seconds() {
    return Math.max(1e-9, (asked.toNanos() / 1e9) - (asked.fromNanos() / 1e9));
  }

  private static List<@Nullable Object> values(ResultSet row) throws SQLException {
    int count = row.getMetaData().getColumnCount();
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      values.add(row.getObject(i));
    }
    return values;
  }

  private List<Result.Column> columns(List<List<@Nullable Object>> rows) {
    List<Result.Column> columns = new ArrayList<>();
    for (int i = 0; i < query.by().size(); i++) {
      columns.add(
          new Result.Column(query.by().get(i).label(), ResultType.of(query.by().get(i), rows, i)));
    }
    query
        .aggregates()
        .forEach(
            aggregate -> columns.add(new Result.Column(aggregate.label(), Result.Type.NUMBER)));
    return columns;
  }
}
