package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.TracingEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever personal data stands in an item, and however deep: it does not leave. */
class NothingSurvivesTest {

  private static final int TRIES = 500;

  private final RedactionProcessor processor = new RedactionProcessor(RedactionRules.BUILT_IN);

  /** What stands around a value in a text, the place of the value as %s. */
  private static final List<String> SENTENCES =
      List.of(
          "%s",
          "it is %s.",
          "<%s>",
          "'%s'",
          "값: %s 입니다",
          "one\n%s\ntwo",
          "x=%s;",
          "\"%s\"",
          "\t%s, 12 of 14",
          "🎉 %s 🎉");

  /** How a value is wrapped once more. */
  enum Wrap {
    LIST,
    MAP,
    KEY,
    ARRAY,
    OPTIONAL,
    RECORD,
    JSON
  }

  record Held(String name, Object value) {}

  @Property(tries = TRIES)
  void content(
      @ForAll("values") String value,
      @ForAll("sentences") String sentence,
      @ForAll("wraps") List<Wrap> wraps) {
    Object content = wrapped(sentence.replace("%s", value), wraps);

    assertGone(value, processor.process(Items.input(content)));
    assertGone(value, processor.process(Items.output(content)));
    assertGone(value, processor.process(Items.metadata(Map.of("a", content))));
  }

  @Property(tries = TRIES)
  void texts(@ForAll("values") String value, @ForAll("sentences") String sentence) {
    String text = sentence.replace("%s", value);

    assertGone(value, processor.process(Items.texts(text)));
    assertGone(
        value, processor.process(Items.attributes(Map.of("a", text, "b", List.of("c", text)))));
    assertGone(
        value, processor.process(Items.log(text, Map.of("sentry.message.parameter.0", text))));
    assertGone(value, processor.process(Items.captured(text, Map.of("a", text))));
  }

  @Property(tries = TRIES)
  void jsonInAttributes(@ForAll("values") String value, @ForAll("wraps") List<Wrap> wraps) {
    String json = json(wrapped(value, wraps));

    assertGone(value, processor.process(Items.attributes(Map.of("gen_ai.input.messages", json))));
  }

  @Property(tries = TRIES)
  void secretNames(@ForAll("secretKeys") String key, @ForAll("wraps") List<Wrap> wraps) {
    Object content = wrapped(Map.of(key, Map.of("a", List.of("hunter2"))), wraps);

    assertGone("hunter2", processor.process(Items.input(content)));
    assertGone("hunter2", processor.process(Items.input(json(content))));
  }

  @Property(tries = TRIES)
  void twice_nothingMoreFound(
      @ForAll("values") String value, @ForAll("sentences") String sentence) {
    Redactor redactor = Redactor.create();
    String once = redactor.redact(sentence.replace("%s", value)).text();

    assertThat(redactor.redact(once).text()).isEqualTo(once);
  }

  @Property(tries = TRIES)
  void anyText_redactsToItselfOutsideFindings(@ForAll String text) {
    RedactedText redacted = Redactor.create().redact(text);

    StringBuilder expected = new StringBuilder();
    int copied = 0;
    for (Finding finding : redacted.findings()) {
      expected.append(text, copied, finding.start()).append('[').append(finding.kind()).append(']');
      copied = finding.end();
    }
    assertThat(redacted.text()).isEqualTo(expected.append(text.substring(copied)).toString());
  }

  @Example
  void assertion_seesWhatSurvives() {
    TracingEvent untouched = Items.input(Map.of("a", List.of("mira@example.com")));

    assertThatThrownBy(() -> assertGone("mira@example.com", untouched))
        .isInstanceOf(AssertionError.class);
  }

  @Provide
  Arbitrary<String> values() {
    return PersonalData.any();
  }

  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.of(SENTENCES);
  }

  @Provide
  Arbitrary<List<Wrap>> wraps() {
    return Arbitraries.of(Wrap.class).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> secretKeys() {
    return Arbitraries.of(
        "password", "api-key", "Authorization", "DB_PASSWORD", "refresh_token", "cookie");
  }

  private static void assertGone(String value, Object item) {
    String secret = value.startsWith("Bearer ") ? value.substring(7) : value;
    assertThat(item.toString()).doesNotContain(secret).doesNotContain("REDACTION FAILED");
  }

  private static Object wrapped(Object value, List<Wrap> wraps) {
    Object wrapped = value;
    for (Wrap wrap : wraps) {
      wrapped = wrapped(wrapped, wrap);
    }
    return wrapped;
  }

  private static Object wrapped(Object value, Wrap wrap) {
    return switch (wrap) {
      case LIST -> List.of("first", value);
      case MAP -> new HashMap<>(Map.of("a", value, "n", 12));
      case KEY -> Map.of(value instanceof String ? value : "b", value);
      case ARRAY -> new Object[] {value};
      case OPTIONAL -> Optional.of(value);
      case RECORD -> new Held("mine", value);
      case JSON -> json(value);
    };
  }

  /** The value as JSON text. */
  private static String json(Object value) {
    StringBuilder out = new StringBuilder();
    writeJson(out, value);
    return out.toString();
  }

  private static void writeJson(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        JsonText.quote(out.append(separator), String.valueOf(entry.getKey()));
        writeJson(out.append(": "), entry.getValue());
        separator = ", ";
      }
      out.append('}');
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object each : list) {
        writeJson(out.append(separator), each);
        separator = ", ";
      }
      out.append(']');
    } else if (value instanceof Object[] array) {
      writeJson(out, List.of(array));
    } else if (value instanceof Optional<?> optional) {
      writeJson(out, optional.orElseThrow());
    } else if (value instanceof Held held) {
      writeJson(out, Map.of("name", held.name(), "value", held.value()));
    } else if (value instanceof Number) {
      out.append(value);
    } else {
      JsonText.quote(out, String.valueOf(value));
    }
  }
}
