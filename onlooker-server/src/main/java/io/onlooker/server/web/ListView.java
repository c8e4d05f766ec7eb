package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that is a list.
 *
 * @param tabs its neighbours, or empty
 * @param bar null for a list that takes no query
 * @param count how many there are, as text; empty when nobody counted
 * @param chart null when there is nothing to draw
 * @param table null when the query could not be read or found nothing
 * @param note what the list leaves out, or empty
 * @param older the address of the page behind this one, or null
 * @param noMatch ways on when nothing was found, or null
 */
record ListView(
    Frame frame,
    String title,
    List<Tab> tabs,
    Ask ask,
    @Nullable QueryBar bar,
    String count,
    @Nullable Chart chart,
    @Nullable Table table,
    String note,
    @Nullable String older,
    @Nullable NoMatch noMatch) {

  /** A page beside this one. */
  record Tab(String name, String link, boolean here) {}

  static ListView of(Frame frame, String title, List<Tab> tabs, Ask ask, @Nullable QueryBar bar) {
    return new ListView(frame, title, tabs, ask, bar, "", null, null, "", null, null);
  }

  ListView found(Table newTable, String newCount, @Nullable String cursor) {
    String newOlder = cursor == null ? null : ask.olderLink(cursor);
    return new ListView(
        frame, title, tabs, ask, bar, newCount, chart, newTable, note, newOlder, null);
  }

  ListView charted(@Nullable Chart newChart) {
    return new ListView(frame, title, tabs, ask, bar, count, newChart, table, note, older, noMatch);
  }

  ListView noted(String newNote) {
    return new ListView(frame, title, tabs, ask, bar, count, chart, table, newNote, older, noMatch);
  }

  ListView nothing(NoMatch newNoMatch) {
    return new ListView(frame, title, tabs, ask, bar, "0", null, null, note, null, newNoMatch);
  }

  /** Nothing was found in this time. */
  ListView nothing(String what) {
    return nothing(new NoMatch(what, ask.query(), null, null, ask.rangeLink("30d"), List.of()));
  }

  /** Whether new rows may appear at its top: only sessions are told of, and only now. */
  boolean live() {
    return title.equals("Sessions")
        && ask.cursor() == null
        && !ask.range().name().isEmpty()
        && ask.sort().equals("-started");
  }
}
