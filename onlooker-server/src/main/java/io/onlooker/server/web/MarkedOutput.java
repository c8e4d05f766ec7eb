package io.onlooker.server.web;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;

/**
 * What templates write to: everything that is not the template's own words is escaped for the place
 * where it lands, and its hidden characters are marked. No template can forget it.
 */
final class MarkedOutput extends OwaspHtmlTemplateOutput {

  private final StringOutput html;
  private boolean field;

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
    super.setContext(tag, attribute);
  }

  @Override
  public void writeUserContent(@Nullable String text) {
    if (text != null) {
      super.writeUserContent(field ? text : Marks.show(text));
    }
  }

  String html() {
    return html.toString();
  }
}
