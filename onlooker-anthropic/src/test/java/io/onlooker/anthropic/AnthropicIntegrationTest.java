package io.onlooker.anthropic;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings for a whole application, and which of them wins. */
class AnthropicIntegrationTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private SpanSnapshot ask(SpanRecorder recorder, AnthropicClient client) {
    server.reply(Reply.text("Because."));
    assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();
    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  @Test
  void settings_ofTheIntegration() {
    AnthropicIntegration integration =
        AnthropicIntegration.create(options -> options.recordInputs(true).provider("proxy"));
    try (SpanRecorder recorder =
        SpanRecorder.create(options -> options.integrations(integration))) {

      SpanSnapshot span = ask(recorder, integration.instrument(Clients.open(server)));

      assertThat(span).hasAttribute(GenAi.PROVIDER_NAME, "proxy");
      assertThat(span.input()).asString().contains("Why?");
      assertThat(span.output()).isNull();
    }
  }

  @Test
  void settings_ofTheClientWin() {
    AnthropicIntegration integration =
        AnthropicIntegration.create(options -> options.recordInputs(true));
    try (SpanRecorder recorder =
        SpanRecorder.create(options -> options.integrations(integration))) {

      SpanSnapshot span =
          ask(
              recorder,
              OnlookerAnthropic.instrument(
                  Clients.open(server),
                  options -> options.onlooker(recorder.onlooker()).recordInputs(false)));

      assertThat(span.input()).isNull();
    }
  }

  @Test
  void content_isAsSendDefaultPii() {
    try (SpanRecorder recorder = SpanRecorder.create(options -> options.sendDefaultPii(true))) {

      SpanSnapshot span =
          ask(
              recorder,
              OnlookerAnthropic.instrument(
                  Clients.open(server),
                  options -> options.onlooker(recorder.onlooker()).recordOutputs(false)));

      assertThat(span.input()).asString().contains("Why?");
      assertThat(span.output()).isNull();
    }
  }

  @Test
  void version_isTheOneUnderTest() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      ask(
          recorder,
          OnlookerAnthropic.instrument(
              Clients.open(server), options -> options.onlooker(recorder.onlooker())));
    }

    assertThat(server.received().get(0).headers())
        .containsEntry("x-stainless-package-version", System.getProperty("anthropic.version"));
  }
}
