package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void document_nested() {
    JsonWriter json = new JsonWriter(1);

    json.beginObject().name("a").value(1).name("b").beginArray().value(true).value("x");
    json.beginObject().endObject().endArray().name("c").value((String) null).endObject();

    assertThat(json).hasToString("{\"a\":1,\"b\":[true,\"x\",{}],\"c\":null}");
  }

  @Test
  void string_escapes() {
    String text = "q\" b\\ n\n t\t nul\0 esc\u001b del\u007f é 한 😀 </script>";

    assertThat(JsonReader.read(json(text))).isEqualTo(text);
    assertThat(json("\u0000\u001f\u007f")).isEqualTo("\"\\u0000\\u001f\\u007f\"");
  }

  @Test
  void string_loneSurrogates() {
    assertThat(json("a\ud83d")).isEqualTo("\"a\ufffd\"");
    assertThat(json("\ude00b")).isEqualTo("\"\ufffdb\"");
    assertThat(json("\ud83d\ud83d\ude00")).isEqualTo("\"\ufffd😀\"");
  }

  @Test
  void string_cutInsideAPair() {
    assertThat(new JsonWriter().string("ab😀", 3)).hasToString("\"ab\"");
  }

  @Test
  void number_notFinite() {
    JsonWriter json = new JsonWriter().beginArray();

    json.value(Double.NaN).value(Double.NEGATIVE_INFINITY).value(0.5).value(1e300).endArray();

    assertThat(json).hasToString("[\"NaN\",\"-Infinity\",0.5,1.0E300]");
  }

  @Test
  void number_extremes() {
    JsonWriter json = new JsonWriter(1).beginArray();

    json.value(Long.MIN_VALUE).value(Long.MAX_VALUE).value(0).value(-10).endArray();

    assertThat(json).hasToString("[-9223372036854775808,9223372036854775807,0,-10]");
  }

  @Test
  void seconds_exact() {
    JsonWriter json = new JsonWriter().beginArray();

    json.seconds(1_795_164_432_231_000_000L).seconds(5_000_000_000L).seconds(1).seconds(-1);

    assertThat(json.endArray()).hasToString("[1795164432.231,5,0.000000001,-1.999999999]");
  }

  private static String json(String text) {
    return new JsonWriter(1).value(text).toString();
  }
}
