package io.onlooker.server.web;

import gg.jte.Content;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text of somebody else, made readable: its beginning, what can be opened behind it, and a word
 * about anything that is not on the page.
 *
 * @param style {@code md} for Markdown, {@code text} as written, {@code text exact} for data
 * @param rest shown on request, or null when the beginning is everything, or the rest too much
 * @param more how much lies behind the beginning: {@code 812 more lines, 46 kB}; empty for none
 * @param from the character behind the beginning
 * @param source where all of it is, or null where it has no address of its own
 * @param cut how much is on no page, or empty
 */
record Passage(
    String style,
    Content head,
    @Nullable Content rest,
    String more,
    int from,
    @Nullable TextSource source,
    String cut,
    int weight) {

  private static final int HEAD_LINES = 40;
  private static final int LOOKED_AT = 400;
  private static final int HEAD_CHARS = 6_000;
  static final int MOST_CHARS = 64_000;
  private static final int DEEPEST_MARKDOWN = 256_000;

  static Passage prose(String text) {
    return prose(text, null);
  }

  /** An answer or a question: Markdown, unless it is so long that nobody reads it as such. */
  static Passage prose(String text, @Nullable TextSource source) {
    if (Indent.looksLikeJson(text)) {
      return data(text, source);
    }
    Passage shown =
        text.length() > DEEPEST_MARKDOWN
            ? of(text, "text", source, new ExactText(source, false)::of)
            : of(text, "md", source, Markdown::html);
    return wide(text) ? shown.inWideLetters() : shown;
  }

  /** The same exactly as it was sent, its lines numbered. */
  static Passage text(String text, TextSource source) {
    return of(text, "text exact", source, new ExactText(source, true)::of);
  }

  static Passage data(String text) {
    return data(text, null);
  }

  /** Arguments, results and attributes: JSON is laid out, anything else is exact. */
  static Passage data(String text, @Nullable TextSource source) {
    String laidOut = text.length() > DEEPEST_MARKDOWN ? text : Indent.json(text);
    return of(laidOut, "text exact", source, new ExactText(source, false)::of);
  }

  /** Letters that are as wide as high need a line of their own length. */
  private static boolean wide(String text) {
    int looked = Math.min(text.length(), LOOKED_AT);
    long wide = text.substring(0, looked).codePoints().filter(Passage::wide).count();
    return wide * 3 > looked;
  }

  private static boolean wide(int letter) {
    return switch (Character.UnicodeScript.of(letter)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
      default -> false;
    };
  }

  private Passage inWideLetters() {
    return new Passage(style + " wide-letters", head, rest, more, from, source, cut, weight);
  }

  private static Passage of(
      String text, String style, @Nullable TextSource source, Function<String, Content> shown) {
    int head = headEnd(text, style.equals("md"));
    Content beginning = shown.apply(text.substring(0, head));
    if (head == text.length()) {
      return new Passage(style, beginning, null, "", head, source, "", head);
    }
    String more = more(text.substring(head));
    if (source != null && text.length() > MOST_CHARS) {
      return new Passage(style, beginning, null, more, head, source, "", head);
    }
    int most = whole(text, Math.min(text.length(), MOST_CHARS));
    Content rest = shown.apply(text.substring(head, most));
    return new Passage(style, beginning, rest, more, head, source, cut(text, most), most);
  }

  /** The end of the beginning: 40 lines at most, for Markdown at a blank line outside a fence. */
  private static int headEnd(String text, boolean atBlank) {
    int end = 0;
    int blank = 0;
    boolean fenced = false;
    for (int lines = 0; lines < HEAD_LINES && end < text.length(); lines++) {
      int next = text.indexOf('\n', end);
      String line = next < 0 ? "" : text.substring(end, Math.min(next, end + 8)).strip();
      fenced ^= line.startsWith("```") || line.startsWith("~~~");
      end = next < 0 ? text.length() : next + 1;
      blank = next >= 0 && line.isEmpty() && !fenced ? end : blank;
    }
    int lines = end == text.length() || !atBlank || blank == 0 ? end : blank;
    return lines <= HEAD_CHARS ? lines : whole(text, HEAD_CHARS);
  }

  /** Where the piece that begins here ends: behind a line where one ends in time. */
  static int pieceEnd(String text, int from) {
    int most = from + MOST_CHARS;
    if (most >= text.length()) {
      return text.length();
    }
    int line = text.lastIndexOf('\n', most - 1);
    return line >= from + MOST_CHARS / 2 ? line + 1 : whole(text, most);
  }

  /** Not between the halves of a character. */
  static int whole(String text, int end) {
    return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  private static String more(String rest) {
    long lines = rest.chars().filter(c -> c == '\n').count() + 1;
    return Show.count(lines) + (lines == 1 ? " more line, " : " more lines, ") + size(rest);
  }

  private static String cut(String text, int most) {
    return most == text.length()
        ? ""
        : "Here are the first " + size(text.substring(0, most)) + " of " + size(text);
  }

  /** As UTF-8, counted without making the bytes: the text may be megabytes. */
  static String size(CharSequence text) {
    long bytes = text.chars().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    long surrogates = text.chars().filter(c -> Character.isSurrogate((char) c)).count();
    return Show.bytes(bytes - surrogates);
  }
}
