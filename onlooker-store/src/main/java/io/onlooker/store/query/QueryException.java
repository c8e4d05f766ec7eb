package io.onlooker.store.query;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A query that cannot be read; says what is wrong, where, and what may have been meant. */
public final class QueryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final int SHOWN_AROUND = 60;

  private final String query;
  private final int position;
  private final @Nullable String suggestion;

  QueryException(String query, String problem, int position, @Nullable String suggestion) {
    super(
        String.format(
            Locale.ROOT,
            "%s, at %d%s",
            problem,
            position,
            suggestion == null ? "" : "; did you mean " + suggestion + "?"));
    this.query = requireNonNull(query, "query");
    this.position = position;
    this.suggestion = suggestion;
  }

  /** The whole text that was to be read. */
  public String query() {
    return query;
  }

  /** Where the mistake begins: an index into {@link #query()}, its length for the end. */
  public int position() {
    return position;
  }

  /** What to write in place of the word at the position, or null when nothing is near. */
  public @Nullable String suggestion() {
    return suggestion;
  }

  /**
   * Two lines for a fixed-width font: the query, or the part of a long one around the mistake, and
   * a caret below the mistake. Control characters show as spaces.
   */
  public String picture() {
    int from = Math.max(0, position - SHOWN_AROUND);
    int to = Math.min(query.length(), position + SHOWN_AROUND);
    String before = (from > 0 ? "…" : "") + printable(query.substring(from, position));
    String behind = printable(query.substring(position, to)) + (to < query.length() ? "…" : "");
    return before + behind + "\n" + blanks(before) + "^";
  }

  /** The text as a message may show it: on one line, and not too long. */
  static String shown(String text) {
    String shown = printable(text);
    return shown.length() <= SHOWN_AROUND ? shown : shown.substring(0, SHOWN_AROUND) + "…";
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** As wide as the text: East Asian characters take two cells, and so does U+3000. */
  private static String blanks(String text) {
    StringBuilder blanks = new StringBuilder();
    text.codePoints().forEach(c -> blanks.append(isWide(c) ? '\u3000' : ' '));
    return blanks.toString();
  }

  private static boolean isWide(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
      default -> false;
    };
  }
}
