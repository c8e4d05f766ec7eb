package io.onlooker.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.Recording;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call of a service that asks a model, from its arguments to its answer. */
final class Call {

  private final Object target;
  private final Method method;
  private final Object[] args;
  private final CountedServices services;
  private final Settings settings;
  private final Onlooker onlooker;

  Call(Object target, Method method, Object[] args, CountedServices services, Settings settings) {
    this.target = target;
    this.method = method;
    this.args = args;
    this.services = services;
    onlooker = settings.onlooker();
    this.settings = settings.with(onlooker);
  }

  /** Calls the service; what it returns or throws is what the caller gets. */
  @Nullable Object make() throws Throwable {
    Recording recording = settings.recording(onlooker);
    boolean streamed = method.getName().equals("createStreaming");
    ModelCall call = ModelCall.start(onlooker, recording, () -> span(streamed, recording));
    if (call == null) {
      return Services.pass(target, method, args);
    }
    Answer answer = new Answer(call, null);
    CountedServices.Counted counted = services.take(call, settings);
    try {
      Object result = Services.pass(counted.service(), method, args);
      return answered(result, answer, counted);
    } catch (Throwable e) {
      services.giveBack(counted);
      answer.failed(e);
      throw e;
    }
  }

  /** Null when the arguments are none that are known. */
  private @Nullable SpanOptions span(boolean streamed, Recording recording) {
    Question question = Question.of(args, streamed);
    return question == null
        ? null
        : Input.span(question, services.call(question.model(), settings.provider()), recording);
  }

  private @Nullable Object answered(
      @Nullable Object result, Answer answer, CountedServices.Counted counted) {
    if (result instanceof CompletableFuture<?> future) {
      return later(future, answer, counted);
    }
    if (result instanceof AsyncStreamResponse<?> stream) {
      // Its attempts may go on after the stream is closed, so its service is not used again.
      return new RecordedAsyncStream<>(stream, answer);
    }
    services.giveBack(counted);
    return now(result, answer);
  }

  private static @Nullable Object now(@Nullable Object result, Answer answer) {
    if (result instanceof HttpResponseFor<?> raw) {
      return new RecordedRawResponse<>(raw, answer);
    }
    if (result instanceof StreamResponse<?> stream) {
      return new RecordedStream<>(stream, answer, null);
    }
    answer.whole(result);
    return result;
  }

  /** The client's own future, but for a raw response, which has to be another one. */
  @SuppressWarnings("FutureReturnValueIgnored") // the caller gets it
  private Object later(CompletableFuture<?> future, Answer answer, CountedServices.Counted used) {
    CompletableFuture<?> noted =
        future.whenComplete((result, failure) -> {
          if (!future.isCancelled()) {
            services.giveBack(used);
          }
          if (failure != null) {
            answer.failed(failure);
          } else if (!(result instanceof HttpResponseFor)) {
            answer.whole(result);
          }
        });
    if (!Services.raw(method)) {
      return future;
    }
    CompletableFuture<Object> wrapped = noted.thenApply(result -> now(result, answer));
    wrapped.exceptionally(failure -> {
      if (wrapped.isCancelled()) {
        answer.failed(failure);
      }
      return failure;
    });
    return wrapped;
  }
}
