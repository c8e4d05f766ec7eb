package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one kind.
 *
 * @param name what the rows are, for those who hear the page
 * @param css a class for the widths of its columns
 * @param choices every column it could show; empty when there is nothing to choose
 * @param ask what the list was asked
 */
record Table(
    String name, String css, List<Head> heads, List<Row> rows, List<Choice> choices, Ask ask) {

  /**
   * The head of a column.
   *
   * @param css its width
   * @param number whether it holds numbers, which stand at the right
   * @param sort the address that sorts by it, or null
   * @param sorting {@code descending}, {@code ascending} or {@code none}
   */
  record Head(
      String key,
      String label,
      String css,
      boolean number,
      @Nullable String sort,
      String sorting) {}

  /**
   * A row.
   *
   * @param id tells it from the others of the page
   * @param link opens what it stands for, or null
   */
  record Row(String id, @Nullable String link, List<Cell> cells) {}

  /** A column in the menu. */
  record Choice(String key, String label, boolean shown) {}

  List<Ask.Carried> carried() {
    return ask.carried("cols", "cursor");
  }
}
