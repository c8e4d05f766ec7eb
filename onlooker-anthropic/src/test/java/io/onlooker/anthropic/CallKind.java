package io.onlooker.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.ToolRunnerCreateParams;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
  CREATE((client, seen) -> seen.add(client.messages().create(ask()))),

  CREATE_WITH_OPTIONS((client, seen) ->
      seen.add(
          client
              .withOptions(options -> options.putHeader("x-team", "a").maxRetries(1))
              .messages()
              .withOptions(options -> options.putQueryParam("q", "1"))
              .create(ask()))),

  CREATE_STRUCTURED((client, seen) ->
      seen.add(
          client
              .messages()
              .create(ask().toBuilder().outputConfig(Order.class).build())
              .rawMessage())),

  CREATE_ASYNC((client, seen) -> {
    CompletableFuture<Void> noted =
        client.async().messages().create(ask()).thenAccept(seen::addHere);
    seen.release();
    noted.get(30, TimeUnit.SECONDS);
  }),

  CREATE_ASYNC_CANCELLED((client, seen) -> {
    CompletableFuture<Message> future = client.async().messages().create(ask());
    seen.add(future.cancel(true));
    seen.add(future.isCancelled());
    seen.release();
    future.join();
  }),

  BETA((client, seen) -> seen.add(client.beta().messages().create(Clients.askBeta("Why?")))),

  BETA_STREAM((client, seen) -> {
    try (var events = client.beta().messages().createStreaming(Clients.askBeta("Why?"))) {
      events.stream().forEach(seen::addHere);
    }
  }),

  BETA_STREAM_ASYNC((client, seen) -> {
    var events = client.async().beta().messages().createStreaming(Clients.askBeta("Why?"));
    CompletableFuture<Void> told = new CompletableFuture<>();
    events.subscribe(noting(seen, told));
    seen.release();
    told.get(30, TimeUnit.SECONDS);
    events.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  TOOL_RUNNER((client, seen) -> {
    for (BetaMessage message : client.beta().messages().toolRunner(twoTurns())) {
      seen.addHere(message);
    }
  }),

  TOOL_RUNNER_STREAM((client, seen) ->
      client
          .beta()
          .messages()
          .toolRunner(twoTurns())
          .streaming()
          .forEach(events -> events.stream().forEach(seen::addHere))),

  TOOL_RUNNER_LEFT((client, seen) ->
      seen.add(client.beta().messages().toolRunner(twoTurns()).iterator().next())),

  STREAM((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      events.stream().forEach(seen::addHere);
    }
  }),

  STREAM_ITERATED((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      Iterator<RawMessageStreamEvent> iterator = events.stream().iterator();
      while (iterator.hasNext()) {
        seen.add(iterator.next());
      }
    }
  }),

  STREAM_LEFT((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      events.stream().limit(2).forEach(seen::add);
    }
  }),

  STREAM_MAPPED((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      seen.add(events.stream().peek(seen::add).map(Clients::text).skip(1).findFirst());
    }
  }),

  STREAM_NOT_READ((client, seen) -> stream(client).close()),

  STREAM_READ_TWICE((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      seen.add(events.stream().count());
      events.stream().forEach(seen::add);
    }
  }),

  STREAM_READ_AFTER_CLOSE((client, seen) -> {
    StreamResponse<RawMessageStreamEvent> events = stream(client);
    Stream<RawMessageStreamEvent> stream = events.stream();
    events.close();
    events.close();
    stream.forEach(seen::add);
  }),

  STREAM_CALLER_THROWS((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      events.stream().forEach(CallKind::fail);
    }
  }),

  STREAM_PARALLEL((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events = stream(client)) {
      seen.add(events.stream().parallel().map(Object::toString).toList());
    }
  }),

  STREAM_ASYNC((client, seen) -> {
    var events = client.async().messages().createStreaming(ask());
    CompletableFuture<Void> told = new CompletableFuture<>();
    events.subscribe(noting(seen, told));
    seen.release();
    told.get(30, TimeUnit.SECONDS);
    events.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  STREAM_ASYNC_EXECUTOR((client, seen) -> {
    var events = client.async().messages().createStreaming(ask());
    CompletableFuture<Void> told = new CompletableFuture<>();
    events.subscribe(noting(seen, told), task -> new Thread(task, "callers-own").start());
    seen.release();
    told.get(30, TimeUnit.SECONDS);
    events.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  STREAM_ASYNC_NOT_READ((client, seen) -> {
    var events = client.async().messages().createStreaming(ask());
    events.close();
    seen.release();
    seen.add(events.onCompleteFuture().get(30, TimeUnit.SECONDS) == null);
  }),

  STREAM_ASYNC_HANDLER_THROWS((client, seen) -> {
    var events = client.async().messages().createStreaming(ask());
    events.subscribe(CallKind::fail);
    seen.release();
    events.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }),

  RAW((client, seen) -> {
    try (HttpResponseFor<Message> response = client.withRawResponse().messages().create(ask())) {
      seen.add(response.statusCode());
      seen.add(response.headers().values("content-type"));
      seen.add(response.requestId());
      seen.add(response.parse());
      seen.add(response.parse() == response.parse());
    }
  }),

  RAW_BODY((client, seen) -> {
    try (HttpResponseFor<Message> response = client.messages().withRawResponse().create(ask())) {
      seen.add(new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
    }
  }),

  RAW_ASYNC((client, seen) -> {
    seen.release();
    seen.add(
        client
            .async()
            .withRawResponse()
            .messages()
            .create(ask())
            .get(30, TimeUnit.SECONDS)
            .parse());
  }),

  RAW_STREAM((client, seen) -> {
    try (StreamResponse<RawMessageStreamEvent> events =
        client.withRawResponse().messages().createStreaming(ask()).parse()) {
      events.stream().forEach(seen::add);
    }
  }),

  /** Calls that are nobody's business. */
  COUNT_TOKENS((client, seen) ->
      seen.add(
          client
              .messages()
              .countTokens(
                  MessageCountTokensParams.builder()
                      .model("gpt-4o")
                      .addUserMessage("Why?")
                      .build()))),

  MODELS((client, seen) -> seen.add(client.models().retrieve("gpt-4o"))),

  IDENTITY((client, seen) -> {
    seen.add(client.messages() == client.messages());
    seen.add(client.async().sync().getClass() == client.getClass());
    seen.add(client.equals(client) && client.hashCode() == client.hashCode());
    seen.add(client.equals(null));
    seen.add(client.options().maxRetries());
  });

  private final Use use;

  CallKind(Use use) {
    this.use = use;
  }

  void use(AnthropicClient client, Seen seen) throws Exception {
    if (!name().contains("ASYNC")) {
      seen.release();
    }
    use.of(client, seen);
  }

  /** Whether what the server gets depends on who is faster. */
  boolean races() {
    return name().contains("CANCELLED") || name().contains("ASYNC_NOT_READ");
  }

  interface Use {
    void of(AnthropicClient client, Seen seen) throws Exception;
  }

  /** A structured answer. */
  static final class Order {
    public String id = "";
  }

  private static void fail(Object event) {
    throw new IllegalArgumentException("the caller's own");
  }

  private static MessageCreateParams ask() {
    return Clients.ask("Why?").toBuilder()
        .system("Be terse.")
        .addStopSequence("END")
        .putAdditionalHeader("x-given", "1")
        .putAdditionalBodyProperty("extra", JsonValue.from(List.of(1, 2)))
        .build();
  }

  private static ToolRunnerCreateParams twoTurns() {
    return ToolRunnerCreateParams.builder()
        .initialMessageParams(Clients.askBeta("Why?"))
        .maxIterations(2)
        .build();
  }

  private static StreamResponse<RawMessageStreamEvent> stream(AnthropicClient client) {
    return client.messages().createStreaming(ask());
  }

  private static <T> AsyncStreamResponse.Handler<T> noting(
      Seen seen, CompletableFuture<Void> told) {
    return new AsyncStreamResponse.Handler<>() {
      @Override
      public void onNext(T piece) {
        seen.addHere(piece);
      }

      @Override
      public void onComplete(Optional<Throwable> error) {
        seen.addHere("complete " + error.map(Seen::failure));
        told.complete(null);
      }
    };
  }
}
