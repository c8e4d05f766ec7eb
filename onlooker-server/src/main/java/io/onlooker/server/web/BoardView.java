package io.onlooker.server.web;

import io.onlooker.store.StoreException;
import java.util.List;
import java.util.function.Supplier;
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
      String link) {

    /** One that is compared with nothing. */
    static Reading plain(String label, String value, String aside, String link) {
      return new Reading(label, value, aside, value, Change.NONE, "", link);
    }
  }

  /**
   * A chart or a table under a heading.
   *
   * @param more the link beside the heading, or null
   * @param empty what to say when there is neither
   * @param log under which the server's log tells why it could not be read, or null
   */
  record Part(
      String id,
      String title,
      ListView.@Nullable Tab more,
      @Nullable Chart chart,
      @Nullable Table table,
      String empty,
      @Nullable String log) {

    /** The part, or a sentence in its place when the store has no answer: the others stay. */
    static Part of(String id, String title, Supplier<Part> part) {
      try {
        return part.get();
      } catch (StoreException e) {
        return failed(id, title, e);
      }
    }

    /** Says that the store had no answer, and notes it in the server's log. */
    static Part failed(String id, String title, StoreException e) {
      String log = ProblemPage.noted("part " + id, e);
      return new Part(id, title, null, null, null, String.valueOf(e.getMessage()), log);
    }

    static Part chart(String id, String title, ListView.@Nullable Tab more, Chart chart) {
      return new Part(id, title, more, chart, null, "", null);
    }

    /** A table, or a sentence when it has no rows. */
    static Part table(
        String id, String title, ListView.@Nullable Tab more, Table table, String empty) {
      return new Part(id, title, more, null, table.rows().isEmpty() ? null : table, empty, null);
    }
  }

  static ListView.Tab link(String text, String address) {
    return new ListView.Tab(text, address, false);
  }
}
