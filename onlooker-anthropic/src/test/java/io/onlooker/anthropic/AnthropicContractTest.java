package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.onlooker.Onlooker;
import io.onlooker.test.ModelCallContract;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** The shared contract, for each way in which anthropic-java asks a model. */
@SuppressWarnings("MustBeClosedChecker") // parsing reads a response to its end
class AnthropicContractTest {

  abstract static class Style extends ModelCallContract {

    /** Asks and reads the answer to its end. */
    abstract String ask(AnthropicClient client, String question) throws Exception;

    void leave(AnthropicClient client, String question) throws Exception {
      throw new UnsupportedOperationException(client + " does not stream: " + question);
    }

    @Override
    protected String provider() {
      return "anthropic";
    }

    @Override
    protected boolean countsInputFirst() {
      return true;
    }

    @Override
    protected Model open(Onlooker onlooker, URI server, boolean content) {
      Consumer<AnthropicOptions> options =
          all -> all.onlooker(onlooker).recordInputs(content).recordOutputs(content);
      AnthropicClient client =
          OnlookerAnthropic.instrument(Clients.open(server.resolve("/")), options);
      return new Model() {
        @Override
        public String ask(String question) throws Exception {
          return Style.this.ask(client, question);
        }

        @Override
        public void askAndLeave(String question) throws Exception {
          leave(client, question);
        }

        @Override
        public void close() {
          client.close();
        }
      };
    }
  }

  abstract static class Streaming<T> extends Style {

    abstract StreamResponse<T> stream(AnthropicClient client, String question);

    abstract String text(T piece);

    @Override
    protected boolean streams() {
      return true;
    }

    @Override
    String ask(AnthropicClient client, String question) {
      try (StreamResponse<T> pieces = stream(client, question)) {
        return pieces.stream().map(this::text).collect(Collectors.joining());
      }
    }

    @Override
    void leave(AnthropicClient client, String question) {
      try (StreamResponse<T> pieces = stream(client, question)) {
        assertThat(pieces.stream().map(this::text).filter(text -> !text.isEmpty()).findFirst())
            .isPresent();
      }
    }
  }

  abstract static class AsyncStreaming<T> extends Style {

    abstract AsyncStreamResponse<T> stream(AnthropicClient client, String question);

    abstract String text(T piece);

    @Override
    protected boolean streams() {
      return true;
    }

    @Override
    String ask(AnthropicClient client, String question) throws Exception {
      StringBuilder text = new StringBuilder();
      AsyncStreamResponse<T> pieces = stream(client, question);
      pieces.subscribe(piece -> text.append(text(piece))).onCompleteFuture().get();
      return text.toString();
    }

    @Override
    void leave(AnthropicClient client, String question) throws Exception {
      CompletableFuture<T> first = new CompletableFuture<>();
      AsyncStreamResponse<T> pieces = stream(client, question);
      pieces.subscribe(piece -> {
        if (!text(piece).isEmpty()) {
          pieces.close();
          first.complete(piece);
        }
      });
      first.get();
    }
  }

  @Nested
  class Create extends Style {
    @Override
    String ask(AnthropicClient client, String question) {
      return Clients.text(client.messages().create(Clients.ask(question)));
    }
  }

  @Nested
  class CreateAsync extends Style {
    @Override
    String ask(AnthropicClient client, String question) throws Exception {
      return Clients.text(client.async().messages().create(Clients.ask(question)).get());
    }
  }

  @Nested
  class SyncOfAsyncWithOptions extends Style {
    @Override
    String ask(AnthropicClient client, String question) {
      AnthropicClient other =
          client
              .async()
              .withOptions(options -> options.putHeader("x-team", "support"))
              .sync()
              .withOptions(options -> options.maxRetries(1));
      return Clients.text(other.messages().create(Clients.ask(question)));
    }
  }

  @Nested
  class Raw extends Style {
    @Override
    String ask(AnthropicClient client, String question) {
      var messages = client.withRawResponse().messages();
      return Clients.text(messages.create(Clients.ask(question)).parse());
    }
  }

  @Nested
  class RawAsync extends Style {
    @Override
    String ask(AnthropicClient client, String question) throws Exception {
      var messages = client.async().messages().withRawResponse();
      return Clients.text(messages.create(Clients.ask(question)).get().parse());
    }
  }

  @Nested
  class Beta extends Style {
    @Override
    String ask(AnthropicClient client, String question) {
      return Clients.text(client.beta().messages().create(Clients.askBeta(question)));
    }
  }

  @Nested
  class BetaAsync extends Style {
    @Override
    String ask(AnthropicClient client, String question) throws Exception {
      var messages = client.async().beta().withRawResponse().messages();
      return Clients.text(messages.create(Clients.askBeta(question)).get().parse());
    }
  }

  @Nested
  class Stream extends Streaming<RawMessageStreamEvent> {
    @Override
    StreamResponse<RawMessageStreamEvent> stream(AnthropicClient client, String question) {
      return client.messages().createStreaming(Clients.ask(question));
    }

    @Override
    String text(RawMessageStreamEvent piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class RawStream extends Streaming<RawMessageStreamEvent> {
    @Override
    StreamResponse<RawMessageStreamEvent> stream(AnthropicClient client, String question) {
      return client.messages().withRawResponse().createStreaming(Clients.ask(question)).parse();
    }

    @Override
    String text(RawMessageStreamEvent piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class BetaStream extends Streaming<BetaRawMessageStreamEvent> {
    @Override
    StreamResponse<BetaRawMessageStreamEvent> stream(AnthropicClient client, String question) {
      return client.beta().messages().createStreaming(Clients.askBeta(question));
    }

    @Override
    String text(BetaRawMessageStreamEvent piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class StreamAsync extends AsyncStreaming<RawMessageStreamEvent> {
    @Override
    AsyncStreamResponse<RawMessageStreamEvent> stream(AnthropicClient client, String question) {
      return client.async().messages().createStreaming(Clients.ask(question));
    }

    @Override
    String text(RawMessageStreamEvent piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class BetaStreamAsync extends AsyncStreaming<BetaRawMessageStreamEvent> {
    @Override
    AsyncStreamResponse<BetaRawMessageStreamEvent> stream(AnthropicClient client, String question) {
      return client.async().beta().messages().createStreaming(Clients.askBeta(question));
    }

    @Override
    String text(BetaRawMessageStreamEvent piece) {
      return Clients.text(piece);
    }
  }
}
