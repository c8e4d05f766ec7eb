package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.output.StringOutput;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {

  @Test
  void html_usualMarkdown() {
    Document page =
        render("# Title\n\n- one **bold**\n- two `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |");

    assertThat(page.select("h1").text()).isEqualTo("Title");
    assertThat(page.select("li strong").text()).isEqualTo("bold");
    assertThat(page.select("li code").text()).isEqualTo("code");
    assertThat(page.select("td").eachText()).containsExactly("1", "2");
  }

  @Test
  void html_link() {
    Element link = render("[docs](https://docs.example/a?b=1&c=2)").expectFirst("a");

    assertThat(link.attr("href")).isEqualTo("https://docs.example/a?b=1&c=2");
    assertThat(link.attr("rel").split(" "))
        .containsExactlyInAnyOrder("noopener", "noreferrer", "nofollow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)",
        "[x](vbscript:x)",
        "[x](/relative)",
        "<javascript:alert(1)>"
      })
  void html_linkToElsewhere(String markdown) {
    Document page = render(markdown);

    assertThat(page.select("a")).isEmpty();
    assertThat(page.select(".remote")).hasSize(1);
  }

  @Test
  void html_rawHtml() {
    Document page = render("<img src=x onerror=alert(1)> and <b>bold</b>\n\n<div>block</div>");

    assertThat(page.select("img, b, div")).isEmpty();
    assertThat(page.text()).contains("<img src=x onerror=alert(1)>", "<b>bold</b>", "<div>");
  }

  @Test
  void html_image() {
    Document page = render("![beacon](https://evil.example/b.png?s=1)");

    assertThat(page.select("img")).isEmpty();
    assertThat(page.select(".remote").text()).isEqualTo("[image https://evil.example/b.png?s=1]");
  }

  @Test
  void html_redactedValue() {
    assertThat(render("Write to [EMAIL] **now**").select(".chip").text()).isEqualTo("[EMAIL]");
  }

  @Test
  void html_hiddenCharacters() {
    assertThat(render("a\u202Eb").text()).isEqualTo("a⟨U+202E⟩b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "*a **b ", "> ", "- ", "![", "<b>", "`", "| a |\n|-|\n"})
  void html_nestedDeeply(String unit) {
    String text = unit.repeat(60_000 / unit.length());

    assertThat(render(text).select("script, img")).isEmpty();
  }

  private static Document render(String markdown) {
    StringOutput html = new StringOutput();
    Markdown.html(markdown).writeTo(html);
    return Jsoup.parse(html.toString());
  }
}
