package io.onlooker.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over the spans of a project that start in {@code [from, to)}.
 *
 * @param step also gives each group's figures per step of time, where steps begin at multiples of
 *     it since 1970-01-01T00:00Z; null gives totals only. A rate is then over the step
 * @param sort column labels, best first; empty sorts by the first aggregate, largest first. What is
 *     null stands last either way; of groups, texts stand before numbers, and these before
 *     booleans. Rows that are equal in all of it stand in ascending order of their groups
 * @param limit most groups to return; the rest is said in {@link Result#leftOut()}
 * @param other also gives the figures of all groups that are not returned, taken together
 */
public record Query(
    int project,
    Filter filter,
    List<Aggregate> aggregates,
    List<Group> by,
    Instant from,
    Instant to,
    @Nullable Duration step,
    List<Sort> sort,
    int limit,
    boolean other) {

  public Query {
    aggregates = List.copyOf(aggregates);
    by = List.copyOf(by);
    sort = List.copyOf(sort);
  }

  /** Without the figures of the other groups. */
  public Query(
      int project,
      Filter filter,
      List<Aggregate> aggregates,
      List<Group> by,
      Instant from,
      Instant to,
      @Nullable Duration step,
      List<Sort> sort,
      int limit) {
    this(project, filter, aggregates, by, from, to, step, sort, limit, false);
  }

  public record Sort(String label, boolean descending) {}
}
