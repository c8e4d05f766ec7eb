package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarksTest {

  @Test
  void show_plainText() {
    String text = "Grüße, 안녕하세요\n\tשלום → 漢字 ✓";

    assertThat(Marks.show(text)).isSameAs(text);
  }

  @Test
  void show_directionChange() {
    assertThat(Marks.show("invoice\u202Efdp.exe")).isEqualTo("invoice⟨U+202E⟩fdp.exe");
    assertThat(Marks.show("a\u2066b\u2069")).isEqualTo("a⟨U+2066⟩b⟨U+2069⟩");
  }

  @Test
  void show_controlCharacters() {
    assertThat(Marks.show("\u001b[2J\u0007\u0000\u007f")).isEqualTo("␛[2J␇␀␡");
    assertThat(Marks.show("c1 \u009b")).isEqualTo("c1 ⟨U+009B⟩");
  }

  @Test
  void show_lineEnds() {
    assertThat(Marks.show("a\r\nb\rc\u2028d")).isEqualTo("a\nb␍c⟨U+2028⟩d");
  }

  @Test
  void show_loneSurrogates() {
    assertThat(Marks.show("cut \ud83d")).isEqualTo("cut ⟨U+D83D⟩");
    assertThat(Marks.show("\udc00\ud800")).isEqualTo("⟨U+DC00⟩⟨U+D800⟩");
    assertThat(Marks.show("😀")).isEqualTo("😀");
  }

  @Test
  void show_zeroWidth() {
    assertThat(Marks.show("ad\u200bmin")).isEqualTo("ad⟨U+200B⟩min");
    assertThat(Marks.show("search\u200d\u200ctool")).isEqualTo("search⟨U+200D⟩⟨U+200C⟩tool");
    assertThat(Marks.show("\u3164x\udb40\udd00")).isEqualTo("⟨U+3164⟩x⟨U+E0100⟩");
  }

  @Test
  void show_joinersAtWork() {
    String family = "👨\u200d👩\u200d👧";
    String persian = "می\u200cخواهم";

    assertThat(Marks.show(family)).isEqualTo(family);
    assertThat(Marks.show(persian)).isEqualTo(persian);
  }
}
