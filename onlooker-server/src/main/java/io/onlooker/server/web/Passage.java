package io.onlooker.server.web;

import gg.jte.Content;
import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * A text of somebody else, made readable: its beginning, what can be opened behind it, and a word
 * about anything that is not on the page.
 *
 * @param style {@code md} for Markdown, {@code text} as written, {@code text exact} for data
 * @param rest shown on request, or null when the beginning is everything
 * @param more how much {@code rest} is: {@code 812 more lines, 46 kB}
 * @param cut how much is only in the download, or empty
 */
record Passage(
    String style, Content head, @Nullable Content rest, String more, String cut, int weight) {

  private static final int HEAD_LINES = 40;
  private static final int LOOKED_AT = 400;
  private static final int HEAD_CHARS = 6_000;
  private static final int MOST_CHARS = 64_000;
  private static final int DEEPEST_MARKDOWN = 256_000;

  /** An answer or a question: Markdown, unless it is so long that nobody reads it as such. */
  static Passage prose(String text) {
    if (Indent.looksLikeJson(text)) {
      return data(text);
    }
    Passage shown = text.length() > DEEPEST_MARKDOWN ? exact(text, "text") : markdown(text);
    return wide(text) ? shown.inWideLetters() : shown;
  }

  /** Arguments, results and attributes: JSON is laid out, anything else is exact. */
  static Passage data(String text) {
    return exact(text.length() > DEEPEST_MARKDOWN ? text : Indent.json(text), "text exact");
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
    return new Passage(style + " wide-letters", head, rest, more, cut, weight);
  }

  private static Passage markdown(String text) {
    int head = headEnd(text, true);
    int most = mostEnd(text);
    String beginning = text.substring(0, head);
    if (head == text.length()) {
      return new Passage("md", Markdown.html(beginning), null, "", "", head);
    }
    return new Passage(
        "md",
        Markdown.html(beginning),
        Markdown.html(text.substring(head, most)),
        more(text.substring(head)),
        cut(text, most),
        most);
  }

  private static Passage exact(String text, String style) {
    int head = headEnd(text, false);
    int most = mostEnd(text);
    Content beginning = plain(text.substring(0, head));
    if (head == text.length()) {
      return new Passage(style, beginning, null, "", "", head);
    }
    Content rest = plain(text.substring(head, most));
    return new Passage(style, beginning, rest, more(text.substring(head)), cut(text, most), most);
  }

  private static Content plain(String text) {
    return output -> {
      HtmlTemplateOutput html = (HtmlTemplateOutput) output;
      for (Piece piece : Piece.of(text)) {
        if (piece.chip()) {
          html.writeContent("<span class=\"chip\">");
          html.setContext("span", null);
          html.writeUserContent(piece.text());
          html.writeContent("</span>");
        } else {
          html.setContext("div", null);
          html.writeUserContent(piece.text());
        }
      }
    };
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

  private static int mostEnd(String text) {
    return text.length() <= MOST_CHARS ? text.length() : whole(text, MOST_CHARS);
  }

  /** Not between the halves of a character. */
  private static int whole(String text, int end) {
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
  private static String size(CharSequence text) {
    long bytes = text.chars().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    long surrogates = text.chars().filter(c -> Character.isSurrogate((char) c)).count();
    return Show.bytes(bytes - surrogates);
  }
}
