package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a long list that one page shows.
 *
 * @param from the first item shown, from 0
 * @param to behind the last item shown
 */
record Slice(int from, int to, int total) {

  static final int ROWS = 200;

  /**
   * The slice that begins at {@code at}, or the one that holds item {@code needed}.
   *
   * @param at null when the address does not say
   * @param needed -1 for none
   */
  static Slice of(int total, @Nullable Integer at, int needed) {
    int asked = at != null ? at : Math.max(0, needed) / ROWS * ROWS;
    int from = Math.clamp(asked, 0, Math.max(0, total - 1));
    return new Slice(from, Math.min(total, from + ROWS), total);
  }

  <T> List<T> of(List<T> all) {
    return all.subList(from, to);
  }

  boolean whole() {
    return to - from == total;
  }

  boolean hasEarlier() {
    return from > 0;
  }

  boolean hasLater() {
    return to < total;
  }

  int earlier() {
    return Math.max(0, from - ROWS);
  }

  /** {@code 1–200 of 5,012 steps} */
  String text() {
    return Show.count(from + 1L) + "–" + Show.count(to) + " of " + Show.count(total) + " steps";
  }
}
