package io.onlooker.springboot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.Sampler;
import io.onlooker.SpanOptions;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.SpanRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class OnlookerAutoConfigurationTest {

  private static final String DSN = "http://key@localhost:1/7";

  @Test
  void dsn_opensAndMakesCurrent() {
    Contexts.sendingTo(DSN)
        .run(context -> {
          Onlooker onlooker = context.getBean(Onlooker.class);

          assertThat(onlooker.enabled()).isTrue();
          assertThat(Onlooker.current()).isSameAs(onlooker);
          assertThat(onlooker.exporters())
              .extracting(Exporter::place)
              .containsExactly("http://localhost:1 project 7");
        });
  }

  @Test
  void end_sendsWhatWaitsAndCloses() {
    List<Onlooker> seen = new ArrayList<>();
    try (CaptureServer server = CaptureServer.start()) {
      Contexts.sendingTo(server.dsn())
          .run(context -> {
            seen.add(context.getBean(Onlooker.class));
            seen.get(0).startSpan(SpanOptions.agentRun("support"), span -> "done");
          });

      ExportMetrics metrics = requireNonNull(seen.get(0).exporters().get(0).metrics());
      assertThat(metrics.sent()).as(metrics.toString()).isEqualTo(1);
      assertThat(seen.get(0).enabled()).isFalse();
      assertThat(Onlooker.current().enabled()).isFalse();
    }
  }

  @Test
  void dsn_none_recordsNothing() {
    Contexts.runner()
        .withPropertyValues("onlooker.dsn=", "onlooker.environment=")
        .run(context -> {
          Onlooker onlooker = context.getBean(Onlooker.class);

          assertThat(onlooker.enabled()).isFalse();
          assertThat(onlooker.<Integer, RuntimeException>startSpan("work", span -> 7)).isEqualTo(7);
        });
  }

  @Test
  void currentOne_staysWhereNothingSaysWhereToSend() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      Contexts.runner()
          .run(
              context -> assertThat(context.getBean(Onlooker.class)).isSameAs(recorder.onlooker()));

      assertThat(recorder.onlooker().enabled()).as("whoever opened it closes it").isTrue();
    }
  }

  @Test
  void bean_ofTheApplicationWins() {
    Contexts.sendingTo(DSN)
        .withUserConfiguration(OwnOnlooker.class)
        .run(context ->
            assertThat(context)
                .hasSingleBean(Onlooker.class)
                .doesNotHaveBean(OpenedOnlooker.class));
  }

  @Test
  void beans_ofTheApplication_severalWithoutAPrimaryOne_start() {
    Contexts.runner()
        .withUserConfiguration(OwnOnlooker.class)
        .withBean("another", Onlooker.class, () -> Onlooker.create(options -> options.dsn(DSN)))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void beans_areTaken() {
    Contexts.runner()
        .withUserConfiguration(OwnParts.class)
        .run(context -> {
          Onlooker onlooker = context.getBean(Onlooker.class);
          onlooker.startSpan("never", span -> "");
          onlooker.flush();

          assertThat(onlooker.exporters()).containsExactly(context.getBean(Exporter.class));
          assertThat(onlooker.metrics().dropped(Drop.UNSAMPLED)).isEqualTo(1);
        });
  }

  @Test
  void enabled_false_leavesNothingButAnIdleOne() {
    Contexts.sendingTo(DSN)
        .withPropertyValues("onlooker.enabled=false")
        .run(context -> {
          assertThat(context.getBean(Onlooker.class).enabled()).isFalse();
          assertThat(context).doesNotHaveBean(BeanInstrumenter.class);
        });
  }

  @Test
  void lazyInitialization_opensAllTheSame() {
    Contexts.sendingTo(DSN)
        .withInitializer(context ->
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
        .run(context -> assertThat(Onlooker.current().enabled()).isTrue());
  }

  @Test
  void settings_allOfThem() {
    Contexts.runner()
        .withPropertyValues(
            "onlooker.api-key=key",
            "onlooker.api-url=http://localhost:1",
            "onlooker.environment=staging",
            "onlooker.release=1.2",
            "onlooker.traces-sample-rate=0.5",
            "onlooker.attribute-names=current",
            "onlooker.spans=stream",
            "onlooker.send-default-pii=true",
            "onlooker.debug=true",
            "onlooker.queue-size=64",
            "onlooker.otel=off",
            "onlooker.dsn=" + DSN)
        .run(context -> {
          Onlooker onlooker = context.getBean(Onlooker.class);

          assertThat(onlooker.sendDefaultPii()).isTrue();
          assertThat(onlooker.exporters())
              .extracting(Exporter::place)
              .containsExactly("http://localhost:1 project 7", "http://localhost:1");
          assertThat(
                  onlooker.<String, RuntimeException>startSpan(
                      "root", span -> onlooker.traceData().toString()))
              .contains(
                  "sentry-environment=staging", "sentry-release=1.2", "sentry-sample_rate=0.5");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "onlooker.traces-sample-rate=1.5 | onlooker.traces-sample-rate: 1.5 (expected: 0.0 to 1.0)",
        "onlooker.queue-size=1           | onlooker.queue-size: 1 (expected: 2 to 1000000)",
        "onlooker.dsn=nowhere            | onlooker.dsn: ",
        "onlooker.dsn=http://secret@/1   | onlooker.dsn: ",
        "onlooker.api-url=nowhere        | onlooker.api-url: 'nowhere' (expected: http(s)://HOST",
        "onlooker.traces-sample-rate=all | onlooker.traces-sample-rate",
        "onlooker.spans=both             | onlooker.spans",
        "onlooker.otel=maybe             | onlooker.otel",
        "onlooker.enabled=perhaps        | onlooker.enabled",
        "onlooker.openai.enabled=perhaps | onlooker.openai.enabled",
      })
  void property_impossible_isNamed(String property, String message) {
    Contexts.runner()
        .withPropertyValues("onlooker.api-key=key", property)
        .run(context -> {
          assertThat(context).hasFailed();
          List<String> messages = Causes.messages(context.getStartupFailure());
          assertThat(messages).anyMatch(text -> text.contains(message));
          assertThat(messages).noneMatch(text -> text.contains("secret"));
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnOnlooker {

    @Bean
    Onlooker mine() {
      return Onlooker.create(options -> options.dsn(DSN));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnParts {

    @Bean
    Exporter exporter() {
      return io.onlooker.export.ConsoleExporter.to(System.out);
    }

    @Bean
    Sampler sampler() {
      return Sampler.never();
    }
  }
}
