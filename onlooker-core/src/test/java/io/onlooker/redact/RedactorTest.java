package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Redactor redactor = Redactor.create();

  @Test
  void seedExample_labels() {
    RedactedText redacted = redactor.redact("My email is john@example.com and SSN is 123-45-6789");

    assertThat(redacted.text()).isEqualTo("My email is [EMAIL] and SSN is [SSN]");
    assertThat(redacted.findings())
        .containsExactly(new Finding("EMAIL", 12, 28), new Finding("SSN", 40, 51));
  }

  @Test
  void cleanText_sameInstance() {
    String text = "nothing here, 12 of 14";

    RedactedText redacted = redactor.redact(text);

    assertThat(redacted.text()).isSameAs(text);
    assertThat(redacted.clean()).isTrue();
  }

  /** Texts near the border, beside those of the case files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a@x.com-b@y.com | [EMAIL][EMAIL]",
        "a@b.com@c.com | [EMAIL]@c.com",
        "+1 503 555 0126-mira@example.com | [PHONE][EMAIL]",
        "kit@2.1.0-beta.next | kit@2.1.0-beta.next",
        "user@mail.xn--p1ai! | [EMAIL]!",
        "\\u003cmira@example.com\\u003e | \\u003c[EMAIL]\\u003e",
        "one\\\\n123-45-6789\\\\n | one\\\\n[SSN]\\\\n",
        "303-555-0101x204 | [PHONE]x204",
        "123-45-6789x2 | 123-45-6789x2",
        "1-312-555-0172-9 | 1-312-555-0172-9",
        "12 503 555 0151 7 | 12 503 555 0151 7",
        "room 12 312-555-0172 | room 12 [PHONE]",
        "+44 20 7946 0766 2nd floor | [PHONE] 2nd floor",
        "+1 212 555 0116 24/7 | [PHONE] 24/7",
        "+2024-05-17 09:12 | +2024-05-17 09:12",
        "+48.858222 north | +48.858222 north",
        "+1.5035550104 | [PHONE]",
        "00 44 20 7946 0766 | [PHONE]",
        "00 49 89 50 47 20 11 | 00 49 89 50 47 20 11",
        "0049301234567 | 0049301234567",
        "1 (503) 555-0104 | [PHONE]",
        "(02) 123-4567 | [PHONE]",
        "DE87 0532 0130 00 | DE87 0532 0130 00",
        "x[1::2] y[::2] Foo::Bar dead::beef | x[1::2] y[::2] Foo::Bar dead::beef",
        "64:ff9b::192.0.2.33 | [IP]",
        "::ffff:127.0.0.1 | ::ffff:127.0.0.1",
        "0:0:0:0:0:0:0:1 | 0:0:0:0:0:0:0:1",
        "1:2:3:4:5:6:7:8:9 | 1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8 | [IP]",
        "00:1a:2b:3c:4d:5e:6f:70 | 00:1a:2b:3c:4d:5e:6f:70",
        "fe80::1%eth0 | [IP]%eth0",
        "2001:db8::1::2 | 2001:db8::1::2",
        "http://mira@example.com:pw@host.example/ | http://[URL_CREDENTIALS]@host.example/",
        "https:\\/\\/u:p1@host\\/x | https:\\/\\/[URL_CREDENTIALS]@host\\/x",
        "http://user:@host/ | http://user:@host/",
        "postgres://${USER}:${PASS}@db/ | postgres://${USER}:${PASS}@db/",
        "Bearer 0123456789abcdef. | Bearer [API_KEY].",
        "Bearer\tabcdefghijklmno1== | Bearer\t[API_KEY]",
        "my_sk-abcdefghijklmnopqrs1 | my_[API_KEY]",
        "npm_config_user_agent_2_of_the_machine | npm_config_user_agent_2_of_the_machine",
        "5105 1010 9493 9625 1234 | [CREDIT_CARD] 1234",
        "1234 5105 1010 9493 9625 | 1234 5105 1010 9493 9625",
        "110-880226-1976529 | 110-[KR_RRN]",
      })
  void text_nearTheBorder(String text, String expected) {
    assertThat(redactor.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SG.abcdefghijklmnopqrst12.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "ASIAH7G2QATURNO55TGS",
        "rk_live_abcdefghijklmnop12345678",
        "sk_live_abcdefghijklmnop12345678",
        "gho_abcdefghijklmnopqrstuvwxyz0123456789",
        "hf_abcdefghijklmnopqrstuvwxyz12345678",
        "npm_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxp-1234567890-1234567890-abcdefghij",
        "sk-svcacct-abcdefghijklmnopqrst1",
      })
  void vendorKey_whole(String key) {
    assertThat(redactor.redact("key " + key + ".").text()).isEqualTo("key [API_KEY].");
    assertThat(redactor.redact('x' + key).clean()).isTrue();
  }

  @Test
  void privateKey_cutOff() {
    String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n";

    String redacted =
        redactor.redact("-----BEGIN RSA PRIVATE KEY-----\n" + line + line + "is it").text();

    assertThat(redacted).isEqualTo("[API_KEY]\nis it");
  }

  @Test
  void surrogatesAndNul_stay() {
    String text = "\ud800 a\0b \udc00mira@example.com\ud83d";

    assertThat(redactor.redact(text).text()).isEqualTo("\ud800 a\0b \udc00[EMAIL]\ud83d");
  }

  static Stream<List<String>> sameValues() {
    return Stream.of(
        List.of("4111 1149 0364 9512", "4111-1149-0364-9512", "4111114903649512"),
        List.of("Mira@Example.com", "mira@example.COM"),
        List.of("312-555-0172", "312.555.0172", "(312) 555-0172"));
  }

  @ParameterizedTest
  @MethodSource("sameValues")
  void hash_sameHoweverWritten(List<String> values) {
    Redactor hashing = Redactor.of(all(RedactionMode.HASH), SALT);

    List<String> hashes =
        values.stream().map(each -> hashing.redact(each).text()).distinct().toList();

    assertThat(hashes).hasSize(1);
    assertThat(hashes.get(0)).matches("\\[[A-Z_]+:[0-9a-f]{12}]");
  }

  @Test
  void hash_dependsOnSalt() {
    String text = "mira@example.com";
    byte[] other = SALT.clone();
    other[0]++;

    String one = Redactor.of(all(RedactionMode.HASH), SALT).redact(text).text();

    assertThat(Redactor.of(all(RedactionMode.HASH), SALT).redact(text).text()).isEqualTo(one);
    assertThat(Redactor.of(all(RedactionMode.HASH), other).redact(text).text()).isNotEqualTo(one);
    assertThat(Redactor.of(all(RedactionMode.HASH)).redact(text).text()).isNotEqualTo(one);
  }

  @Test
  void salt_tooShort() {
    assertThatThrownBy(() -> Redactor.of(RedactionRules.BUILT_IN, new byte[15]))
        .hasMessage("salt: 15 bytes (expected: 16 or more)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card 4111-1149-0364-9512 | card ****-****-****-9512",
        "mira@mail.example | ****@****.*******",
        "123-45-6789 | ***-**-****",
        "DE27 9000 0000 8061 4714 55 | **** **** **** **** **14 55",
      })
  void mask_keepsShape(String text, String expected) {
    Redactor masking = Redactor.of(all(RedactionMode.MASK));

    assertThat(masking.redact(text).text()).isEqualTo(expected);
  }

  @Test
  void remove_leavesNothing() {
    assertThat(Redactor.of(all(RedactionMode.REMOVE)).redact("to <mira@example.com>").text())
        .isEqualTo("to <>");
  }

  @Test
  void kind_off() {
    Redactor some = Redactor.of(RedactionRules.builder().without(PiiKind.EMAIL).build());

    assertThat(some.redact("mira@example.com 10.0.0.1").text()).isEqualTo("mira@example.com [IP]");
  }

  @Test
  void ownPattern_besideBuiltIn() {
    Redactor own =
        Redactor.of(
            RedactionRules.builder()
                .pattern("ORDER", "ORD-\\d{5}")
                .pattern("WHO", "mira@\\w+", RedactionMode.REMOVE)
                .build());

    RedactedText redacted = own.redact("ORD-12345 of mira@example.com, mira@home ORD-1");

    assertThat(redacted.text()).isEqualTo("[ORDER] of [EMAIL],  ORD-1");
    assertThat(redacted.findings())
        .extracting(Finding::kind)
        .containsExactly("ORDER", "EMAIL", "WHO");
  }

  private static RedactionRules all(RedactionMode mode) {
    RedactionRules.Builder rules = RedactionRules.builder();
    for (PiiKind kind : PiiKind.values()) {
      rules.kind(kind, mode);
    }
    return rules.build();
  }
}
