package io.onlooker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
class ReadmeTest {

  private static final Pattern SHOWN =
      Pattern.compile("<!-- snippet -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void samples_areThoseThatRun() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/onlooker/openai/ReadmeTest.java"))
            .replaceAll("\\s+", "");

    var samples = SHOWN.matcher(Files.readString(Path.of("README.md"))).results().toList();

    assertThat(samples).hasSize(3);
    assertThat(samples)
        .allSatisfy(sample -> assertThat(source).contains(sample.group(1).replaceAll("\\s+", "")));
  }

  @Test
  void instrument_oneLine() {
    try (ScriptedModelServer server = ScriptedModelServer.start();
        SpanRecorder recorder = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("It is on its way."));
      Onlooker onlooker = recorder.onlooker();
      OpenAIClient openai = Clients.shared(server.uri());
      var params = Clients.chat("Where is order 4711?");

      OpenAIClient client = OnlookerOpenAi.instrument(openai);

      ChatCompletion answer =
          onlooker.startSpan(
              SpanOptions.agentRun("support"), run -> client.chat().completions().create(params));

      assertThat(Clients.text(answer)).isEqualTo("It is on its way.");
      assertThat(recorder.takeSession()).isNotNull();
    }
  }

  @Test
  void instrument_withOptions() {
    OpenAIClient openai =
        OnlookerOpenAi.instrument(Clients.shared(java.net.URI.create("http://x")));

    OpenAIClient client =
        OnlookerOpenAi.instrument(openai, o -> o.recordInputs(true).recordOutputs(true));

    assertThat(client).isNotNull();
  }

  @Test
  void integration_forAll() {
    String dsn = "http://key@127.0.0.1:1/1";

    Onlooker onlooker =
        Onlooker.init(options ->
            options.dsn(dsn).integrations(OpenAiIntegration.create(o -> o.recordInputs(true))));

    assertThat(onlooker.integration(OpenAiIntegration.class)).isNotNull();
    onlooker.shutdown(java.time.Duration.ZERO);
  }
}
