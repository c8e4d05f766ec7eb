package io.onlooker.server.web;

import io.onlooker.store.Result;
import io.onlooker.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When releases are seen for the first time, for the time axis of charts. */
final class Releases {

  /** The latest ones; more ticks than these tell nothing apart. */
  private static final int MOST = 8;

  private Releases() {}

  /**
   * The releases that come up while the axis lasts. Those that are there from its first step on
   * were there before.
   *
   * @param query which spans, or empty for all
   */
  static List<Chart.Release> first(Figures spans, String query, TimeAxis axis) {
    List<Chart.Release> found = new ArrayList<>();
    for (List<@Nullable Object> row : rows(spans, query, axis)) {
      Double millis = Series.number(row.get(1));
      if (millis != null) {
        Instant first = Instant.ofEpochMilli(Math.round(millis));
        int step = axis.index(first);
        if (step > 0 && step < axis.steps()) {
          found.add(new Chart.Release(step, x(first, axis), Actors.name(row.getFirst())));
        }
      }
    }
    return found;
  }

  private static List<List<@Nullable Object>> rows(Figures spans, String query, TimeAxis axis) {
    try {
      Result result =
          spans.totals(
              (query + " has:release").strip(),
              List.of("min(timestamp)"),
              List.of("release"),
              axis.range(),
              MOST);
      return result.rows();
    } catch (StoreException _) {
      // A chart does without ticks; a part that cannot be read at all says so itself.
      return List.of();
    }
  }

  private static String x(Instant moment, TimeAxis axis) {
    double millis = Duration.between(axis.start(), moment).toMillis();
    return TimeAxis.percent(millis / Duration.between(axis.start(), axis.end()).toMillis());
  }
}
