package io.onlooker.server.web;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;

/**
 * What templates write to: everything that is not the template's own words is escaped for the place
 * where it lands, its hidden characters are marked, and within a line it is never long. No template
 * can forget it.
 */
final class MarkedOutput extends OwaspHtmlTemplateOutput {

  /** Of text in a {@code bdi}, a title or a tooltip; longer text is for a {@link Passage}. */
  static final int LONGEST_LINE = 2_500;

  private final StringOutput html;
  private boolean field;
  private boolean line;

  private MarkedOutput(StringOutput html) {
    super(html);
    this.html = html;
  }

  static MarkedOutput create() {
    return new MarkedOutput(new StringOutput(16 * 1024));
  }

  @Override
  public void setContext(String tag, @Nullable String attribute) {
    // A field gives back what it holds: a mark in it would change the query it is part of.
    field = "input".equals(tag) && "value".equals(attribute);
    line = attribute == null ? "bdi".equals(tag) || "title".equals(tag) : "title".equals(attribute);
    super.setContext(tag, attribute);
  }

  @Override
  public void writeUserContent(@Nullable String text) {
    if (text != null) {
      String shown = line && text.length() > LONGEST_LINE ? shortened(text) : text;
      super.writeUserContent(field ? shown : Marks.show(shown));
    }
  }

  String html() {
    return html.toString();
  }

  private static String shortened(String text) {
    return text.substring(0, LONGEST_LINE)
        + "… "
        + Show.count(text.length())
        + " characters in all";
  }
}
