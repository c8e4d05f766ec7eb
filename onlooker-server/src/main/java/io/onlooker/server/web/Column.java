package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a table shows one thing about each of its rows.
 *
 * @param key its name in addresses
 * @param css its width
 * @param usual whether it is there unless others are chosen
 * @param sortable whether the list can be sorted by it
 */
record Column<T>(
    String key,
    String label,
    String css,
    boolean number,
    boolean usual,
    boolean sortable,
    Function<T, Cell> cell) {

  static <T> Column<T> text(String key, String label, String css, Function<T, Cell> cell) {
    return new Column<>(key, label, css, false, true, false, cell);
  }

  static <T> Column<T> number(String key, String label, String css, Function<T, Cell> cell) {
    return new Column<>(key, label, css, true, true, false, cell);
  }

  Column<T> sorted() {
    return new Column<>(key, label, css, number, usual, true, cell);
  }

  /** Not shown unless it is chosen. */
  Column<T> optional() {
    return new Column<>(key, label, css, number, false, sortable, cell);
  }

  /** The columns that the address asks for; the usual ones when it names none that is known. */
  static <T> List<Column<T>> chosen(Ask ask, List<Column<T>> all) {
    List<String> asked = ask.columns();
    List<Column<T>> chosen = all.stream().filter(one -> asked.contains(one.key())).toList();
    return chosen.isEmpty() ? all.stream().filter(Column::usual).toList() : chosen;
  }

  static <T> Table table(
      String name,
      String css,
      Ask ask,
      List<Column<T>> all,
      List<T> things,
      Function<T, String> id,
      Function<T, @Nullable String> link) {
    List<Column<T>> shown = chosen(ask, all);
    List<Table.Row> rows = new ArrayList<>();
    for (T thing : things) {
      List<Cell> cells = shown.stream().map(column -> column.cell().apply(thing)).toList();
      rows.add(new Table.Row(id.apply(thing), link.apply(thing), cells));
    }
    boolean choosable = all.stream().anyMatch(column -> !column.usual());
    return new Table(
        name,
        css,
        shown.stream().map(column -> column.head(ask)).toList(),
        rows,
        choosable ? all.stream().map(column -> column.choice(shown)).toList() : List.of(),
        ask);
  }

  private Table.Head head(Ask ask) {
    return new Table.Head(
        key,
        label,
        css,
        number,
        sortable ? ask.sortLink(key) : null,
        sortable ? ask.sorting(key) : "none");
  }

  private Table.Choice choice(List<Column<T>> shown) {
    return new Table.Choice(key, label, shown.contains(this));
  }
}
