package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of sessions.
 *
 * @param mistake what is wrong with the query, or null
 * @param count how many sessions the query takes, as text
 * @param older the address of the page behind this one, or null
 * @param noMatch ways on when nothing was found, or null
 */
record SessionsView(
    Frame frame,
    Ask ask,
    @Nullable Mistake mistake,
    List<SessionRow> rows,
    String count,
    @Nullable String older,
    @Nullable NoMatch noMatch) {

  /**
   * A query that cannot be read.
   *
   * @param corrected the query that was probably meant, or null
   * @param link asks it, or null
   */
  record Mistake(String text, @Nullable String corrected, @Nullable String link) {}

  /**
   * Nothing was found, though there are sessions.
   *
   * @param newest the newest session that matches at any time, or null
   * @param narrower the query without one of its terms, for each of them
   */
  record NoMatch(@Nullable SessionRow newest, List<Dropped> narrower) {}

  /** A term that can be left out of the query. */
  record Dropped(String term, String link) {}
}
