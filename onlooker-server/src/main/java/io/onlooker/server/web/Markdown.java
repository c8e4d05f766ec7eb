package io.onlooker.server.web;

import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
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
          .matching(Pattern.compile("\\d{1,9}"))
          .onElements("ol")
          .allowAttributes("class")
          .matching(Pattern.compile("chip|remote"))
          .onElements("span")
          .allowAttributes("title")
          .matching(Pattern.compile("[A-Za-z_ ]{1,60}"))
          .onElements("span")
          .allowAttributes("tabindex")
          .matching(Pattern.compile("0"))
          .onElements("span")
          .allowUrlProtocols("http", "https", "mailto")
          .allowAttributes("href", "title")
          .onElements("a")
          .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
          .toFactory();

  private Markdown() {}

  static Content html(String markdown) {
    String html = POLICY.sanitize(RENDERER.render(PARSER.parse(Marks.show(markdown))));
    return output -> output.writeContent(html);
  }

  /**
   * Images, which would be requests to a stranger; links, which may lead where a click runs
   * something; and text, where redacted values become chips.
   */
  private record PlainNodes(HtmlNodeRendererContext context) implements NodeRenderer {

    private static final Pattern SAFE = Pattern.compile("(?i)(?:https?://|mailto:)\\S*+");

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class, Link.class, Text.class);
    }

    @Override
    public void render(Node node) {
      switch (node) {
        case Image image -> span("remote", "[image " + image.getDestination() + "]");
        case Link link -> link(link, link.getDestination());
        case Text text -> text(text.getLiteral());
        default -> throw new IllegalArgumentException("node: " + node + " (expected: one of ours)");
      }
    }

    private void link(Link link, String address) {
      HtmlWriter html = context.getWriter();
      boolean safe = SAFE.matcher(address).matches();
      if (safe) {
        html.tag("a", Map.of("href", context.encodeUrl(address), "title", address));
      }
      for (Node child = link.getFirstChild(); child != null; child = child.getNext()) {
        context.render(child);
      }
      if (safe) {
        html.tag("/a");
      } else {
        span("remote", " (" + address + ")");
      }
    }

    private void text(String text) {
      for (Piece piece : Piece.of(text)) {
        if (piece.chip()) {
          chip(piece);
        } else {
          context.getWriter().text(piece.text());
        }
      }
    }

    private void chip(Piece piece) {
      HtmlWriter html = context.getWriter();
      html.tag("span", Map.of("class", "chip", "title", piece.title(), "tabindex", "0"));
      html.text(piece.text());
      html.tag("/span");
    }

    private void span(String cssClass, String text) {
      HtmlWriter html = context.getWriter();
      html.tag("span", Map.of("class", cssClass));
      html.text(text);
      html.tag("/span");
    }
  }
}
