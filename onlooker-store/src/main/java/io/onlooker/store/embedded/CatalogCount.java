package io.onlooker.store.embedded;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Filter;
import io.onlooker.store.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts all spans of a range: from the catalog where a segment lies in it as a whole, and from
 * files only where it does not.
 */
final class CatalogCount {

  private final View view;
  private final Range range;
  private final EngineQuery engine;

  CatalogCount(View view, Range range, EngineQuery engine) {
    this.view = view;
    this.range = range;
    this.engine = engine;
  }

  /** Whether the query asks for nothing but how many spans there are. */
  static boolean answers(Query query) {
    return query.by().isEmpty()
        && query.step() == null
        && query.filter().equals(Filter.ALL)
        && query.aggregates().stream().allMatch(CatalogCount::counts);
  }

  private static boolean counts(Aggregate aggregate) {
    return aggregate.condition() == null
        && switch (aggregate.function()) {
          case COUNT, PER_MINUTE, PER_SECOND -> true;
          default -> false;
        };
  }

  /**
   * The figures of the one row.
   *
   * @param seconds the length of the asked time
   */
  List<@Nullable Object> figures(List<Aggregate> aggregates, double seconds) {
    long count = count();
    List<@Nullable Object> figures = new ArrayList<>();
    for (Aggregate aggregate : aggregates) {
      figures.add(figure(aggregate, count, seconds));
    }
    return figures;
  }

  private static Object figure(Aggregate aggregate, long count, double seconds) {
    return switch (aggregate.function()) {
      case PER_MINUTE -> (Object) (count / (seconds / 60));
      case PER_SECOND -> (Object) (count / seconds);
      default -> (Object) count;
    };
  }

  private long count() {
    long count = 0;
    List<Segment> others = new ArrayList<>();
    for (Segment segment : new SpanRelation(view, range, Filter.ALL).segments()) {
      if (range.holds(segment)) {
        count += segment.summary().spans() - view.superseded(segment).size();
      } else {
        others.add(segment);
      }
    }
    List<HotSpan> hot = new ArrayList<>();
    view.hot().forEach(rows -> rows.in(range, hot::add));
    count += hot.size();
    return others.isEmpty() ? count : count + inFiles(view.only(false, others));
  }

  private long inFiles(View part) {
    FieldSql fields = new FieldSql(part::kinds);
    Sql sql = Sql.of("SELECT count(*) FROM spans");
    SpanRelation relation = new SpanRelation(part, range, Filter.ALL);
    return engine.rows(relation.before(engine, fields, sql), row -> row.getLong(1)).getFirst();
  }
}
