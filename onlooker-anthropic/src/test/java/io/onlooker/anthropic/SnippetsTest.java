package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.MessageCreateParams;
import io.onlooker.Onlooker;
import io.onlooker.Snippets;
import io.onlooker.SpanOptions;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
class SnippetsTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void client_isInstrumented() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("Because."));
      AnthropicClient anthropic = Clients.open(server);

      // snippet: instrument
      AnthropicClient client = OnlookerAnthropic.instrument(anthropic);
      // end

      assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();
      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void options_areSet() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      server.reply(Reply.text("Because."));
      AnthropicClient anthropic = Clients.open(server);
      Onlooker onlooker = recorder.onlooker();

      // snippet: options
      AnthropicClient client =
          OnlookerAnthropic.instrument(
              anthropic,
              options ->
                  options
                      .onlooker(onlooker) // else the current one
                      .recordInputs(true)
                      .recordOutputs(true)
                      .provider("anthropic") // else what the client says of its backend
                      .builtInSpans(false)); // else false
      // end

      assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();
      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void integration_hasTheSettings() {
    server.reply(Reply.text("Because."));
    AnthropicClient anthropic = Clients.open(server);

    // snippet: integration
    AnthropicIntegration integration =
        AnthropicIntegration.create(options -> options.recordInputs(true));
    Onlooker onlooker = Onlooker.init(options -> options.integrations(integration));
    AnthropicClient client = integration.instrument(anthropic);
    // end

    assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();
    onlooker.close();
  }

  @Test
  void toolRunner_isWithinAnAgent() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      server.reply(Reply.text("On its way."));
      Onlooker onlooker = recorder.onlooker();
      AnthropicClient client =
          OnlookerAnthropic.instrument(Clients.open(server), options -> options.onlooker(onlooker));
      MessageCreateParams question = Clients.askBeta("Where is order 4711?");

      // snippet: tool-runner
      onlooker.runSpan(
          SpanOptions.agentRun("support"),
          run -> {
            for (BetaMessage message : client.beta().messages().toolRunner(question)) {
              run.output(message.content());
            }
          });
      // end

      assertThat(recorder.takeAll()).hasSize(2);
    }
  }

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
