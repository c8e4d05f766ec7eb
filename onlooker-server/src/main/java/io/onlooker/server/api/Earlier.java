package io.onlooker.server.api;

import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same figures of the same groups, over the period of the same length before. */
final class Earlier {

  private final int groups;
  private final Map<List<@Nullable Object>, List<@Nullable Object>> figures = new HashMap<>();
  private final boolean complete;

  private Earlier(int groups, Result result) {
    this.groups = groups;
    complete = result.leftOut().isEmpty();
    result
        .rows()
        .forEach(row -> figures.put(row.subList(0, groups), row.subList(groups, row.size())));
  }

  /**
   * @throws io.onlooker.server.http.HttpProblem when the period would begin before 1970
   */
  static Earlier of(Query query, Store store) {
    Instant from = query.from().minus(Duration.between(query.from(), query.to()));
    if (from.isBefore(Instant.EPOCH)) {
      throw Problem.badParameter("compare", "previous", "a period before that is after 1970");
    }
    Query before =
        new Query(
            query.project(),
            query.filter(),
            query.aggregates(),
            query.by(),
            from,
            query.from(),
            null,
            query.sort(),
            Parameters.MOST);
    return new Earlier(query.by().size(), Problem.asking(() -> store.aggregate(before)));
  }

  /** For each row its figures before; none where the group was not there. */
  List<List<@Nullable Object>> before(Result result) {
    return result.rows().stream().map(this::before).toList();
  }

  /** For each row and figure the change in percent; none where either is missing, or it was 0. */
  List<List<@Nullable Object>> change(Result result) {
    return result.rows().stream().map(this::change).toList();
  }

  /** What it does not tell, or null. */
  @Nullable String leftOut() {
    return complete ? null : "the period before: only its first " + figures.size() + " groups";
  }

  private List<@Nullable Object> before(List<@Nullable Object> row) {
    List<@Nullable Object> none = new ArrayList<>();
    row.subList(groups, row.size()).forEach(_ -> none.add(null));
    List<@Nullable Object> known = figures.getOrDefault(row.subList(0, groups), none);
    return known.subList(0, row.size() - groups);
  }

  private List<@Nullable Object> change(List<@Nullable Object> row) {
    List<@Nullable Object> before = before(row);
    List<@Nullable Object> changes = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      changes.add(percent(before.get(i), row.get(groups + i)));
    }
    return changes;
  }

  private static @Nullable Double percent(@Nullable Object before, @Nullable Object now) {
    if (!(before instanceof Number from) || !(now instanceof Number to)) {
      return null;
    }
    double base = from.doubleValue();
    return base == 0 ? null : (Double) ((to.doubleValue() - base) / Math.abs(base) * 100);
  }
}
