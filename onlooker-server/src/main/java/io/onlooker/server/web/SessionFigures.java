package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures over the sessions that a filter takes. */
record SessionFigures(Store store, int project, Filter filter) {

  /** So many periods before this one say what is usual. */
  private static final int USUAL = 7;

  static final SessionGroup NONE =
      new SessionGroup(
          "",
          new SessionGroup.Counts(0, 0, 0, 0, 0, 0, 0),
          new SessionGroup.Times(null, null, null, null),
          new Session.Usage(null, null, null, null),
          Session.Cost.NONE,
          0,
          new SessionGroup.Span(0, 0, 0),
          new SessionGroup.Names(List.of(), List.of(), null, null));

  SessionGroup all(Range range) {
    List<SessionGroup> groups =
        groups(range, SessionGroupQuery.By.ALL, SessionGroupQuery.Order.SESSIONS, 1, null).groups();
    return groups.isEmpty() ? NONE : groups.getFirst();
  }

  SessionGroupPage groups(
      Range range,
      SessionGroupQuery.By by,
      SessionGroupQuery.Order order,
      int limit,
      @Nullable String cursor) {
    return store.sessionGroups(
        new SessionGroupQuery(
            project, filter, range.from(), range.to(), by, null, order, limit, cursor));
  }

  /** One group for each step in which sessions started. */
  List<SessionGroup> steps(Instant from, Instant to, Duration step) {
    return store
        .sessionGroups(
            new SessionGroupQuery(
                project,
                filter,
                from,
                to,
                SessionGroupQuery.By.STEP,
                step,
                SessionGroupQuery.Order.LAST_ACTIVE,
                10_000,
                null))
        .groups();
  }

  List<SessionGroup> steps(TimeAxis axis) {
    return steps(axis.start(), axis.end(), axis.step());
  }

  /** The same length of time, as often as says what is usual; the first and last are not whole. */
  List<SessionGroup> usual(Range range) {
    Duration length =
        Duration.between(range.from(), range.to())
            .truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
    List<SessionGroup> steps =
        new ArrayList<>(
            steps(range.from().minus(length.multipliedBy(USUAL)), range.from(), length));
    Collections.sort(steps, (a, b) -> Long.compare(millis(a), millis(b)));
    return steps.size() <= 2 ? List.of() : steps.subList(1, steps.size() - 1);
  }

  static Series series(
      String name,
      String css,
      TimeAxis axis,
      List<SessionGroup> steps,
      double missing,
      ToDoubleFunction<SessionGroup> value) {
    Double[] values = new Double[axis.steps()];
    java.util.Arrays.fill(values, missing);
    for (SessionGroup step : steps) {
      int at = axis.index(Instant.ofEpochMilli(millis(step)));
      if (at >= 0 && at < values.length) {
        values[at] = value.applyAsDouble(step);
      }
    }
    return new Series(name, css, List.of(values));
  }

  /** Sessions over time, those that failed on top. */
  Chart chart(Plot plot, TimeAxis axis) {
    return chart(plot, axis, steps(axis));
  }

  static Chart chart(Plot plot, TimeAxis axis, List<SessionGroup> steps) {
    return plot.bars(
        "Sessions and failures",
        List.of(
            series(
                "sessions",
                "plain",
                axis,
                steps,
                0,
                step -> step.counts().sessions() - step.counts().failed()),
            series("failed", "bad", axis, steps, 0, step -> step.counts().failed())));
  }

  static double number(@Nullable Double number) {
    return number == null ? Double.NaN : number;
  }

  private static long millis(SessionGroup step) {
    return Long.parseLong(step.key());
  }
}
