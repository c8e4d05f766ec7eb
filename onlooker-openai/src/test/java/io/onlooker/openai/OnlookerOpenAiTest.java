package io.onlooker.openai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.ServerAddress;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OnlookerOpenAiTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private OpenAIClient client(Consumer<OpenAiOptions> configure) {
    return OnlookerOpenAi.instrument(
        Clients.shared(server.uri()),
        options -> configure.accept(options.onlooker(recorder.onlooker())));
  }

  private SpanSnapshot ask(OpenAIClient client) {
    server.reply(Reply.text("On its way."));
    client.chat().completions().create(Clients.chat("Where?"));
    return recorder.take();
  }

  @Test
  void inputsAndOutputs_eachWinsAlone() {
    SpanSnapshot inputs = ask(client(options -> options.recordInputs(true)));
    SpanSnapshot outputs = ask(client(options -> options.recordOutputs(true)));

    assertThat(inputs).hasOutput(null);
    assertThat(inputs.input()).asString().contains("Where?");
    assertThat(outputs).hasInput(null);
    assertThat(outputs.output()).asString().contains("On its way.");
  }

  @Test
  void inputsAndOutputs_followSendDefaultPii() {
    try (SpanRecorder all = SpanRecorder.create(options -> options.sendDefaultPii(true))) {
      server.reply(Reply.text("On its way."));
      OnlookerOpenAi.instrument(
              Clients.shared(server.uri()),
              options -> options.onlooker(all.onlooker()).recordOutputs(false))
          .chat()
          .completions()
          .create(Clients.chat("Where?"));

      SpanSnapshot span = all.take();
      assertThat(span).hasOutput(null);
      assertThat(span.input()).asString().contains("Where?");
    }
  }

  @Test
  void integration_saysWhatTheClientIsNotTold() {
    OpenAiIntegration integration =
        OpenAiIntegration.create(options -> options.recordInputs(true).recordOutputs(true));
    try (SpanRecorder other = SpanRecorder.create(options -> options.integrations(integration))) {
      server.reply(Reply.text("On its way."), Reply.text("On its way."));
      OpenAIClient bare = Clients.shared(server.uri());

      integration.instrument(bare).chat().completions().create(Clients.chat("Where?"));
      OnlookerOpenAi.instrument(
              bare, options -> options.onlooker(other.onlooker()).recordInputs(false))
          .chat()
          .completions()
          .create(Clients.chat("Where?"));

      assertThat(other.take().input()).asString().contains("Where?");
      SpanSnapshot told = other.take();
      assertThat(told).hasInput(null);
      assertThat(told.output()).asString().contains("On its way.");
    }
  }

  @Test
  void onlooker_isTheCurrentOneOfTheCall() {
    OpenAIClient client = OnlookerOpenAi.instrument(Clients.shared(server.uri()));
    try (SpanRecorder current = SpanRecorder.createCurrent()) {
      server.reply(Reply.text("On its way."));

      client.chat().completions().create(Clients.chat("Where?"));

      assertThat(current.take()).hasName("chat gpt-4o");
    }
    assertThat(Onlooker.current().enabled()).isFalse();
  }

  @Test
  void client_instrumentedTwice() {
    OpenAIClient once = client(options -> {});
    OpenAIClient twice =
        OnlookerOpenAi.instrument(once, options -> options.onlooker(recorder.onlooker()));

    ask(twice);

    assertThat(recorder.takeAll()).isEmpty();
  }

  @Test
  void usage_unknownIsNotZero() {
    SpanSnapshot span = stream(client(options -> {}));

    assertThat(span)
        .hasNoAttribute(GenAi.USAGE_INPUT_TOKENS)
        .hasNoAttribute(GenAi.USAGE_OUTPUT_TOKENS)
        .hasNoAttribute(GenAi.USAGE_TOTAL_TOKENS);
  }

  @Test
  void usage_askedFor() {
    OpenAIClient bare = client(options -> {});
    List<String> without = texts(bare, Clients.chat("Where?"));
    recorder.take();

    List<String> forced =
        texts(client(options -> options.forceStreamUsage(true)), Clients.chat("Where?"));

    assertThat(recorder.take()).hasAttribute(GenAi.USAGE_INPUT_TOKENS, 12);
    assertThat(forced).isEqualTo(without);
    assertThat(server.requests().get(1)).contains("\"include_usage\":true");
  }

  @Test
  void usage_estimated() {
    SpanSnapshot span =
        stream(client(options -> options.estimateUsage(text -> text.split("\\s+").length)));

    assertThat(span)
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 1)
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 3)
        .hasAttribute(Answer.USAGE_ESTIMATED, true)
        .hasOutput(null);
  }

  private SpanSnapshot stream(OpenAIClient client) {
    texts(client, Clients.chat("Where?"));
    return recorder.take();
  }

  private List<String> texts(OpenAIClient client, ChatCompletionCreateParams params) {
    server.reply(Reply.text("On its way."));
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      return chunks.stream().map(chunk -> chunk.choices() + Clients.text(chunk)).toList();
    }
  }

  @Test
  void future_isCancelled() {
    CountDownLatch held = new CountDownLatch(1);
    server.reply(Reply.text("Too late.").heldBy(held));
    var future = client(options -> {}).async().chat().completions().create(Clients.chat("Where?"));

    future.cancel(true);

    assertThat(recorder.take()).hasStatus(SpanStatus.CANCELLED);
    held.countDown();
  }

  @Test
  void stream_isForgotten() {
    server.reply(Reply.text("One two three four"));
    forget(client(options -> {}));

    List<SpanSnapshot> ended = new ArrayList<>();
    for (int i = 0; ended.isEmpty() && i < 1_000; i++) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
      ended.addAll(recorder.takeAll());
    }

    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).status().message()).isEqualTo("abandoned");
  }

  @SuppressWarnings("MustBeClosedChecker") // as careless code does
  private static void forget(OpenAIClient client) {
    StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(Clients.chat("Where?"));
    assertThat(chunks.stream().iterator().hasNext()).isTrue();
  }

  @Test
  void server_followsTheBaseUrl() {
    assertThat(Server.of("https://api.openai.com/v1", null))
        .isEqualTo(new Server("openai", new ServerAddress("api.openai.com", 443)));
    assertThat(Server.of("https://mine.openai.azure.com", null))
        .isEqualTo(new Server("azure.ai.openai", new ServerAddress("mine.openai.azure.com", 443)));
    assertThat(Server.of("http://localhost:11434/v1", "ollama"))
        .isEqualTo(new Server("ollama", new ServerAddress("localhost", 11434)));
    assertThat(Server.of("https://api.groq.com/openai/v1", null).provider()).isEqualTo("groq");
    assertThat(Server.of("not a url", null))
        .isEqualTo(new Server("openai", new ServerAddress(null, null)));
  }
}
