package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * The list of sessions.
 *
 * @param count how many sessions the query takes, as text; empty when it could not be read
 * @param chart sessions over time, or null when there is nothing to draw
 * @param table null when the query could not be read or found nothing
 * @param older the address of the page behind this one, or null
 * @param noMatch ways on when nothing was found, or null
 */
record SessionsView(
    Frame frame,
    QueryBar bar,
    String count,
    @Nullable Chart chart,
    @Nullable Table table,
    @Nullable String older,
    @Nullable NoMatch noMatch) {

  Ask ask() {
    return bar.searched().ask();
  }
}
