package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRewriterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "{\"a\":\"mira@example.com\"} § {\"a\":\"[EMAIL]\"}",
        "{ \"a\" : 1.00, \"a\" : 2e3 , \"b\":\"10.0.0.1\"} § { \"a\" : 1.00, \"a\" : 2e3 , \"b\":\"[IP]\"}",
        "{\"t\":\"x\\nmira@example.com\\u0021 \\ud800\"} § {\"t\":\"x\\n[EMAIL]! \\ud800\"}",
        "{\"pan\":5200822077449829,\"exp\":\"0929\"} § {\"pan\":\"[CREDIT_CARD]\",\"exp\":\"0929\"}",
        "{\"mira@example.com\":{\"role\":\"owner\"}} § {\"[EMAIL]\":{\"role\":\"owner\"}}",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"x\\\\\\\"}\\\"}\"}"
            + " § {\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"[SECRET]\\\\\\\"}\\\"}\"}",
        "[\"password\",\"x\"] § [\"password\",\"x\"]",
        "{\"password\":null,\"token\":true,\"secret\":12.5,\"pwd\":\"a\\\"b\"}"
            + " § {\"password\":null,\"token\":true,\"secret\":\"[SECRET]\",\"pwd\":\"[SECRET]\"}",
        "{\"auth\":{\"a\":[\"}\",1]},\"b\":2} § {\"auth\":\"[SECRET]\",\"b\":2}",
        "{\"a\":1}\\n{\"token\":\"x\"} § {\"a\":1}\\n{\"token\":\"[SECRET]\"}",
        "{\"password\":\"hunt § {\"password\":\"[SECRET]\"",
        "{\"password\":[\"hunter2\", § {\"password\":\"[SECRET]\"",
        "{\"a\":\"mira@example.com § {\"a\":\"[EMAIL]\"",
        "{\"token\":\"x\",} mira@example.com § {\"token\":\"[SECRET]\",} [EMAIL]",
        "{name} wrote to mira@example.com § {name} wrote to [EMAIL]",
        "[2001:db8::1]:8080 § [[IP]]:8080",
        "[4111 1149 0364 9512] § [[CREDIT_CARD]]",
        "[12] call 312-555-0172 § [12] call [PHONE]",
        "\"mira\" <mira@example.com> § \"mira\" <[EMAIL]>",
        "\"mira@example.com\" § \"[EMAIL]\"",
      })
  void document_rewritten(String text, String expected) {
    String read = text.replace("}\\n{", "}\n{");

    assertThat(redact(read)).isEqualTo(expected.replace("}\\n{", "}\n{"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": [1, 2.50, true, null, \"b\\u00e9\\/\"]}",
        "[]",
        "{}",
        "[",
        "\"",
        "{\"a\""
      })
  void document_clean_sameInstance(String text) {
    assertThat(redact(text)).isSameAs(text);
  }

  @Test
  void document_tooDeep() {
    assertThatThrownBy(() -> redact("[".repeat(501))).hasMessageContaining("deeper than 500");
  }

  @Test
  void documentInStrings_tooDeep() {
    String text = "{\"password\":\"hunter2\"}";
    for (int i = 0; i < 4; i++) {
      text = quoted(text);
    }
    String nested = text;
    String tooDeep = quoted(quoted(quoted(quoted(quoted(quoted(text))))));

    assertThat(redact(nested)).doesNotContain("hunter2").contains("[SECRET]");
    assertThatThrownBy(() -> redact(tooDeep)).hasMessageContaining("deeper than 8");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(out, text);
    return out.toString();
  }

  private static String redact(String text) {
    ItemRedaction item =
        new ItemRedaction(
            CompiledRules.of(RedactionRules.BUILT_IN, new SaltedHash(SaltedHash.randomSalt())),
            Budget.unlimited());
    return item.text(text, null, 0);
  }
}
