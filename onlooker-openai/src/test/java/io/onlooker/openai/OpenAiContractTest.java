package io.onlooker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.ResponseStreamEvent;
import io.onlooker.Onlooker;
import io.onlooker.test.ModelCallContract;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** The shared contract, for each way in which openai-java asks a model for text. */
@SuppressWarnings("MustBeClosedChecker") // parsing reads a response to its end
class OpenAiContractTest {

  abstract static class Style extends ModelCallContract {

    /** Asks and reads the answer to its end. */
    abstract String ask(OpenAIClient client, String question) throws Exception;

    void leave(OpenAIClient client, String question) throws Exception {
      throw new UnsupportedOperationException(client + " does not stream: " + question);
    }

    @Override
    protected String provider() {
      return "openai";
    }

    @Override
    protected Model open(Onlooker onlooker, URI server, boolean content) {
      OpenAIClient client =
          OnlookerOpenAi.instrument(
              Clients.shared(server),
              options -> options.onlooker(onlooker).recordInputs(content).recordOutputs(content));
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
        public void close() {}
      };
    }
  }

  abstract static class Streaming<T> extends Style {

    abstract StreamResponse<T> stream(OpenAIClient client, String question);

    abstract String text(T piece);

    @Override
    protected boolean streams() {
      return true;
    }

    @Override
    String ask(OpenAIClient client, String question) {
      try (StreamResponse<T> pieces = stream(client, question)) {
        return pieces.stream().map(this::text).collect(Collectors.joining());
      }
    }

    @Override
    void leave(OpenAIClient client, String question) {
      try (StreamResponse<T> pieces = stream(client, question)) {
        assertThat(pieces.stream().map(this::text).filter(text -> !text.isEmpty()).findFirst())
            .isPresent();
      }
    }
  }

  abstract static class AsyncStreaming<T> extends Style {

    abstract AsyncStreamResponse<T> stream(OpenAIClient client, String question);

    abstract String text(T piece);

    @Override
    protected boolean streams() {
      return true;
    }

    @Override
    String ask(OpenAIClient client, String question) throws Exception {
      StringBuilder text = new StringBuilder();
      AsyncStreamResponse<T> pieces = stream(client, question);
      pieces.subscribe(piece -> text.append(text(piece))).onCompleteFuture().get();
      return text.toString();
    }

    @Override
    void leave(OpenAIClient client, String question) throws Exception {
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

  private static <T, R> R then(CompletableFuture<T> future, Function<T, R> text) throws Exception {
    return text.apply(future.get());
  }

  @Nested
  class Chat extends Style {
    @Override
    String ask(OpenAIClient client, String question) {
      return Clients.text(client.chat().completions().create(Clients.chat(question)));
    }
  }

  @Nested
  class ChatAsync extends Style {
    @Override
    String ask(OpenAIClient client, String question) throws Exception {
      return then(
          client.async().chat().completions().create(Clients.chat(question)), Clients::text);
    }
  }

  @Nested
  class ChatSyncOfAsyncWithOptions extends Style {
    @Override
    String ask(OpenAIClient client, String question) {
      OpenAIClient other =
          client
              .async()
              .withOptions(options -> options.putHeader("x-team", "support"))
              .sync()
              .withOptions(options -> options.maxRetries(1));
      return Clients.text(other.chat().completions().create(Clients.chat(question)));
    }
  }

  @Nested
  class ChatRaw extends Style {
    @Override
    String ask(OpenAIClient client, String question) {
      return Clients.text(
          client.withRawResponse().chat().completions().create(Clients.chat(question)).parse());
    }
  }

  @Nested
  class ChatRawAsync extends Style {
    @Override
    String ask(OpenAIClient client, String question) throws Exception {
      var completions = client.async().chat().completions().withRawResponse();
      return then(
          completions.create(Clients.chat(question)), response -> Clients.text(response.parse()));
    }
  }

  @Nested
  class ChatStream extends Streaming<ChatCompletionChunk> {
    @Override
    StreamResponse<ChatCompletionChunk> stream(OpenAIClient client, String question) {
      return client.chat().completions().createStreaming(Clients.streamedChat(question));
    }

    @Override
    String text(ChatCompletionChunk piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class ChatRawStream extends Streaming<ChatCompletionChunk> {
    @Override
    StreamResponse<ChatCompletionChunk> stream(OpenAIClient client, String question) {
      var completions = client.chat().completions().withRawResponse();
      return completions.createStreaming(Clients.streamedChat(question)).parse();
    }

    @Override
    String text(ChatCompletionChunk piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class ChatAsyncStream extends AsyncStreaming<ChatCompletionChunk> {
    @Override
    AsyncStreamResponse<ChatCompletionChunk> stream(OpenAIClient client, String question) {
      return client.async().chat().completions().createStreaming(Clients.streamedChat(question));
    }

    @Override
    String text(ChatCompletionChunk piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class Responses extends Style {
    @Override
    String ask(OpenAIClient client, String question) {
      return Clients.text(client.responses().create(Clients.response(question)));
    }
  }

  @Nested
  class ResponsesAsync extends Style {
    @Override
    String ask(OpenAIClient client, String question) throws Exception {
      return then(client.async().responses().create(Clients.response(question)), Clients::text);
    }
  }

  @Nested
  class ResponsesRaw extends Style {
    @Override
    String ask(OpenAIClient client, String question) {
      return Clients.text(
          client.responses().withRawResponse().create(Clients.response(question)).parse());
    }
  }

  @Nested
  class ResponsesStream extends Streaming<ResponseStreamEvent> {
    @Override
    StreamResponse<ResponseStreamEvent> stream(OpenAIClient client, String question) {
      return client.responses().createStreaming(Clients.response(question));
    }

    @Override
    String text(ResponseStreamEvent piece) {
      return Clients.text(piece);
    }
  }

  @Nested
  class ResponsesAsyncStream extends AsyncStreaming<ResponseStreamEvent> {
    @Override
    AsyncStreamResponse<ResponseStreamEvent> stream(OpenAIClient client, String question) {
      return client.async().responses().createStreaming(Clients.response(question));
    }

    @Override
    String text(ResponseStreamEvent piece) {
      return Clients.text(piece);
    }
  }
}
