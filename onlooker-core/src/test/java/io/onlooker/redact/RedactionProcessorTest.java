package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.SpanSnapshot;
import io.onlooker.TracingEvent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionProcessorTest {

  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String MAIL = "mira@example.com";

  private final RedactionProcessor processor = new RedactionProcessor(RedactionRules.BUILT_IN);

  @Test
  void span_everyText() {
    SpanSnapshot span = processor.process(Items.texts("to " + MAIL)).span();

    assertThat(span.toString()).doesNotContain(MAIL);
    assertThat(span.name()).isEqualTo("to [EMAIL]");
    assertThat(span.status().message()).isEqualTo("to [EMAIL]");
    assertThat(span.tags()).containsExactly("to [EMAIL]");
    assertThat(span.error()).isNotNull();
    assertThat(span.attributes().get("onlooker.redacted.EMAIL")).isEqualTo(6L);
  }

  @Test
  void span_clean_noReceipt() {
    TracingEvent clean = Items.attributes(Map.of("gen_ai.usage.input_tokens", 12));

    assertThat(processor.process(clean)).isEqualTo(clean);
  }

  @Test
  void span_ownObjects_asPlainCopies() {
    record Customer(String name, List<String> mails) {}
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("customer", new Customer("Mira", List.of(MAIL, "none")));
    input.put("when", Optional.of("10.0.0.1"));
    input.put("codes", new int[] {1, 2});
    input.put("texts", new String[] {MAIL});
    input.put("bytes", new byte[3]);
    input.put("file", Path.of("home", "mira"));
    input.put("entry", Map.entry("password", "hunter2"));
    input.put("count", new AtomicLong(3));
    input.put("kind", PiiKind.EMAIL);
    input.put("none", null);
    input.put("why", new IllegalStateException("no " + MAIL));

    Object redacted = processor.process(Items.input(input)).span().input();

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("customer", Map.of("name", "Mira", "mails", List.of("[EMAIL]", "none")));
    expected.put("when", "[IP]");
    expected.put("codes", List.of(1, 2));
    expected.put("texts", List.of("[EMAIL]"));
    expected.put("bytes", "[3 bytes]");
    expected.put("file", Path.of("home", "mira").toString());
    expected.put("entry", Map.of("password", "[SECRET]"));
    expected.put("count", 3L);
    expected.put("kind", "EMAIL");
    expected.put("none", null);
    expected.put("why", "java.lang.IllegalStateException: no [EMAIL]");
    assertThat(redacted).isEqualTo(expected);
  }

  @Test
  void input_changedLater_staysAsItWas() {
    List<String> input = new ArrayList<>(List.of("clean"));

    Object redacted = processor.process(Items.input(input)).span().input();
    input.set(0, MAIL);

    assertThat(redacted).isEqualTo(List.of("clean"));
  }

  @Test
  void input_treeOfJson_readByWhatItPrints() {
    Iterable<String> tree = new Printing("{\"password\":\"hunter2\",\"note\":\"" + MAIL + "\"}");

    Object redacted = processor.process(Items.input(tree)).span().input();

    assertThat(redacted).isEqualTo("{\"password\":\"[SECRET]\",\"note\":\"[EMAIL]\"}");
  }

  @Test
  void numbers_longOnesAreLookedAt() {
    Map<String, Object> input =
        Map.of(
            "pan", 4111114903649512L, "rrn", new BigInteger("7904232989466"), "ms", 1715937164120L);

    SpanSnapshot span = processor.process(Items.input(input)).span();
    SpanSnapshot other =
        processor
            .process(Items.attributes(Map.of("pan", 4111114903649512L, "ms", 1715937164120L)))
            .span();

    assertThat(span.input())
        .isEqualTo(Map.of("pan", "[CREDIT_CARD]", "rrn", "[KR_RRN]", "ms", 1715937164120L));
    assertThat(other.attributes().get("pan")).isEqualTo("[CREDIT_CARD]");
    assertThat(other.attributes().get("ms")).isEqualTo(1715937164120L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db.password",
        "dbPassword",
        "api_key",
        "X-API-Key",
        "token",
        "accessToken",
        "Authorization",
        "http.request.header.authorization",
        "set-cookie",
        "client_secret",
        "privateKey",
        "credentials",
        "OPENAI_API_KEY",
      })
  void secretName_hidesValue(String key) {
    SpanSnapshot nested =
        processor.process(Items.input(Map.of(key, Map.of("a", "hunter2")))).span();
    SpanSnapshot attribute = processor.process(Items.attributes(Map.of(key, "hunter2"))).span();
    SpanSnapshot json =
        processor.process(Items.input("{\"" + key + "\": [\"hunter2\", {}]}")).span();

    assertThat(nested.input()).isEqualTo(Map.of(key, "[SECRET]"));
    assertThat(attribute.attributes().get(key)).isEqualTo("[SECRET]");
    assertThat(json.input()).isEqualTo("{\"" + key + "\": \"[SECRET]\"}");
    assertThat(json.attributes().get("onlooker.redacted.SECRET")).isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prompt_tokens",
        "max_tokens",
        "token_count",
        "gen_ai.usage.input_tokens",
        "usage.totalTokens",
        "tokenizer",
        "cookie_consent",
        "author",
        "secretary",
        "key",
        "gen_ai.token.type",
      })
  void otherName_keepsValue(String key) {
    TracingEvent event = Items.attributes(Map.of(key, 17));

    assertThat(processor.process(event)).isEqualTo(event);
  }

  @Test
  void rules_hidePathsAndFurtherNames() {
    RedactionRules rules =
        RedactionRules.builder()
            .hide("input.customer.address")
            .hide("metadata.*.note")
            .hide("gen_ai.tool.call.arguments")
            .secretKey("Badge No")
            .build();
    RedactionProcessor ruled = new RedactionProcessor(rules);
    Map<String, Object> customer = Map.of("address", List.of("Main St 1"), "name", "Mira");

    assertThat(ruled.process(Items.input(Map.of("customer", customer))).span().input())
        .isEqualTo(Map.of("customer", Map.of("address", "[HIDDEN]", "name", "Mira")));
    assertThat(
            ruled
                .process(Items.input("{\"customer\":{\"address\":{\"a\":1},\"n\":2}}"))
                .span()
                .input())
        .isEqualTo("{\"customer\":{\"address\":\"[HIDDEN]\",\"n\":2}}");
    assertThat(
            ruled
                .process(Items.metadata(Map.of("a", Map.of("note", "x", "b", 1))))
                .span()
                .metadata())
        .isEqualTo(Map.of("a", Map.of("note", "[HIDDEN]", "b", 1)));
    assertThat(
            ruled
                .process(
                    Items.attributes(Map.of("gen_ai.tool.call.arguments", "{}", "badge_no", "7")))
                .span()
                .attributes()
                .toMap())
        .containsEntry("gen_ai.tool.call.arguments", "[HIDDEN]")
        .containsEntry("badge_no", "[SECRET]")
        .containsEntry("onlooker.redacted.HIDDEN", 1L);
  }

  @Test
  void keys_redactedAndKeptApart() {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("mira@example.com", 1);
    input.put("tovin@example.com", 2);

    SpanSnapshot span = processor.process(Items.input(input)).span();
    SpanSnapshot other = processor.process(Items.attributes(input)).span();

    assertThat(span.input()).isEqualTo(Map.of("[EMAIL]", 1, "[EMAIL] 2", 2));
    assertThat(other.attributes().get("[EMAIL] 2")).isEqualTo(2L);
  }

  @Test
  void valueThatFails_droppedAndCounted() {
    Object hostile = new Printing(null);
    Map<String, Object> torn =
        new HashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Set<Map.Entry<String, Object>> entrySet() {
            throw new ConcurrentModificationException(MAIL);
          }
        };

    SpanSnapshot span = processor.process(Items.input(hostile)).span();
    SpanSnapshot other = processor.process(Items.output(torn)).span();

    assertThat(span.input()).isEqualTo("[REDACTION FAILED]");
    assertThat(span.name()).isEqualTo("run");
    assertThat(span.attributes().get("onlooker.redacted.FAILED")).isEqualTo(1L);
    assertThat(other.output()).isEqualTo("[REDACTION FAILED]");
    assertThat(processor.failures()).isEqualTo(2);
    assertThat(processor.counts()).containsEntry("FAILED", 2L);
  }

  @Test
  void workBeyondBudget_dropped() {
    RedactionProcessor limited = new RedactionProcessor(RedactionRules.BUILT_IN, SALT, 1000);

    SpanSnapshot span = limited.process(Items.output("x".repeat(2000))).span();

    assertThat(span.name()).isEqualTo("run");
    assertThat(span.output()).isEqualTo("[REDACTION FAILED]");
    assertThat(limited.failures()).isPositive();
  }

  @Test
  void slowPattern_dropped() {
    RedactionRules rules = RedactionRules.builder().pattern("SLOW", "(a?){300}b").build();
    RedactionProcessor slow = new RedactionProcessor(rules);

    SpanSnapshot span = slow.process(Items.output("a".repeat(4 << 20))).span();

    assertThat(span.output()).isEqualTo("[REDACTION FAILED]");
  }

  @Test
  void cyclesDepthAndSize_cut() {
    List<Object> cycle = new ArrayList<>(List.of(MAIL));
    cycle.add(cycle);
    Object deep = MAIL;
    for (int i = 0; i < 1000; i++) {
      deep = List.of(deep);
    }
    Object[] wide = new Object[PlainCopy.MOST_VALUES + 10];
    Arrays.fill(wide, "a");

    Object cut = processor.process(Items.input(cycle)).span().input();
    Object shallow = processor.process(Items.input(deep)).span().input();
    Object narrow = processor.process(Items.input(wide)).span().input();

    assertThat(cut).isEqualTo(List.of("[EMAIL]", "[CYCLE]"));
    assertThat(String.valueOf(shallow)).contains("[TOO DEEP]").hasSizeLessThan(200);
    assertThat((List<?>) narrow).hasSize(PlainCopy.MOST_VALUES + 1);
    assertThat(String.valueOf(narrow)).endsWith("a, [TRUNCATED]]");
  }

  @Test
  void log_bodyAndParameters() {
    LogData log =
        processor.process(
            Items.log(
                "from " + MAIL,
                Map.of("sentry.message.parameter.0", MAIL, "ips", List.of("10.0.0.1"))));

    assertThat(log.body()).isEqualTo("from [EMAIL]");
    assertThat(log.attributes().toMap())
        .containsEntry("sentry.message.parameter.0", "[EMAIL]")
        .containsEntry("ips", List.of("[IP]"))
        .containsEntry("onlooker.redacted.EMAIL", 2L)
        .containsEntry("onlooker.redacted.IP", 1L);
  }

  @Test
  void error_wholeChain() {
    ErrorData error = processor.process(Items.captured("no " + MAIL, Map.of("a", MAIL)));

    assertThat(error.toString()).doesNotContain(MAIL);
    assertThat(error.exceptions().get(1).value()).isEqualTo("cause: no [EMAIL]");
    assertThat(error.exceptions().get(0).frames()).hasSize(1);
    assertThat(error.breadcrumbs().get(0).name()).isEqualTo("said no [EMAIL]");
    assertThat(error.attributes().get("onlooker.redacted.EMAIL")).isEqualTo(6L);
  }

  @Test
  void secondProcessor_addsToTheReceipt() {
    RedactionProcessor own =
        new RedactionProcessor(RedactionRules.builder().pattern("EMP", "EMP\\d+").build());

    TracingEvent once = processor.process(Items.attributes(Map.of("a", MAIL, "b", "EMP12")));
    TracingEvent twice = own.process(own.process(once));

    assertThat(twice.span().attributes().toMap())
        .containsEntry("onlooker.redacted.EMAIL", 1L)
        .containsEntry("onlooker.redacted.EMP", 1L);
  }

  @Test
  void rules_changedWhileRunning() throws InterruptedException {
    RedactionRules labels = RedactionRules.builder().version("1").build();
    RedactionRules none =
        RedactionRules.builder().version("2").without(PiiKind.EMAIL).without(PiiKind.IP).build();
    RedactionProcessor changing = new RedactionProcessor(labels);
    List<String> seen = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread changer =
        new Thread(() -> {
          started.countDown();
          for (int i = 0; i < 500; i++) {
            changing.rules(i % 2 == 0 ? none : labels);
          }
        });

    changer.start();
    started.await();
    for (int i = 0; i < 2000; i++) {
      seen.add(changing.process(Items.log(MAIL, Map.of("ip", "10.0.0.1"))).toString());
    }
    changer.join();

    assertThat(seen)
        .allMatch(log -> log.contains("[EMAIL]") == log.contains("[IP]"))
        .allMatch(log -> log.contains(MAIL) != log.contains("[EMAIL]"));
    assertThat(changing.rules()).isEqualTo(labels);
  }

  /** Prints what it is told, or fails when there is nothing to print. */
  private static final class Printing implements Iterable<String> {

    private final @Nullable String text;

    Printing(@Nullable String text) {
      this.text = text;
    }

    @Override
    public Iterator<String> iterator() {
      return List.of("without its names").iterator();
    }

    @Override
    public String toString() {
      if (text == null) {
        throw new AssertionError(MAIL);
      }
      return text;
    }
  }
}
