package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionRulesTest {

  private static final String JSON =
      """
      {
        "version": "7",
        "kinds": {"PHONE": "hash", "IP": "off", "CREDIT_CARD": "mask"},
        "patterns": [{"name": "ORDER", "pattern": "ORD-\\\\d{5}", "mode": "remove"},
                     {"name": "EMP", "pattern": "EMP[0-9]+"}],
        "hide": ["input.customer.address", "user.name"],
        "secretKeys": ["badgeNo"]
      }
      """;

  @Test
  void json_read() {
    RedactionRules rules = RedactionRules.parse(JSON);

    assertThat(rules)
        .isEqualTo(
            RedactionRules.builder()
                .version("7")
                .kind(PiiKind.PHONE, RedactionMode.HASH)
                .without(PiiKind.IP)
                .kind(PiiKind.CREDIT_CARD, RedactionMode.MASK)
                .pattern("ORDER", "ORD-\\d{5}", RedactionMode.REMOVE)
                .pattern("EMP", "EMP[0-9]+")
                .hide("input.customer.address")
                .hide("user.name")
                .secretKey("badgeNo")
                .build());
  }

  @Test
  void json_writtenAndRead() {
    RedactionRules rules = RedactionRules.parse(JSON);

    assertThat(RedactionRules.parse(rules.toJson())).isEqualTo(rules);
    assertThat(RedactionRules.parse(RedactionRules.BUILT_IN.toJson()))
        .isEqualTo(RedactionRules.BUILT_IN);
  }

  @Test
  void json_empty_isBuiltIn() {
    assertThat(RedactionRules.parse("{}")).isEqualTo(RedactionRules.BUILT_IN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "[] § rules: [] (expected: an object)",
        "{\"kind\":{}} § rules: kind (expected: only [hide, kinds, patterns, secretKeys, version])",
        "{\"kinds\":{\"EMIAL\":\"label\"}} § kinds: EMIAL (expected: one of [EMAIL, PHONE, SSN, CREDIT_CARD, IP, IBAN, KR_RRN, API_KEY, URL_CREDENTIALS])",
        "{\"kinds\":{\"EMAIL\":\"blur\"}} § kinds.EMAIL: BLUR (expected: one of [LABEL, HASH, MASK, REMOVE])",
        "{\"kinds\":{\"EMAIL\":1}} § kinds.EMAIL: 1.0 (expected: a string)",
        "{\"patterns\":[{\"name\":\"A\"}]} § patterns[0].pattern: null (expected: a string)",
        "{\"patterns\":[{\"name\":\"A\",\"pattern\":\"a(b\"}]} § pattern \"a(b\" at 1: the group is not closed (expected: ))",
        "{\"patterns\":[{\"name\":\"EMAIL\",\"pattern\":\"a\"}]} § pattern name: \"EMAIL\" (expected: 1 to 40 of A-Z, 0-9 and _, a letter first, and no built-in kind)",
        "{\"patterns\":[{\"name\":\"SECRET\",\"pattern\":\"a\"}]} § pattern name: \"SECRET\" (expected: 1 to 40 of A-Z, 0-9 and _, a letter first, and no built-in kind)",
        "{\"patterns\":[{\"name\":\"A\",\"pattern\":\"a\"},{\"name\":\"A\",\"pattern\":\"b\"}]} § patterns: A twice (expected: one pattern per name)",
        "{\"hide\":\"a\"} § hide: a (expected: a list)",
        "{\"version\":\"1\" § rules: the end at 14 (expected: '}')",
        "{\"version\":tru} § rules: 't' at 11 (expected: true)",
        "{\"hide\":[],\"hide\":[]} § rules: '[' at 18 (expected: \"hide\" once)",
        "{} x § rules: 'x' at 3 (expected: the end)",
      })
  void json_refused(String json, String reason) {
    assertThatThrownBy(() -> RedactionRules.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void json_tooDeepOrLong() {
    assertThatThrownBy(() -> RedactionRules.parse("[".repeat(100)))
        .hasMessage("rules: '[' at 17 (expected: 16 values in each other at most)");
    assertThatThrownBy(() -> RedactionRules.parse(" ".repeat(600_000)))
        .hasMessage("rules: 600000 characters (expected: 524288 at most)");
  }

  @Test
  void patterns_tooMany() {
    RedactionRules.Builder rules = RedactionRules.builder();
    for (int i = 0; i < 51; i++) {
      rules.pattern("P" + i, "a" + i);
    }

    assertThatThrownBy(rules::build).hasMessage("patterns: 51 (expected: 50 at most)");
  }
}
