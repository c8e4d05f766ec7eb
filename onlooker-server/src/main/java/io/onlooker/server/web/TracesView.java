package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/** The list of traces; the parts are those of {@link SessionsView}. */
record TracesView(
    Frame frame,
    QueryBar bar,
    @Nullable Table table,
    @Nullable String older,
    @Nullable NoMatch noMatch) {

  Ask ask() {
    return bar.searched().ask();
  }
}
