package io.onlooker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.export.OtlpExporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlookerTest {

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void tracesSampleRate_impossible(double rate) {
    assertThatThrownBy(() -> new Recorded(options -> options.tracesSampleRate(rate)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tracesSampleRate: " + rate + " (expected: 0.0 to 1.0)");
  }

  @Test
  void queueSize_impossible() {
    assertThatThrownBy(() -> new Recorded(options -> options.queueSize(1)))
        .hasMessage("queueSize: 1 (expected: 2 to 1000000)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a dsn", "https://sentry.example/1", "ftp://secret@host/1"})
  void dsn_impossible(String dsn) {
    assertThatThrownBy(() -> new Recorded(options -> options.dsn(dsn)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("dsn: ")
        .hasMessageContaining("expected")
        .hasMessageNotContaining("secret");
  }

  @Test
  void settings_fromTheEnvironment() {
    Map<String, String> variables =
        Map.of(
            "SENTRY_DSN", "https://key@sentry.example/7",
            "SENTRY_ENVIRONMENT", "staging",
            "SENTRY_RELEASE", "1.2.3");

    Settings settings = new OnlookerOptions().variables(variables::get).settings();

    assertThat(settings.dsn()).isEqualTo("https://key@sentry.example/7");
    assertThat(settings.publicKey()).isEqualTo("key");
    assertThat(settings.environment()).isEqualTo("staging");
    assertThat(settings.release()).isEqualTo("1.2.3");
    assertThat(settings.sampleRate()).isEqualTo(1.0);
  }

  @Test
  void settings_fromABadVariable_sendNothing() {
    Settings settings = new OnlookerOptions().variables(name -> "not a dsn").settings();

    assertThat(settings.dsn()).isNull();
  }

  @Test
  void settings_givenOnesBeatTheEnvironment() {
    OnlookerOptions options =
        new OnlookerOptions()
            .variables(name -> "https://other@sentry.example/8")
            .dsn("https://key@sentry.example/7")
            .environment("test")
            .release("2");

    Settings settings = options.settings();

    assertThat(settings.dsn()).isEqualTo("https://key@sentry.example/7");
    assertThat(settings.environment()).isEqualTo("test");
    assertThat(settings.release()).isEqualTo("2");
  }

  @Test
  void settings_withAnExporterTheEnvironmentsDsnIsNotUsed() {
    Recorded exporter = new Recorded();
    OnlookerOptions options =
        new OnlookerOptions().variables(name -> "https://k@h.example/1").exporter(exporter);

    assertThat(options.settings().dsn()).isNull();
    exporter.close();
  }

  @Test
  void noDsnAndNoExporter_recordsNothing() {
    try (Onlooker onlooker = Onlooker.create(options -> options.variables(name -> null))) {
      assertThat(onlooker.enabled()).isFalse();
      assertThat(onlooker.<Integer, RuntimeException>startSpan("work", span -> 42)).isEqualTo(42);
      onlooker.captureException(new IllegalStateException("seen"));
      onlooker.logger().info("nothing");
      assertThat(onlooker.traceData()).isEmpty();
      assertThat(onlooker.flush()).isTrue();
    }
  }

  @Test
  void exporters_tellWhereTheySendWithoutASecret() {
    try (Onlooker onlooker =
        Onlooker.create(options ->
            options
                .dsn("https://secret@sentry.example/7")
                .apiKey("secret")
                .apiUrl("http://localhost:8600")
                .exporter(OtlpExporter.builder("http://user:secret@localhost:4318/in").build()))) {
      List<Exporter> exporters = onlooker.exporters();

      assertThat(exporters)
          .extracting(Exporter::place)
          .containsExactly(
              "http://localhost:4318/in",
              "https://sentry.example project 7",
              "http://localhost:8600");
      assertThat(exporters)
          .allSatisfy(exporter -> assertThat(requireNonNull(exporter.metrics()).sent()).isZero());
    }
  }

  @Test
  void init_makesItCurrentUntilClosed() {
    assertThat(Onlooker.current().enabled()).isFalse();
    Recorded exporter = new Recorded();

    Onlooker first = Onlooker.init(options -> options.exporter(exporter));
    assertThat(Onlooker.current()).isSameAs(first);
    Onlooker second = Onlooker.init(options -> options.exporter(exporter));
    assertThat(Onlooker.current()).isSameAs(second);
    assertThat(first.enabled()).isFalse();
    second.close();

    assertThat(Onlooker.current()).isNotSameAs(second);
    assertThat(Onlooker.current().enabled()).isFalse();
    exporter.close();
  }

  @Test
  void close_endsOpenSpansChildrenFirst() {
    Recorded recorded = new Recorded();
    Span root = recorded.onlooker.startInactiveSpan("root");
    Span child = root.startChild(SpanOptions.named("child"));
    child.setAttribute("known", true);

    recorded.close();

    assertThat(recorded.events)
        .filteredOn(e -> e.kind() == TracingEvent.Kind.SPAN_ENDED)
        .extracting(e -> e.span().name())
        .containsExactly("child", "root");
    SpanSnapshot ended = recorded.events.get(2).span();
    assertThat(ended.attributes().flag("known")).isTrue();
    assertThat(ended.status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "open at shutdown"));
    assertThat(root.recording()).isFalse();
  }

  @Test
  void close_thenNothingIsRecorded() {
    Recorded recorded = new Recorded();
    recorded.close();
    recorded.close();

    Span span = recorded.onlooker.startInactiveSpan("late");
    span.setAttribute("a", 1).end();
    recorded.onlooker.captureMessage("late", LogData.Level.INFO);

    assertThat(span.recording()).isFalse();
    assertThat(recorded.events).isEmpty();
    assertThat(recorded.errors).isEmpty();
    assertThat(recorded.onlooker.metrics().dropped(Drop.CLOSED)).isEqualTo(2);
  }

  @Test
  void flush_keepsItsDeadline() {
    CountDownLatch stuck = new CountDownLatch(1);
    Processor waiting =
        new Processor() {
          @Override
          public LogData process(LogData log) {
            await(stuck);
            return log;
          }
        };
    Recorded recorded = new Recorded(options -> options.processor(waiting));
    recorded.onlooker.logger().info("waits");

    boolean flushed = recorded.onlooker.flush(Duration.ofMillis(50));

    assertThat(flushed).isFalse();
    stuck.countDown();
    assertThat(recorded.logs()).hasSize(1);
    recorded.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void exporters_oneThatFailsLeavesTheOthersAlone() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Exporter failing =
        new Exporter() {
          @Override
          public void exportTracingEvent(TracingEvent event) {
            seen.add(event.kind().name());
            throw new IllegalStateException("broken exporter");
          }

          @Override
          public boolean flush(Duration timeout) {
            throw new IllegalStateException("broken exporter");
          }

          @Override
          public boolean shutdown(Duration timeout) {
            throw new IllegalStateException("broken exporter");
          }
        };
    Recorded recorded = new Recorded();
    Onlooker onlooker = Onlooker.create(options -> options.exporter(failing).exporter(recorded));

    onlooker.startSpan("work", span -> 1);

    assertThat(onlooker.flush(Recorded.PATIENCE)).isFalse();
    assertThat(seen).containsExactly("SPAN_STARTED", "SPAN_ENDED");
    assertThat(recorded.events).hasSize(2);
    assertThatCode(onlooker::close).doesNotThrowAnyException();
    recorded.close();
  }
}
