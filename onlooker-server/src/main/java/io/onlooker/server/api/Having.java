package io.onlooker.server.api;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Result;
import io.onlooker.store.query.AggregateFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those rows of a result whose figures the query asks for: {@code count():>10}.
 *
 * <p>Figures that are filtered by but not asked for are computed behind the others and left out of
 * the answer.
 */
final class Having {

  private final List<AggregateFilter> filters;
  private final List<Aggregate> aggregates;
  private final int groups;
  private final int shownColumns;

  Having(List<AggregateFilter> filters, List<Aggregate> shown, int groups) {
    this.filters = filters;
    this.groups = groups;
    this.shownColumns = groups + shown.size();
    this.aggregates = new ArrayList<>(shown);
    for (AggregateFilter filter : filters) {
      if (!aggregates.contains(filter.aggregate())) {
        aggregates.add(filter.aggregate());
      }
    }
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /** All that must be computed, those to show first. */
  List<Aggregate> aggregates() {
    return aggregates;
  }

  Result narrow(Result result, int limit) {
    if (filters.isEmpty()) {
      return result;
    }
    int[] taken =
        IntStream.range(0, result.rows().size()).filter(i -> takes(result.rows().get(i))).toArray();
    int[] kept = IntStream.of(taken).limit(limit).toArray();
    List<String> leftOut = new ArrayList<>(result.leftOut());
    if (kept.length < taken.length) {
      leftOut.add((taken.length - kept.length) + " more groups that the query takes");
    }
    return new Result(
        result.columns().subList(0, shownColumns),
        IntStream.of(kept).mapToObj(i -> result.rows().get(i).subList(0, shownColumns)).toList(),
        result.series().isEmpty()
            ? List.of()
            : IntStream.of(kept).mapToObj(i -> shown(result.series().get(i))).toList(),
        leftOut);
  }

  private boolean takes(List<@Nullable Object> row) {
    for (AggregateFilter filter : filters) {
      Object figure = row.get(groups + aggregates.indexOf(filter.aggregate()));
      if (!filter.takes(figure instanceof Number number ? (Double) number.doubleValue() : null)) {
        return false;
      }
    }
    return true;
  }

  private Result.Series shown(Result.Series series) {
    return new Result.Series(
        series.group(),
        series.points().stream()
            .map(point ->
                new Result.Point(point.start(), point.values().subList(0, shownColumns - groups)))
            .toList());
  }
}
