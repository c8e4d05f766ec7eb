package io.onlooker.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.StructuredResponseCreateParams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The ways to use a client: each notes what the caller sees. */
@SuppressWarnings({
  "MustBeClosedChecker", // callers are not all tidy
  "IdentityBinaryExpression", // what is the same stays the same
  "ReferenceEquality",
  "SelfEquals",
  "EqualsNull",
  "ImmutableEnumChecker" // a lambda without state
})
enum CallKind {
  CHAT((client, seen) -> seen.add(client.chat().completions().create(chat()))),

  CHAT_WITH_OPTIONS((client, seen) ->
      seen.add(
          client
              .withOptions(options -> options.putHeader("x-team", "a").maxRetries(1))
              .chat()
              .completions()
              .withOptions(options -> options.putQueryParam("q", "1"))
              .create(chat()))),

  CHAT_STRUCTURED((client, seen) ->
      seen.add(
          client
              .chat()
              .completions()
              .create(chat().toBuilder().responseFormat(Order.class).build())
              .rawChatCompletion())),

  CHAT_ASYNC((client, seen) -> {
    CompletableFuture<ChatCompletion> future = client.async().chat().completions().create(chat());
    CompletableFuture<Void> noted = future.thenAccept(seen::addHere);
    seen.release();
    noted.get(30, TimeUnit.SECONDS);
  }),

  CHAT_ASYNC_CANCELLED((client, seen) -> {
    CompletableFuture<ChatCompletion> future = client.async().chat().completions().create(chat());
    seen.add(future.cancel(true));
    seen.add(future.isCancelled());
    seen.release();
    future.join();
  }),

  CHAT_STREAM((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      chunks.stream().forEach(seen::addHere);
    }
  }),

  CHAT_STREAM_ITERATED((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      Iterator<ChatCompletionChunk> iterator = chunks.stream().iterator();
      while (iterator.hasNext()) {
        seen.add(iterator.next());
      }
    }
  }),

  CHAT_STREAM_LEFT((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      chunks.stream().limit(2).forEach(seen::add);
    }
  }),

  CHAT_STREAM_LIMITED_AND_MAPPED((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      seen.add(chunks.stream().peek(seen::add).map(Clients::text).skip(1).findFirst());
    }
  }),

  CHAT_STREAM_NOT_READ((client, seen) -> stream(client).close()),

  CHAT_STREAM_READ_TWICE((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      seen.add(chunks.stream().count());
      chunks.stream().forEach(seen::add);
    }
  }),

  CHAT_STREAM_READ_AFTER_CLOSE((client, seen) -> {
    StreamResponse<ChatCompletionChunk> chunks = stream(client);
    Stream<ChatCompletionChunk> stream = chunks.stream();
    chunks.close();
    chunks.close();
    stream.forEach(seen::add);
  }),

  CHAT_STREAM_CALLER_THROWS((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      chunks.stream()
          .forEach(chunk -> {
            throw new IllegalArgumentException("the caller's own");
          });
    }
  }),

  CHAT_STREAM_PARALLEL((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks = stream(client)) {
      seen.add(chunks.stream().parallel().map(Object::toString).toList());
    }
  }),

  CHAT_STREAM_ASYNC((client, seen) -> {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(Clients.streamedChat("Why?"));
    chunks.subscribe(noting(seen));
    seen.releaseAndAwait();
    chunks.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  CHAT_STREAM_ASYNC_EXECUTOR((client, seen) -> {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(Clients.streamedChat("Why?"));
    chunks.subscribe(noting(seen), task -> new Thread(task, "callers-own").start());
    seen.releaseAndAwait();
    chunks.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  CHAT_STREAM_ASYNC_TWICE((client, seen) -> {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(Clients.streamedChat("Why?"));
    seen.add(chunks.subscribe(chunk -> {}).equals(chunks));
    try {
      chunks.subscribe(chunk -> {});
    } catch (IllegalStateException e) {
      // Subscribed already, or closed by now: both are said with this.
      seen.add(e.getClass());
    }
    seen.release();
    chunks.onCompleteFuture().exceptionally(failure -> null).get(30, TimeUnit.SECONDS);
  }),

  CHAT_STREAM_ASYNC_NOT_READ((client, seen) -> {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(Clients.streamedChat("Why?"));
    chunks.close();
    seen.release();
    seen.add(chunks.onCompleteFuture().get(30, TimeUnit.SECONDS) == null);
  }),

  CHAT_STREAM_ASYNC_HANDLER_THROWS((client, seen) -> {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(Clients.streamedChat("Why?"));
    chunks.subscribe(chunk -> {
      throw new IllegalArgumentException("the caller's own");
    });
    seen.release();
    chunks.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  CHAT_RAW((client, seen) -> {
    try (HttpResponseFor<ChatCompletion> response =
        client.withRawResponse().chat().completions().create(chat())) {
      seen.add(response.statusCode());
      seen.add(response.headers().values("content-type"));
      seen.add(response.requestId());
      seen.add(response.parse());
      seen.add(response.parse() == response.parse());
    }
  }),

  CHAT_RAW_BODY((client, seen) -> {
    try (HttpResponseFor<ChatCompletion> response =
        client.chat().completions().withRawResponse().create(chat())) {
      seen.add(new String(response.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }
  }),

  CHAT_RAW_ASYNC((client, seen) -> {
    seen.release();
    seen.add(
        client
            .async()
            .withRawResponse()
            .chat()
            .completions()
            .create(chat())
            .get(30, TimeUnit.SECONDS)
            .parse());
  }),

  CHAT_RAW_STREAM((client, seen) -> {
    try (StreamResponse<ChatCompletionChunk> chunks =
        client
            .withRawResponse()
            .chat()
            .completions()
            .createStreaming(Clients.streamedChat("Why?"))
            .parse()) {
      chunks.stream().forEach(seen::add);
    }
  }),

  RESPONSE((client, seen) -> seen.add(client.responses().create(Clients.response("Why?")))),

  RESPONSE_EMPTY((client, seen) -> seen.add(client.responses().create())),

  RESPONSE_STRUCTURED((client, seen) -> {
    StructuredResponseCreateParams<Order> params =
        Clients.response("Why?").toBuilder().text(Order.class).build();
    seen.add(client.responses().create(params).rawResponse());
  }),

  RESPONSE_ASYNC((client, seen) -> {
    CompletableFuture<Void> noted =
        client.async().responses().create(Clients.response("Why?")).thenAccept(seen::addHere);
    seen.release();
    noted.get(30, TimeUnit.SECONDS);
  }),

  RESPONSE_STREAM((client, seen) -> {
    try (var events = client.responses().createStreaming(Clients.response("Why?"))) {
      events.stream().forEach(seen::addHere);
    }
  }),

  RESPONSE_STREAM_ASYNC((client, seen) -> {
    var events = client.async().responses().createStreaming(Clients.response("Why?"));
    events.subscribe(noting(seen));
    seen.releaseAndAwait();
    events.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  EMBEDDINGS((client, seen) -> seen.add(client.embeddings().create(embedding()))),

  EMBEDDINGS_ASYNC((client, seen) -> {
    CompletableFuture<Void> noted =
        client.async().embeddings().create(embedding()).thenAccept(seen::addHere);
    seen.release();
    noted.get(30, TimeUnit.SECONDS);
  }),

  /** A call that is nobody's business. */
  MODELS((client, seen) -> seen.add(client.models().retrieve("gpt-4o"))),

  IDENTITY((client, seen) -> {
    seen.add(client.chat() == client.chat());
    seen.add(client.async().sync().getClass() == client.getClass());
    seen.add(client.equals(client) && client.hashCode() == client.hashCode());
    seen.add(client.equals(null));
  });

  private final Use use;

  CallKind(Use use) {
    this.use = use;
  }

  void use(OpenAIClient client, Seen seen) throws Exception {
    if (!name().contains("ASYNC")) {
      seen.release();
    }
    use.of(client, seen);
  }

  /** A structured answer. */
  static final class Order {
    public String id = "";
  }

  private static ChatCompletionCreateParams chat() {
    return Clients.chat("Why?").toBuilder()
        .addSystemMessage("Be terse.")
        .temperature(0.5)
        .putAdditionalHeader("x-given", "1")
        .putAdditionalBodyProperty("extra", com.openai.core.JsonValue.from(List.of(1, 2)))
        .build();
  }

  private static EmbeddingCreateParams embedding() {
    return EmbeddingCreateParams.builder().model("text-embedding-3-small").input("x").build();
  }

  private static StreamResponse<ChatCompletionChunk> stream(OpenAIClient client) {
    return client.chat().completions().createStreaming(Clients.streamedChat("Why?"));
  }

  private static <T> AsyncStreamResponse.Handler<T> noting(Seen seen) {
    return new AsyncStreamResponse.Handler<>() {
      @Override
      public void onNext(T piece) {
        seen.addHere(piece);
      }

      @Override
      public void onComplete(Optional<Throwable> error) {
        seen.addHere("complete " + error.map(Seen::failure));
        seen.complete.countDown();
      }
    };
  }

  interface Use {
    void of(OpenAIClient client, Seen seen) throws Exception;
  }

  /** What a caller sees, in order. */
  static final class Seen {

    private final List<String> all = new ArrayList<>();
    private final Runnable release;
    private final CountDownLatch complete = new CountDownLatch(1);

    Seen(Runnable release) {
      this.release = release;
    }

    /** Lets the server end its answer. */
    void release() {
      release.run();
    }

    /** Lets the server end its answer, and waits until a handler was told so. */
    void releaseAndAwait() throws InterruptedException {
      release();
      if (!complete.await(30, TimeUnit.SECONDS)) {
        add("never complete");
      }
    }

    synchronized void add(Object what) {
      all.add(String.valueOf(what));
    }

    /** With the thread that sees it. */
    void addHere(Object what) {
      add(what + " on " + thread(Thread.currentThread().getName().replaceAll("[0-9]+", "#")));
    }

    /**
     * A future's callback runs on whichever of these ends last: where the response came, where the
     * request was prepared, or where the client waited. Which one it is varies without us too.
     */
    private static String thread(String name) {
      boolean clients =
          name.startsWith("OkHttp ")
              || name.startsWith("ForkJoinPool.commonPool")
              || name.equals("DefaultSleeper");
      return clients ? "a thread of the client's" : name;
    }

    synchronized List<String> all() {
      return List.copyOf(all);
    }

    /** An exception with its causes, by type and message. */
    static String failure(Throwable failure) {
      StringBuilder text = new StringBuilder();
      for (Throwable t = failure; t != null; t = t.getCause()) {
        text.append(t.getClass().getName()).append(": ").append(t.getMessage()).append(" <- ");
      }
      return text.toString().replaceAll("127.0.0.1:[0-9]+", "HOST");
    }
  }
}
