package io.onlooker.server.web;

import gg.jte.Content;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a long text on a page of its own.
 *
 * @param where {@code 64 kB – 128 kB of 2.1 MB}
 * @param up leads to the step
 * @param previous the piece before, or null; so the next
 */
record ReadView(
    Frame frame,
    Content text,
    String where,
    String up,
    String download,
    @Nullable String previous,
    @Nullable String next) {

  /** The piece that begins at this character, or the first one when there is none. */
  static ReadView of(Frame frame, String text, int asked, TextSource source, String up) {
    int from = asked > 0 && asked < text.length() ? Passage.whole(text, asked) : 0;
    int to = Passage.pieceEnd(text, from);
    String where =
        Passage.size(text.substring(0, from))
            + " – "
            + Passage.size(text.substring(0, to))
            + " of "
            + Passage.size(text);
    return new ReadView(
        frame.titled("Text", "sessions"),
        new ExactText(null, false).of(text.substring(from, to)),
        where,
        up,
        source.download(),
        from == 0 ? null : source.page(Math.max(0, from - Passage.MOST_CHARS)),
        to == text.length() ? null : source.page(to));
  }
}
