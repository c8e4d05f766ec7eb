package io.onlooker.server.web;

import io.onlooker.store.Filter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what a list looked for in vain, and leads on. */
final class Nothing {

  private static final Duration AROUND = Duration.ofMinutes(30);

  private Nothing() {}

  /** When the newest match of a filter was, at any time; null when there is none. */
  interface Newest {
    @Nullable Long nanos(Filter filter);
  }

  /** How much a filter finds in the time of the list. */
  interface Count {
    long of(Filter filter);
  }

  /**
   * The ways on from a list that is empty.
   *
   * @param what was looked for, in the singular
   */
  static NoMatch of(String what, Frame frame, Searched searched, Newest newest, Count count) {
    Ask ask = searched.ask();
    Long nanos = newest.nanos(searched.filter());
    return new NoMatch(
        what,
        ask.query(),
        nanos == null ? null : frame.time(nanos),
        nanos == null ? null : around(ask, nanos),
        nanos == null ? null : ask.rangeLink("30d"),
        searched.narrower().stream()
            .map(dropped ->
                new NoMatch.Less(
                    dropped.term(),
                    dropped.link(),
                    Show.count(count.of(searched.filter(dropped.query())))))
            .toList());
  }

  private static String around(Ask ask, long nanos) {
    Instant at = Show.instant(nanos);
    return ask.windowLink(at.minus(AROUND), at.plus(AROUND));
  }
}
