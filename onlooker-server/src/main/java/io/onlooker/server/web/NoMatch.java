package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to say when a filter takes nothing, and the ways on.
 *
 * @param what was looked for, in the plural
 * @param query the filter as it was asked
 * @param newest when the newest match at any time was, or null when there is none
 * @param newestLink opens it, or null
 * @param wider the address that looks at the last 30 days, or null when that is no use
 * @param narrower the query without one of its terms, for each of them
 */
record NoMatch(
    String what,
    String query,
    @Nullable String newest,
    @Nullable String newestLink,
    @Nullable String wider,
    List<Less> narrower) {

  /** The same, but the newest match is opened by this address. */
  NoMatch leading(String link) {
    return new NoMatch(what, query, newest, link, wider, narrower);
  }

  /**
   * A term that can be left out.
   *
   * @param count how much the rest finds
   */
  record Less(String term, String link, String count) {}
}
