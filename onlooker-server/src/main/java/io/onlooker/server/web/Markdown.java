package io.onlooker.server.web;

import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Turns Markdown of strangers into HTML that can only be text, tables and links.
 *
 * <p>Raw HTML is escaped, an image becomes its address, a link leads to http, https or mailto or
 * nowhere. A sanitiser with an allow-list stands behind the renderer as a second wall.
 */
final class Markdown {

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private static final Parser PARSER =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(100).build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br>\n")
          .nodeRendererFactory(PlainNodes::new)
          .build();

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "p",
              "br",
              "hr",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "ul",
              "ol",
              "li",
              "em",
              "strong",
              "code",
              "pre",
              "blockquote",
              "table",
              "thead",
              "tbody",
              "tr",
              "th",
              "td",
              "span",
              "a")
          .allowWithoutAttributes("span", "a")
          .allowAttributes("start")
          .matching(java.util.regex.Pattern.compile("\\d{1,9}"))
          .onElements("ol")
          .allowAttributes("class")
          .matching(java.util.regex.Pattern.compile("chip|remote"))
          .onElements("span")
          .allowUrlProtocols("http", "https", "mailto")
          .allowAttributes("href")
          .onElements("a")
          .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
          .toFactory();

  private Markdown() {}

  static Content html(String markdown) {
    String html = POLICY.sanitize(RENDERER.render(PARSER.parse(Marks.show(markdown))));
    return output -> output.writeContent(html);
  }

  /**
   * Images, which would be requests to a stranger, and text, where redacted values become chips.
   */
  private record PlainNodes(HtmlNodeRendererContext context) implements NodeRenderer {

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class, Text.class);
    }

    @Override
    public void render(Node node) {
      HtmlWriter html = context.getWriter();
      if (node instanceof Image image) {
        span(html, "remote", "[image " + image.getDestination() + "]");
      } else if (node instanceof Text text) {
        for (Piece piece : Piece.of(text.getLiteral())) {
          if (piece.chip()) {
            span(html, "chip", piece.text());
          } else {
            html.text(piece.text());
          }
        }
      }
    }

    private static void span(HtmlWriter html, String cssClass, String text) {
      html.tag("span", Map.of("class", cssClass));
      html.text(text);
      html.tag("/span");
    }
  }
}
