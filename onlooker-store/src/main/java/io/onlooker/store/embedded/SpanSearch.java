package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import io.onlooker.store.SpanQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which spans a {@link SpanQuery} takes, by reading only what locates and orders them; the
 * spans themselves are read afterwards. It looks where the newest are first, in what came last into
 * memory, and goes on to all of memory and older segments as long as these may hold one of the
 * spans to show.
 */
final class SpanSearch {

  /** How many segments first; then each time so many times more. */
  private static final int FIRST = 4;

  /** How many spans of memory are looked at before all of it is, and how many times the page. */
  private static final int NEWEST = 4 * StartBounds.ROWS;

  private static final int PAGES = 4;

  /** Where they were not enough, at least so many times more are looked at. */
  private static final int MORE = 4;

  private final SpanQuery query;
  private final View view;
  private final Range range;
  private final EngineQuery engine;

  private SpanSearch(SpanQuery query, View view, Range range, EngineQuery engine) {
    this.query = query;
    this.view = view;
    this.range = range;
    this.engine = engine;
  }

  /** One more than the query's limit, if there are so many; newest start first. */
  static List<SpanCursor> find(SpanQuery query, View view, Kept kept, EngineQuery engine) {
    return new SpanSearch(query, view, kept.of(range(query)), engine).find();
  }

  /** Behind a cursor nothing newer is wanted, so that files of newer spans need not be opened. */
  private static Range range(SpanQuery query) {
    Range asked = Range.of(query.project(), query.from(), query.to());
    String cursor = query.cursor();
    return cursor == null ? asked : asked.upTo(SpanCursor.parse(cursor).startNanos());
  }

  private List<SpanCursor> find() {
    List<Segment> newestFirst =
        new SpanRelation(view, range, query.filter())
            .segments().stream()
                .sorted(
                    Comparator.comparingLong((Segment segment) -> segment.summary().lastStart())
                        .reversed())
                .toList();
    return in(newestFirst, inNewestRows());
  }

  /** A whole page of memory, from its newest rows alone; or null when all of it may matter. */
  private @Nullable List<SpanCursor> inNewestRows() {
    int wanted = query.limit() + 1;
    long rows = Math.max(NEWEST, (long) PAGES * wanted);
    NewestRows newest = NewestRows.of(view.hot(), range, rows);
    while (newest != null) {
      List<SpanCursor> found = in(newest.rows());
      if (found.size() == wanted && found.getLast().startNanos() > newest.othersUpTo()) {
        return found;
      }
      rows = Math.max(MORE * rows, 2 * rows * wanted / Math.max(1, found.size()));
      newest = NewestRows.of(view.hot(), range, rows);
    }
    return null;
  }

  /** Those that all are wanted of need no engine to be put in order. */
  private List<SpanCursor> in(Rows rows) {
    if (!query.filter().equals(Filter.ALL)) {
      return in(new View(List.of(rows), List.of(), Map.of()));
    }
    String text = query.cursor();
    SpanCursor cursor = text == null ? null : SpanCursor.parse(text);
    return rows.spans()
        .map(SpanCursor::of)
        .filter(place -> cursor == null || SpanCursor.NEWEST_FIRST.compare(cursor, place) < 0)
        .sorted(SpanCursor.NEWEST_FIRST)
        .limit(query.limit() + 1L)
        .toList();
  }

  /**
   * What memory and these segments hold.
   *
   * @param ofMemory a page of what memory holds, or null when it is to be read with them
   */
  private List<SpanCursor> in(List<Segment> newestFirst, @Nullable List<SpanCursor> ofMemory) {
    List<SpanCursor> found = ofMemory == null ? List.of() : ofMemory;
    boolean memory = ofMemory == null;
    int next = 0;
    int many = FIRST;
    while (memory || mayBeIn(newestFirst, next, found)) {
      int end = Math.min(newestFirst.size(), next + many);
      found = first(found, in(view.only(memory, newestFirst.subList(next, end))));
      memory = false;
      next = end;
      many *= FIRST;
    }
    return found;
  }

  /** Whether segments from this one on may hold a span that stands before the last one found. */
  private boolean mayBeIn(List<Segment> newestFirst, int next, List<SpanCursor> found) {
    return next < newestFirst.size()
        && (found.size() <= query.limit()
            || newestFirst.get(next).summary().lastStart() >= found.getLast().startNanos());
  }

  private List<SpanCursor> first(List<SpanCursor> some, List<SpanCursor> more) {
    List<SpanCursor> all = new ArrayList<>(Stream.concat(some.stream(), more.stream()).toList());
    all.sort(SpanCursor.NEWEST_FIRST);
    return all.subList(0, Math.min(all.size(), query.limit() + 1));
  }

  private List<SpanCursor> in(View part) {
    FieldSql fields = new FieldSql(view::kinds);
    SpanColumn.KEY.forEach(fields::column);
    Sql sql = Sql.of("SELECT start_nanos, trace_high, trace_low, span_id FROM spans WHERE ");
    sql.add(new FilterSql(fields).condition(query.filter()));
    String cursor = query.cursor();
    if (cursor != null) {
      sql.add(SpanCursor.parse(cursor).condition());
    }
    sql.add(" ORDER BY start_nanos DESC, trace_high, trace_low, span_id LIMIT ");
    sql.bind(query.limit() + 1L);
    return engine.rows(
        new SpanRelation(part, range, query.filter()).before(engine, fields, sql),
        row -> new SpanCursor(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }
}
