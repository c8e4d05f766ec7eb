package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * One cell of a table.
 *
 * @param title the exact value, or empty
 * @param css a class, or empty
 * @param href where its own link leads, or null
 * @param term finds rows with this value, or null when no query could
 * @param mark drawn before the text, or null
 * @param note a short word of fault behind the text, or empty
 */
record Cell(
    String text,
    String title,
    String css,
    @Nullable String href,
    @Nullable String term,
    @Nullable Mark mark,
    String note) {

  static Cell of(@Nullable String text) {
    return new Cell(text == null ? "" : text, "", "", null, null, null, "");
  }

  static Cell of(@Nullable String text, String title) {
    return of(text).titled(title);
  }

  static Cell of(Mark mark) {
    return of("").marked(mark);
  }

  static Cell count(long number) {
    return of(Show.count(number));
  }

  /** A count that is red unless it is zero. */
  static Cell faults(long number) {
    return number == 0 ? of("0").styled("dim") : count(number).styled("bad");
  }

  Cell titled(String newTitle) {
    return new Cell(text, newTitle, css, href, term, mark, note);
  }

  Cell styled(String newCss) {
    return new Cell(text, title, newCss, href, term, mark, note);
  }

  Cell linked(@Nullable String newHref) {
    return new Cell(text, title, css, newHref, term, mark, note);
  }

  /** Can be filtered by: {@code f} adds the term to the query. */
  Cell termed(String field, @Nullable Object value) {
    boolean useful = value != null && value.toString().length() <= SessionRow.LONGEST_ID;
    String newTerm = useful && value != null ? Links.term(field, value) : null;
    return new Cell(text, title, css, href, newTerm, mark, note);
  }

  Cell marked(@Nullable Mark newMark) {
    return new Cell(text, title, css, href, term, newMark, note);
  }

  Cell noted(String newNote) {
    return new Cell(text, title, css, href, term, mark, newNote);
  }
}
