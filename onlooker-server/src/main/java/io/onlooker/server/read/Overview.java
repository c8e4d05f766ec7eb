package io.onlooker.server.read;

import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionGroupQuery.By;
import io.onlooker.store.SessionGroupQuery.Order;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.query.QueryParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether the fleet is well, and if not, where to look.
 *
 * @param readings sessions, failed, p95_ms, tokens, cost_usd and tool_errors, in this order; cost
 *     is a lower bound when {@code unpricedCalls} is above 0
 * @param peopleHit users whose sessions failed
 * @param why failed sessions by cause, the most frequent first
 * @param tools slowest first by their p95
 * @param models dearest first; those of unknown price last
 * @param now sessions step by step; steps without any are missing
 * @param before those of the period before, at their own times
 * @param costByModel dollars of the dearest models step by step
 */
public record Overview(
    List<Reading> readings,
    double failureRate,
    double toolErrorRate,
    long modelCalls,
    long toolCalls,
    long inputTokens,
    long outputTokens,
    long unpricedCalls,
    long peopleHit,
    List<Why> why,
    List<RollupRow> tools,
    List<RollupRow> models,
    Duration step,
    List<SessionGroup> now,
    List<SessionGroup> before,
    List<Result.Series> costByModel) {

  private static final int DAYS = 7;
  private static final int STEPS = 24;
  private static final int SHOWN = 5;
  private static final int MOST_MODELS = 100;

  /**
   * Failed sessions with one cause.
   *
   * @param issue null when its failures are gone already
   * @param q finds exactly these sessions
   */
  public record Why(
      String issueId,
      @Nullable Issue issue,
      long sessions,
      long users,
      long lastStartNanos,
      String q) {}

  /** What one period shows. */
  private record Day(
      @Nullable SessionGroup sessions, double toolCalls, double toolErrors, double toolErrorRate) {

    double count(ToDoubleFunction<SessionGroup> figure) {
      return sessions == null ? 0 : figure.applyAsDouble(sessions);
    }

    @Nullable Double known(Function<SessionGroup, @Nullable Double> figure) {
      return sessions == null ? null : figure.apply(sessions);
    }
  }

  public static Overview of(Store store, int project, Period period) {
    return new Reader(store, project, period).read();
  }

  private record Reader(Store store, int project, Period period) {

    Overview read() {
      Day today = day(period);
      Rollups rollups = new Rollups(store, project);
      Duration step = period.step(STEPS);
      SessionGroup all = today.sessions();
      return new Overview(
          readings(today),
          all == null ? 0 : all.counts().failureRate(),
          today.toolErrorRate(),
          modelCalls(),
          (long) today.toolCalls(),
          (long) today.count(group -> orZero(group.usage().inputTokens())),
          (long) today.count(group -> orZero(group.usage().outputTokens())),
          (long) today.count(group -> group.cost().unpriced()),
          peopleHit(),
          why(),
          top(rollups.table(Rollup.TOOLS, period, true, MOST_MODELS).rows(), "p95_ms"),
          top(rollups.table(Rollup.MODELS, period, true, MOST_MODELS).rows(), "cost_usd"),
          step,
          steps(period, step),
          steps(period.before(), step),
          rollups.series(Rollup.MODELS, "cost_usd", period, step, SHOWN));
    }

    private List<Reading> readings(Day today) {
      Day before = day(period.before());
      List<Day> days = new ArrayList<>();
      for (int i = 1; i <= DAYS; i++) {
        days.add(day(period.daysAgo(i)));
      }
      return List.of(
          reading("sessions", today, before, days, group -> sessions(group), false),
          reading("failed", today, before, days, group -> (double) group.counts().failed(), true),
          reading("p95_ms", today, before, days, group -> group.times().p95(), true),
          reading(
              "tokens", today, before, days, group -> number(group.usage().totalTokens()), true),
          reading("cost_usd", today, before, days, group -> usd(group.cost().usd()), true),
          Reading.of(
              "tool_errors",
              today.toolErrors(),
              before.toolErrors(),
              days.stream().map(day -> seen(day) ? (Double) day.toolErrors() : null).toList(),
              true));
    }

    private static Double sessions(SessionGroup group) {
      return (double) group.counts().sessions();
    }

    private static Reading reading(
        String name,
        Day today,
        Day before,
        List<Day> days,
        Function<SessionGroup, @Nullable Double> figure,
        boolean judged) {
      List<@Nullable Double> earlier = new ArrayList<>();
      days.forEach(day -> earlier.add(day.known(figure)));
      Double value = today.known(figure);
      boolean counted = name.equals("sessions") || name.equals("failed");
      return Reading.of(
          name,
          value == null && counted ? (Double) 0.0 : value,
          before.known(figure),
          earlier,
          judged);
    }

    private static boolean seen(Day day) {
      return day.sessions() != null;
    }

    private Day day(Period at) {
      List<SessionGroup> all = groups(at, Filter.ALL, By.ALL, null, 1);
      List<@Nullable Object> tools =
          new Rollups(store, project)
              .asked(
                  Rollup.TOOLS.q(),
                  at,
                  List.of(),
                  1,
                  "count()",
                  Rollup.TOOLS.aggregate("failed"),
                  Rollup.TOOLS.aggregate("failure_rate"))
              .getFirst();
      return new Day(
          all.isEmpty() ? null : all.getFirst(),
          plain(tools.get(0)),
          plain(tools.get(1)),
          plain(tools.get(2)));
    }

    private long modelCalls() {
      return (long)
          plain(
              new Rollups(store, project)
                  .asked(Rollup.MODELS.q(), period, List.of(), 1, "count()")
                  .getFirst()
                  .getFirst());
    }

    private long peopleHit() {
      List<SessionGroup> failed = groups(period, failedSessions(), By.ALL, null, 1);
      return failed.isEmpty() ? 0 : failed.getFirst().counts().users();
    }

    private List<Why> why() {
      List<Why> why = new ArrayList<>();
      for (SessionGroup group : groups(period, failedSessions(), By.CAUSE, null, SHOWN)) {
        Issue issue = store.issues().find(project, group.key(), period.from(), period.to());
        why.add(
            new Why(
                group.key(),
                issue,
                group.counts().sessions(),
                group.counts().users(),
                group.span().lastStartNanos(),
                "status:failed issue:" + group.key()));
      }
      return why;
    }

    private static Filter failedSessions() {
      return QueryParser.parseSessions("status:failed");
    }

    private List<SessionGroup> steps(Period at, Duration step) {
      return groups(at, Filter.ALL, By.STEP, step, 1000).stream()
          .sorted(java.util.Comparator.comparingLong(group -> Long.parseLong(group.key())))
          .toList();
    }

    private List<SessionGroup> groups(
        Period at, Filter filter, By by, @Nullable Duration step, int limit) {
      return store
          .sessionGroups(
              new SessionGroupQuery(
                  project, filter, at.from(), at.to(), by, step, Order.SESSIONS, limit, null))
          .groups();
    }

    private static List<RollupRow> top(List<RollupRow> rows, String figure) {
      return rows.stream()
          .sorted((one, other) ->
              Double.compare(rank(other.figures().get(figure)), rank(one.figures().get(figure))))
          .limit(SHOWN)
          .toList();
    }

    private static double rank(@Nullable Double figure) {
      return figure == null ? -1 : figure;
    }

    private static double plain(@Nullable Object value) {
      return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static double orZero(@Nullable Long value) {
      return value == null ? 0 : value;
    }

    private static @Nullable Double number(@Nullable Long value) {
      return value == null ? null : (Double) value.doubleValue();
    }

    private static @Nullable Double usd(@Nullable BigDecimal value) {
      return value == null ? null : (Double) value.doubleValue();
    }
  }
}
