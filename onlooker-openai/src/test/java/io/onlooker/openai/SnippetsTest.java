package io.onlooker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import io.onlooker.Onlooker;
import io.onlooker.Snippets;
import io.onlooker.SpanOptions;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
class SnippetsTest {

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }

  @Test
  void instrument_oneLine() {
    try (ScriptedModelServer server = ScriptedModelServer.start();
        SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("It is on its way."));
      Onlooker onlooker = recorder.onlooker();
      OpenAIClient openai = Clients.shared(server.uri());
      var params = Clients.chat("Where is order 4711?");

      // snippet: instrument
      OpenAIClient client = OnlookerOpenAi.instrument(openai);

      ChatCompletion answer =
          onlooker.startSpan(
              SpanOptions.agentRun("support"), run -> client.chat().completions().create(params));
      // end

      assertThat(Clients.text(answer)).isEqualTo("It is on its way.");
      assertThat(recorder.takeSession()).isNotNull();
    }
  }

  @Test
  void instrument_withOptions() {
    OpenAIClient openai =
        OnlookerOpenAi.instrument(Clients.shared(java.net.URI.create("http://x")));

    // snippet: options
    OpenAIClient client =
        OnlookerOpenAi.instrument(openai, o -> o.recordInputs(true).recordOutputs(true));
    // end

    assertThat(client).isNotNull();
  }

  @Test
  void integration_forAll() {
    String dsn = "http://key@127.0.0.1:1/1";

    // snippet: integration
    Onlooker onlooker =
        Onlooker.init(options ->
            options.dsn(dsn).integrations(OpenAiIntegration.create(o -> o.recordInputs(true))));
    // end

    assertThat(onlooker.integration(OpenAiIntegration.class)).isNotNull();
    onlooker.shutdown(java.time.Duration.ZERO);
  }
}
