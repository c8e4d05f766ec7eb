package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final Recorded recorded =
      new Recorded(options -> options.environment("test env").release("1.0"));
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void traceData_outsideOfAnyTrace() {
    assertThat(onlooker.traceData()).isEmpty();
  }

  @Test
  void traceData_ofASpan() {
    onlooker.runSpan(
        SpanOptions.named("Checkout"),
        span -> {
          Map<String, String> data = onlooker.traceData();
          assertThat(data)
              .containsOnlyKeys("sentry-trace", "baggage", "traceparent")
              .contains(
                  entry("sentry-trace", span.traceId() + "-" + span.spanId() + "-1"),
                  entry("traceparent", "00-" + span.traceId() + "-" + span.spanId() + "-01"));
          assertThat(data.get("baggage"))
              .contains("sentry-trace_id=" + span.traceId())
              .contains("sentry-environment=test%20env")
              .contains("sentry-release=1.0")
              .contains("sentry-transaction=Checkout")
              .contains("sentry-sample_rate=1.0")
              .contains("sentry-sampled=true")
              .containsPattern("sentry-sample_rand=0\\.[0-9]{6}(,|$)");
        });
  }

  @Test
  void continueTrace_roundTrip() {
    Map<String, String> headers = onlooker.startSpan("producer", span -> onlooker.traceData());

    onlooker.continueTrace(headers, () -> onlooker.startSpan("consumer", span -> 1));

    SpanSnapshot producer = recorded.span("producer");
    SpanSnapshot consumer = recorded.span("consumer");
    assertThat(consumer.traceId()).isEqualTo(producer.traceId());
    assertThat(consumer.parentSpanId()).isEqualTo(producer.spanId());
    assertThat(consumer.root()).isTrue();
  }

  @Test
  void continueTrace_keepsTheBaggageThatCame() {
    String baggage =
        "other=1, sentry-trace_id="
            + TRACE
            + ",sentry-sample_rate=0.5,sentry-release=frontend%402.0;p=1";
    Map<String, String> out =
        onlooker.continueTrace(
            Map.of("sentry-trace", TRACE + "-" + PARENT + "-1", "baggage", baggage),
            () -> onlooker.startSpan("server", span -> onlooker.traceData()));

    assertThat(out.get("sentry-trace")).startsWith(TRACE + "-").endsWith("-1");
    assertThat(out.get("baggage"))
        .contains("sentry-release=frontend%402.0", "sentry-sample_rate=0.5")
        .contains("sentry-sample_rand=0.")
        .doesNotContain("other", "test%20env");
  }

  @Test
  void continueTrace_decisionMadeThereCounts() {
    onlooker.continueTrace(
        Map.of("sentry-trace", TRACE + "-" + PARENT + "-0"),
        () -> onlooker.startSpan("server", span -> 1));

    assertThat(recorded.spans()).isEmpty();
  }

  @Test
  void continueTrace_numberThatCameDecides() {
    try (Recorded half = new Recorded(options -> options.tracesSampleRate(0.5))) {
      for (String rand : List.of("0.400000", "0.600000")) {
        half.onlooker.continueTrace(
            Map.of("sentry-trace", TRACE + "-" + PARENT, "baggage", "sentry-sample_rand=" + rand),
            () -> half.onlooker.startSpan(rand, span -> 1));
      }

      assertThat(half.span().name()).isEqualTo("0.400000");
    }
  }

  @Test
  void continueTrace_fromTraceparent() {
    onlooker.continueTrace(
        Map.of("Traceparent", List.of("00-" + TRACE + "-" + PARENT + "-00")),
        () -> onlooker.startSpan("server", span -> 1));

    assertThat(recorded.span().traceId()).isEqualTo(TRACE);
    assertThat(recorded.span().parentSpanId()).isEqualTo(PARENT);
  }

  @Test
  void continueTrace_namesAsAQueueStoresThem() {
    onlooker.continueTrace(
        Map.of("sentryTrace", TRACE + "-" + PARENT + "-1"),
        () -> onlooker.startSpan("consumer", span -> 1));

    assertThat(recorded.span().traceId()).isEqualTo(TRACE);
  }

  @Test
  void continueTrace_withoutASpanPassesTheTraceOn() {
    Map<String, String> out =
        onlooker.continueTrace(
            Map.of("sentry-trace", TRACE + "-" + PARENT + "-1"), onlooker::traceData);

    assertThat(out.get("sentry-trace")).isEqualTo(TRACE + "-" + PARENT + "-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "00000000000000000000000000000000-00f067aa0ba902b7-1",
        "4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-1",
        "4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-1",
        "4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-1"
      })
  void continueTrace_unreadableHeaderStartsANewTrace(String header) {
    onlooker.continueTrace(
        Map.of("sentry-trace", header), () -> onlooker.startSpan("server", span -> 1));

    assertThat(recorded.span().traceId()).isNotEqualToIgnoringCase(TRACE);
    assertThat(recorded.span().parentSpanId()).isNull();
  }

  @Test
  void continueTrace_oversizedOrBrokenBaggageIsLeftOut() {
    String baggage = "sentry-environment=%zz,sentry-release=" + "x".repeat(9000);
    Map<String, String> out =
        onlooker.continueTrace(
            Map.of("sentry-trace", TRACE + "-" + PARENT + "-1", "baggage", baggage),
            () -> onlooker.startSpan("server", span -> onlooker.traceData()));

    assertThat(out.get("baggage")).contains("sentry-release=1.0");
  }

  @Test
  void withTrace_shapesTheFirstSpan() {
    TraceOptions options =
        TraceOptions.NONE
            .traceId("AB12")
            .parentSpanId("7")
            .rootName("Nightly import")
            .tags("beta", "import")
            .metadata(Map.of("runId", "r-1"));
    onlooker.withTrace(
        options,
        () -> onlooker.startSpan("import", span -> onlooker.startSpan("step", inner -> 1)));

    SpanSnapshot root = recorded.span("Nightly import");
    assertThat(root.traceId()).isEqualTo("0000000000000000000000000000ab12");
    assertThat(root.parentSpanId()).isEqualTo("0000000000000007");
    assertThat(root.root()).isTrue();
    assertThat(root.tags()).containsExactly("beta", "import");
    SpanSnapshot step = recorded.span("step");
    assertThat(step.traceId()).isEqualTo(root.traceId());
    assertThat(step.tags()).isEmpty();
    assertThat(step.metadata()).containsExactly(entry("runId", "r-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "000", "4bf92f3577b34da6a3ce929d0e0e47361"})
  void withTrace_badIdsAreIgnored(String id) {
    SpanOptions options =
        SpanOptions.named("root").trace(TraceOptions.NONE.traceId(id).parentSpanId(id + "-"));
    onlooker.startSpan(options, span -> 1);

    assertThat(recorded.span().traceId()).matches("[0-9a-f]{32}").doesNotEndWith(id + "x");
    assertThat(recorded.span().parentSpanId()).isNull();
  }

  @Test
  void hideInputAndOutput_forTheWholeTrace() {
    TraceOptions hidden = TraceOptions.NONE.hideInput().hideOutput();
    SpanOptions root = SpanOptions.agentRun("support").trace(hidden).input("my question");
    onlooker.runSpan(
        root,
        span -> {
          Span model =
              span.startChild(
                  SpanOptions.modelGeneration("gpt-4o", "openai")
                      .attribute(GenAi.INPUT_MESSAGES, "my question"));
          model.setAttribute(GenAi.RESPONSE_TEXT, "my answer").output("my answer").end();
          span.output("my answer");
        });

    assertThat(recorded.spans()).hasSize(2);
    assertThat(recorded.events.toString()).doesNotContain("my question", "my answer");
  }
}
