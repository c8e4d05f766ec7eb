package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void document_everyKind() {
    Object read =
        JsonReader.read(
            " {\"a\":[1,-2.5e3,true,false],\"b\":{\"\\u00e9\\n\":\"\\ud83d\\ude00\"}} ");

    assertThat(read)
        .isEqualTo(Map.of("a", List.of(1L, -2500.0, true, false), "b", Map.of("é\n", "😀")));
  }

  @Test
  void number_beyondLong() {
    assertThat(JsonReader.read("12345678901234567890")).isEqualTo(1.2345678901234567e19);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "{", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "tru", "1.", "\"\\x\"", "\"a", "[]]"
      })
  void document_malformed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read(text))
        .withMessageContaining("expected: ");
  }

  @Test
  void document_tooDeep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .withMessageContaining("expected: at most 200 levels");
  }
}
