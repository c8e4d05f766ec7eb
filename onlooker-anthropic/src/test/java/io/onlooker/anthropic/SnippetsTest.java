package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.MessageCreateParams;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The samples of the README are those that run here. {@code ./mvnw test -pl onlooker-anthropic
 * -Dtest=SnippetsTest -Dsnippets=write} copies them over.
 */
class SnippetsTest {

  private static final Path HERE = Path.of("src/test/java/io/onlooker/anthropic/SnippetsTest.java");
  private static final Path README = Path.of("README.md");
  private static final Pattern MARKED =
      Pattern.compile("( *)// snippet: ([a-z-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);
  private static final Pattern SHOWN =
      Pattern.compile("<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

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
  void readme_showsWhatRuns() throws IOException {
    Map<String, String> run = new TreeMap<>();
    Matcher marked = MARKED.matcher(Files.readString(HERE));
    while (marked.find()) {
      String indented = marked.group(3);
      run.put(marked.group(2), indented.replaceAll("(?m)^" + marked.group(1), "").strip() + "\n");
    }
    if ("write".equals(System.getProperty("snippets"))) {
      Files.writeString(README, filled(Files.readString(README), run));
    }

    Map<String, String> shown = new TreeMap<>();
    Matcher blocks = SHOWN.matcher(Files.readString(README));
    while (blocks.find()) {
      shown.put(blocks.group(1), blocks.group(2));
    }
    assertThat(shown).isEqualTo(run);
  }

  private static String filled(String readme, Map<String, String> run) {
    return SHOWN
        .matcher(readme)
        .replaceAll(block ->
            Matcher.quoteReplacement(
                "<!-- snippet: "
                    + block.group(1)
                    + " -->\n```java\n"
                    + run.getOrDefault(block.group(1), "")
                    + "```\n"));
  }
}
