package io.onlooker.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicRetryableException;
import io.onlooker.Onlooker;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.Recording;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of what anthropic-java makes of messages by itself, tool runners and threads:
 * they talk to the client's own services only, so their calls are seen where they are sent. An
 * attempt that is sent again belongs to the call before it.
 */
final class HttpCalls implements HttpClient {

  private static final String RETRY_COUNT = "X-Stainless-Retry-Count";

  private final HttpClient client;
  private final CountedServices services;
  private final Settings settings;
  private final ToolRun toolRun = new ToolRun();

  /** The call whose last attempt did not succeed, until it is known whether there is another. */
  private final AtomicReference<@Nullable Answer> open = new AtomicReference<>();

  HttpCalls(HttpClient client, CountedServices services, Settings settings) {
    this.client = client;
    this.services = services;
    this.settings = settings;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    Answer answer = answer(request);
    if (answer == null) {
      return client.execute(request, options);
    }
    try {
      return Bodies.noted(client.execute(request, options), answer);
    } catch (RuntimeException | Error e) {
      failed(e, answer, request);
      throw e;
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    Answer answer = answer(request);
    CompletableFuture<HttpResponse> future = client.executeAsync(request, options);
    if (answer == null) {
      return future;
    }
    CompletableFuture<HttpResponse> noted =
        future.thenApply(response -> Bodies.noted(response, answer));
    noted.exceptionally(failure -> {
      failed(failure, answer, request);
      return null;
    });
    return noted;
  }

  @Override
  public void close() {
    client.close();
  }

  /** The answer that the request waits for; null when nothing is to be recorded. */
  private @Nullable Answer answer(HttpRequest request) {
    List<String> path = request.pathSegments();
    HttpRequestBody body = request.body().orElse(null);
    if (body == null || path.isEmpty() || !path.get(path.size() - 1).equals("messages")) {
      return null;
    }
    Answer before = open.getAndSet(null);
    if (before != null && attempt(request) > 0) {
      before.resent();
      open.set(before);
      return before;
    }
    Answer begun = body.repeatable() ? begun(body) : null;
    open.set(begun);
    return begun;
  }

  private @Nullable Answer begun(HttpRequestBody body) {
    Onlooker onlooker = settings.onlooker();
    Settings all = settings.with(onlooker);
    Recording recording = all.recording(onlooker);
    ModelCall call =
        ModelCall.start(
            onlooker,
            recording,
            () -> {
              Question question = Question.of(Trees.value(text(body)));
              toolRun.continued(question, onlooker, recording);
              return Input.span(
                  question, services.call(question.model(), all.provider()), recording);
            });
    return call == null ? null : new Answer(call, toolRun);
  }

  private static String text(HttpRequestBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void failed(Throwable failure, Answer answer, HttpRequest request) {
    Throwable cause = failure.getCause();
    boolean passing = passing(failure) || (cause != null && passing(cause));
    if (!passing || attempt(request) >= services.maxRetries()) {
      answer.failed(failure);
    }
  }

  /** What anthropic-java tries again. */
  private static boolean passing(Throwable failure) {
    return failure instanceof AnthropicIoException
        || failure instanceof AnthropicRetryableException
        || failure instanceof java.io.IOException;
  }

  /** How many attempts there were before this one. */
  private static int attempt(HttpRequest request) {
    List<String> counts = request.headers().values(RETRY_COUNT);
    try {
      return counts.isEmpty() ? 0 : Integer.parseInt(counts.get(0));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
