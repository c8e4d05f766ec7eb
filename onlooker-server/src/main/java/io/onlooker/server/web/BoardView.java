package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of readings and parts: the overview, or one agent, model, tool or person.
 *
 * @param up the list that this is one of, or null
 * @param aside what stands behind the title, or empty
 * @param parts two beside each other
 */
record BoardView(
    Frame frame,
    Ask ask,
    ListView.@Nullable Tab up,
    String title,
    String aside,
    List<Reading> readings,
    List<Part> parts) {

  /**
   * A figure that is read at a glance.
   *
   * @param value written large
   * @param aside written beside it, or empty
   * @param change against the period before
   * @param than what it is compared with: {@code vs yesterday}; empty without comparison
   * @param link to what is counted
   */
  record Reading(
      String label,
      String value,
      String aside,
      String title,
      Change change,
      String than,
      String link) {}

  /**
   * A chart or a table under a heading.
   *
   * @param more the link beside the heading, or null
   * @param empty what to say when there is neither
   */
  record Part(
      String id,
      String title,
      ListView.@Nullable Tab more,
      @Nullable Chart chart,
      @Nullable Table table,
      String empty) {

    static Part chart(String id, String title, ListView.@Nullable Tab more, Chart chart) {
      return new Part(id, title, more, chart, null, "");
    }

    /** A table, or a sentence when it has no rows. */
    static Part table(
        String id, String title, ListView.@Nullable Tab more, Table table, String empty) {
      return new Part(id, title, more, null, table.rows().isEmpty() ? null : table, empty);
    }
  }

  static ListView.Tab link(String text, String address) {
    return new ListView.Tab(text, address, false);
  }
}
