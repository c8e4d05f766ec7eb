package io.onlooker.openai;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import io.onlooker.Onlooker;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.Recording;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call of a service that asks a model, from its arguments to its answer. */
final class Call {

  private final Api api;
  private final Object target;
  private final Method method;
  private final Object[] args;
  private final CountedServices services;
  private final Settings settings;
  private final Onlooker onlooker;

  Call(
      Api api,
      Object target,
      Method method,
      Object[] args,
      CountedServices services,
      Settings settings) {
    this.api = api;
    this.target = target;
    this.method = method;
    this.args = args;
    this.services = services;
    onlooker = settings.onlooker();
    this.settings = settings.with(onlooker);
  }

  /** Calls the service; what it returns or throws is what the caller gets. */
  @Nullable Object make() throws Throwable {
    boolean streamed = method.getName().equals("createStreaming");
    boolean forced = streamed && Boolean.TRUE.equals(settings.forceStreamUsage());
    Object[] sent = forced ? api.askingForUsage(args) : args;
    Recording recording = settings.recording(onlooker);
    ModelCall call =
        ModelCall.start(
            onlooker,
            recording,
            () -> api.request(sent, streamed, services.server(settings), recording));
    if (call == null) {
      return InstrumentedService.pass(target, method, args);
    }
    Answer answer = new Answer(api, call, settings, sent, forced && !Arrays.equals(sent, args));
    CountedServices.Counted counted = services.take(call);
    try {
      Object result = InstrumentedService.pass(counted.service(), method, sent);
      return answered(result, answer, counted);
    } catch (Throwable e) {
      services.giveBack(counted);
      answer.failed(e);
      throw e;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // handed on
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
  @SuppressWarnings("FutureReturnValueIgnored") // the caller has the future and its failure
  private CompletableFuture<?> later(
      CompletableFuture<?> future, Answer answer, CountedServices.Counted used) {
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
    if (!Apis.raw(method)) {
      return future;
    }
    CompletableFuture<@Nullable Object> wrapped = noted.thenApply(result -> now(result, answer));
    wrapped.whenComplete((result, failure) -> {
      if (wrapped.isCancelled()) {
        answer.failed(failure);
      }
    });
    return wrapped;
  }
}
