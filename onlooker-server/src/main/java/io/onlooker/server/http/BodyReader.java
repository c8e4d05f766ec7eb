package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects a body as it arrives, as far as the budget goes. The library's own way to collect looks
 * at the data only when all of it is there.
 */
final class BodyReader implements Subscriber<HttpObject> {

  private final BodyBudget budget;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private volatile long taken;

  BodyReader(BodyBudget budget) {
    this.budget = budget;
  }

  /** The body; fails with what the library says, or with the problem to be answered. */
  CompletableFuture<byte[]> whole() {
    return whole;
  }

  /** Room that was taken and is to be given back when the request is answered. */
  long taken() {
    return taken;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // Only the stream's thread writes it.
  public void onNext(HttpObject object) {
    if (!(object instanceof HttpData data) || whole.isDone()) {
      return;
    }
    try {
      budget.take(data.length());
      taken += data.length();
      bytes.writeBytes(data.array());
    } catch (HttpProblem problem) {
      whole.completeExceptionally(problem);
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes.toByteArray());
  }
}
