package io.onlooker.server.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes a text as it is, but for its chips; embedded data can be looked at where the text has an
 * address, and lines can have numbers that are links. Texts written one after the other go on
 * counting.
 */
final class ExactText {

  private static final int MOST_NUMBERED = 4_000;

  private final @Nullable TextSource source;
  private final boolean numbered;
  private int line = 1;
  private int media;

  ExactText(@Nullable TextSource source, boolean numbered) {
    this.source = source;
    this.numbered = numbered && source != null;
  }

  Content of(String text) {
    int firstLine = line;
    int firstMedia = media;
    long lines = text.chars().filter(c -> c == '\n').count();
    line += (int) lines;
    media += (int) Piece.of(text).stream().filter(Piece::media).count();
    boolean numbers = numbered && lines <= MOST_NUMBERED;
    return output -> new Writer(output, firstLine, firstMedia).write(text, numbers);
  }

  private final class Writer {

    private final HtmlTemplateOutput html;
    private int at;
    private int shown;

    Writer(TemplateOutput output, int firstLine, int firstMedia) {
      this.html = (HtmlTemplateOutput) output;
      this.at = firstLine;
      this.shown = firstMedia;
    }

    void write(String text, boolean numbers) {
      if (!numbers) {
        pieces(text);
        return;
      }
      for (int start = 0; start < text.length(); ) {
        int end = text.indexOf('\n', start) + 1;
        number();
        pieces(text.substring(start, end == 0 ? text.length() : end));
        start = end == 0 ? text.length() : end;
      }
    }

    private void number() {
      String id = source == null ? "" : source.anchor() + "-L" + at;
      open("a", "ln", "id", id);
      html.writeContent(" href=\"#");
      attribute("a", "href", id);
      html.writeContent("\">" + at++ + "</a>");
    }

    private void pieces(String text) {
      for (Piece piece : Piece.of(text)) {
        if (!piece.chip()) {
          text("div", piece.text());
        } else if (piece.media() && source != null) {
          open("a", "chip", "href", source.media(shown++));
          html.writeContent(">");
          text("a", piece.text());
          html.writeContent("</a>");
        } else {
          open("span", "chip", "title", piece.title());
          html.writeContent(" tabindex=\"0\">");
          text("span", piece.text());
          html.writeContent("</span>");
        }
      }
    }

    private void open(String tag, String css, String attribute, String value) {
      html.writeContent("<" + tag + " class=\"" + css + "\" " + attribute + "=\"");
      attribute(tag, attribute, value);
      html.writeContent("\"");
    }

    private void attribute(String tag, String name, String value) {
      html.setContext(tag, name);
      html.writeUserContent(value);
      html.setContext(tag, null);
    }

    private void text(String tag, String text) {
      html.setContext(tag, null);
      html.writeUserContent(text);
    }
  }
}
