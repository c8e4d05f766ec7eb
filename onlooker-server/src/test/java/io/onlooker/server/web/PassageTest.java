package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.Content;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PassageTest {

  @Test
  void prose_short() {
    Passage passage = Passage.prose("Your order **shipped**.");

    assertThat(passage.style()).isEqualTo("md");
    assertThat(text(passage.head())).isEqualTo("Your order shipped.");
    assertThat(passage.rest()).isNull();
    assertThat(passage.cut()).isEmpty();
  }

  @Test
  void prose_json() {
    Passage passage = Passage.prose("{\"id\":1,\"tags\":[\"a\",\"b\"],\"none\":{}}");

    assertThat(passage.style()).isEqualTo("text exact");
    assertThat(text(passage.head()))
        .isEqualTo(
            "{\n  \"id\": 1,\n  \"tags\": [\n    \"a\",\n    \"b\"\n  ],\n  \"none\": {}\n}");
  }

  @Test
  void data_manyLines() {
    String text =
        IntStream.range(0, 852).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    Passage passage = Passage.data(text);

    assertThat(text(passage.head())).startsWith("line 0\n").endsWith("line 39");
    assertThat(text(passage.rest())).startsWith("line 40\n").endsWith("line 851");
    assertThat(passage.more()).isEqualTo("812 more lines, 7 kB");
    assertThat(passage.cut()).isEmpty();
  }

  @Test
  void data_huge() {
    Passage passage = Passage.data("x".repeat(2_097_152));

    assertThat(text(passage.head())).hasSize(6_000);
    assertThat(text(passage.rest())).hasSize(58_000);
    assertThat(passage.cut()).isEqualTo("Here are the first 64 kB of 2.1 MB");
  }

  @Test
  void data_hugeWithItsSource() {
    Passage passage =
        Passage.data("x".repeat(2_097_152), new TextSource("/p/shop/traces/t/steps/s", "input"));

    assertThat(text(passage.head())).hasSize(6_000);
    assertThat(passage.rest()).isNull();
    assertThat(passage.more()).isEqualTo("1 more line, 2.1 MB");
    assertThat(passage.from()).isEqualTo(6_000);
    assertThat(passage.cut()).isEmpty();
  }

  @Test
  void pieceEnd_behindALine() {
    String text = ("x".repeat(99) + "\n").repeat(2_000);

    assertThat(Passage.pieceEnd(text, 50)).isEqualTo(64_000);
    assertThat(Passage.pieceEnd(text, 64_000)).isEqualTo(128_000);
    assertThat(Passage.pieceEnd(text, 199_000)).isEqualTo(200_000);
    assertThat(Passage.pieceEnd("y".repeat(70_000), 10)).isEqualTo(64_010);
  }

  @Test
  void data_cutBesideAPair() {
    Passage passage = Passage.data("x".repeat(5_999) + "😀".repeat(10));

    assertThat(text(passage.head())).hasSize(5_999);
    assertThat(text(passage.rest())).isEqualTo("😀".repeat(10));
  }

  @Test
  void data_numbersStayAsGiven() {
    assertThat(text(Passage.data("{\"a\":1e999,\"b\":-0,\"c\":9007199254740993}").head()))
        .contains("1e999", "-0", "9007199254740993");
  }

  @Test
  void data_embeddedImage() {
    Passage passage = Passage.data("see data:image/png;base64," + "A".repeat(4_000) + " here");

    assertThat(text(passage.head())).isEqualTo("see [image/png 3 kB] here");
  }

  @Test
  void prose_longMarkdown() {
    String text = ("A paragraph.\n\n```\n" + "code\n\n".repeat(30) + "```\n");

    Passage passage = Passage.prose(text);

    // The fence is longer than the beginning may be, so the cut lies before it.
    assertThat(text(passage.head())).isEqualTo("A paragraph.");
    assertThat(text(passage.rest())).contains("code");
  }

  private static String text(@Nullable Content content) {
    MarkedOutput output = MarkedOutput.create();
    if (content != null) {
      content.writeTo(output);
    }
    return Jsoup.parse("<div>" + output.html() + "</div>").body().wholeText().strip();
  }
}
