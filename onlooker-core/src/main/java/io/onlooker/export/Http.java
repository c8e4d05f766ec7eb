package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.export.Target.Verdict;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request at a time, whatever the receiver does: a time limit on all of it, a short memory. */
final class Http {

  private static final int MOST_ANSWER_BYTES = 64 * 1024;

  private final Duration timeout;
  private @Nullable HttpClient client;

  /**
   * @param client the application's client, or null to make one for the first request
   */
  Http(@Nullable HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  Verdict post(Target target, Payload payload) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer = null;
    try {
      // The request's own timeout ends with the answer's head; the future's covers the body too.
      HttpRequest request = target.request(payload).timeout(timeout).build();
      answer = client().sendAsync(request, Http::answer);
      HttpResponse<byte[]> got = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return target.judge(payload, got.statusCode(), got.headers(), got.body());
    } catch (ExecutionException e) {
      return new Verdict.Retry(String.valueOf(e.getCause()), null);
    } catch (TimeoutException e) {
      return new Verdict.Retry("no answer within " + timeout.toMillis() + " ms", null);
    } catch (IllegalArgumentException e) {
      return new Verdict.Refused(Drop.INVALID, e.toString());
    } catch (RuntimeException e) {
      // The application's client may be closed, or its executor full: another try may do.
      return new Verdict.Retry(e.toString(), null);
    } finally {
      if (answer != null) {
        answer.cancel(true);
      }
    }
  }

  /** Asks without waiting; the answer, or null for none, is told on some other thread. */
  <T> void ask(
      HttpRequest question,
      HttpResponse.BodyHandler<T> body,
      Consumer<@Nullable HttpResponse<T>> answered) {
    try {
      CompletableFuture<?> unused =
          client()
              .sendAsync(question, body)
              .whenComplete((answer, failure) -> answered.accept(answer));
    } catch (RuntimeException e) {
      // As above.
      answered.accept(null);
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(timeout)
              .build();
    }
    return client;
  }

  /** The beginning of the body; the rest is read and forgotten. */
  private static BodySubscriber<byte[]> answer(ResponseInfo info) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    BodySubscriber<Void> reader = BodySubscribers.ofByteArrayConsumer(part -> keep(kept, part));
    return BodySubscribers.mapping(reader, done -> kept.toByteArray());
  }

  private static void keep(ByteArrayOutputStream kept, Optional<byte[]> part) {
    int room = MOST_ANSWER_BYTES - kept.size();
    part.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, room)));
  }
}
