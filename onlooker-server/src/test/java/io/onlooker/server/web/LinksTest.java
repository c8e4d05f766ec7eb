package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids as parts of paths, and back. */
final class LinksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "\u0000",
        "..",
        "../../etc",
        ".",
        "",
        "~",
        "~abc",
        "a\\b",
        "a;b=c",
        "\u007f"
      })
  void segment_inOtherLetters(String id) {
    String segment = Links.segment(id);

    assertThat(segment).matches("~[A-Za-z0-9_-]*");
    assertThat(Links.id(segment)).isEqualTo(id);
  }

  @Test
  void segment_ofAnOrdinaryId() {
    assertThat(Links.segment("user-42")).isEqualTo("user-42");
    assertThat(Links.segment("openai/gpt-4o")).isEqualTo("openai%2Fgpt-4o");
    assertThat(Links.segment("a.b 한국")).isEqualTo("a.b%20%ED%95%9C%EA%B5%AD");
  }

  @Test
  void id_ofSomebodysTilde() {
    assertThat(Links.id("~!")).isEqualTo("~!");
    assertThat(Links.id("plain")).isEqualTo("plain");
  }
}
