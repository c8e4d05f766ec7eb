package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class SentrySettingsTest {

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk");

  @Test
  void environment_readsAllThree() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Map<String, String> variables =
          Map.of(
              "SENTRY_DSN", receiver.dsn(), "SENTRY_ENVIRONMENT", "qa", "SENTRY_RELEASE", "shop@2");

      JsonNode transaction = send(receiver, builder(variables));

      assertThat(transaction.path("environment").asString()).isEqualTo("qa");
      assertThat(transaction.path("release").asString()).isEqualTo("shop@2");
    }
  }

  @Test
  void environment_defaults() throws Exception {
    try (Receiver receiver = new Receiver()) {
      JsonNode transaction = send(receiver, builder(Map.of("SENTRY_DSN", receiver.dsn())));

      assertThat(transaction.path("environment").asString()).isEqualTo("production");
      assertThat(transaction.has("release")).isFalse();
      assertThat(transaction.path("platform").asString()).isEqualTo("java");
      assertThat(transaction.path("sdk").path("name").asString()).isEqualTo("sentry.java.onlooker");
    }
  }

  @Test
  void settings_winOverEnvironment() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Map<String, String> variables =
          Map.of("SENTRY_DSN", "http://k@nowhere.invalid/1", "SENTRY_ENVIRONMENT", "qa");

      JsonNode transaction =
          send(
              receiver,
              builder(variables).dsn(receiver.dsn()).environment("live").origin("manual"));

      assertThat(transaction.path("environment").asString()).isEqualTo("live");
      assertThat(transaction.path("contexts").path("trace").path("origin").asString())
          .isEqualTo("manual");
    }
  }

  @Test
  void options_reachTheExporterOfTheirDsn() throws Exception {
    try (Receiver receiver = new Receiver();
        Onlooker onlooker =
            Onlooker.create(options ->
                options
                    .dsn(receiver.dsn())
                    .attributeNames(AttributeNames.SEED)
                    .spans(SentrySpans.STREAM))) {

      onlooker.startInactiveSpan(SpanOptions.modelGeneration("gpt-4o", "openai")).end();
      assertThat(onlooker.flush(Duration.ofSeconds(10))).isTrue();

      JsonNode span = receiver.payloads("span").findFirst().orElseThrow().path("items").path(0);
      assertThat(span.path("attributes").has("gen_ai.system")).isTrue();
      assertThat(span.path("attributes").has("gen_ai.provider.name")).isFalse();
    }
  }

  @Test
  void dsn_missing_everyCallDoesNothing() {
    SentryExporter exporter = builder(Map.of()).build();

    assertThat(exporter.enabled()).isFalse();
    assertDoesNothing(exporter);
  }

  @Test
  void dsn_malformedInEnvironment_everyCallDoesNothing() {
    SentryExporter exporter = builder(Map.of("SENTRY_DSN", "not a dsn")).build();

    assertThat(exporter.enabled()).isFalse();
    assertDoesNothing(exporter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "http://host/1",
        "http://key@/1",
        "http://key@host",
        "http://key@host/",
        "ftp://key@host/1",
        "http://key@host:port/1",
        "http://key@host:65536/1",
        "http://@host/1",
        "key@host/1",
        "http://ü ü"
      })
  void dsn_malformed(String dsn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SentryExporter.builder().dsn(dsn))
        .withMessageStartingWith("dsn: '")
        .withMessageEndingWith("(expected: http(s)://KEY@HOST[:PORT]/PROJECT)");
  }

  @Test
  void dsn_malformed_keyHidden() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SentryExporter.builder().dsn("https://abc123:secret@host"))
        .withMessageContaining("https://***@host")
        .withMessageNotContaining("abc123")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://k@o1.ingest.sentry.io/42, https://o1.ingest.sentry.io/api/42/envelope/",
    "http://k:s@localhost:8600/1, http://localhost:8600/api/1/envelope/",
    "http://k@host/pre/fix/7/, http://host/pre/fix/api/7/envelope/",
    "http://k@[::1]:9000/shop, http://[::1]:9000/api/shop/envelope/"
  })
  void dsn_endpoint(String dsn, String endpoint) {
    assertThat(Dsn.parse(dsn).endpoint()).hasToString(endpoint);
    assertThat(Dsn.parse(dsn).key()).isEqualTo("k");
    assertThat(Dsn.parse(dsn).toString()).doesNotContain("k@").doesNotContain("k:s");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
  void rate_outside(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SentryExporter.builder().tracesSampleRate(rate))
        .withMessage("tracesSampleRate: " + rate + " (expected: 0.0 to 1.0)");
  }

  @Test
  void queueBytes_tooFew() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SentryExporter.builder().queueBytes(10))
        .withMessage("queueBytes: 10 (expected: 65536 or more)");
  }

  @Test
  void rate_none_countsSpansAndSendsErrors() throws Exception {
    try (Receiver receiver = new Receiver()) {
      SentryExporter exporter =
          SentryExporter.builder().dsn(receiver.dsn()).tracesSampleRate(0).build();

      exporter.exportTracingEvent(agent.started());
      exporter.exportTracingEvent(agent.child(2, GENERIC).fails("Boom", "x").ended());
      exporter.exportTracingEvent(agent.ended());
      exporter.shutdown(Duration.ofSeconds(10));

      assertThat(receiver.spans()).isEmpty();
      assertThat(receiver.payloads("event")).hasSize(1);
      assertThat(exporter.metrics().dropped(Drop.UNSAMPLED)).isEqualTo(2);
      assertThat(receiver.payloads("client_report").findFirst().orElseThrow().toString())
          .contains("{\"reason\":\"sample_rate\",\"category\":\"transaction\",\"quantity\":1}")
          .contains("{\"reason\":\"sample_rate\",\"category\":\"span\",\"quantity\":2}");
    }
  }

  @Test
  void rate_half_decidedByTraceId() {
    long kept =
        java.util.stream.IntStream.range(0, 10_000)
            .filter(i -> Sampling.keeps(Envelope.newId(), 0.5))
            .count();

    assertThat(kept).isBetween(4_500L, 5_500L);
    assertThat(Sampling.keeps("0".repeat(32), 0.001)).isTrue();
    assertThat(Sampling.keeps("f".repeat(32), 0.999)).isFalse();
    assertThat(Sampling.keeps("not hex", 0.5)).isTrue();
  }

  @Test
  void shutdown_laterItemsAreCounted() throws IOException {
    try (Receiver receiver = new Receiver()) {
      SentryExporter exporter = SentryExporter.builder().dsn(receiver.dsn()).build();
      exporter.shutdown(Duration.ofSeconds(1));

      exporter.exportTracingEvent(agent.ended());

      assertThat(exporter.shutdown(Duration.ofSeconds(1))).isTrue();
      assertThat(exporter.metrics().dropped(Drop.CLOSED)).isEqualTo(1);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  private void assertDoesNothing(SentryExporter exporter) {
    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(agent.ended());
    exporter.exportLog(new LogData(1, null, null, LogData.Level.INFO, "x", Attributes.EMPTY));
    exporter.exportError(
        new ErrorData("e", 1, null, null, LogData.Level.ERROR, "x", List.of(), Attributes.EMPTY));
    assertThat(exporter.flush()).isTrue();
    assertThat(exporter.shutdown()).isTrue();
    assertThat(exporter.metrics().sent() + exporter.metrics().dropped()).isZero();
  }

  private static SentryExporter.Builder builder(Map<String, String> variables) {
    return new SentryExporter.Builder(variables::get);
  }

  private JsonNode send(Receiver receiver, SentryExporter.Builder builder) {
    SentryExporter exporter = builder.build();
    exporter.exportTracingEvent(agent.ended());
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    return receiver.payloads("transaction").findFirst().orElseThrow();
  }
}
