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
  private long taken;
  private boolean answered;

  BodyReader(BodyBudget budget) {
    this.budget = budget;
  }

  /** The body; fails with what the library says, or with the problem to be answered. */
  CompletableFuture<byte[]> whole() {
    return whole;
  }

  /** The request is answered: what the body took is free for others, and no more is taken. */
  synchronized void release() {
    answered = true;
    budget.giveBack(taken);
    taken = 0;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject object) {
    if (!(object instanceof HttpData data) || whole.isDone()) {
      return;
    }
    try {
      add(data);
    } catch (HttpProblem problem) {
      whole.completeExceptionally(problem);
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  private synchronized void add(HttpData data) {
    if (!answered) {
      budget.take(data.length());
      taken += data.length();
      bytes.writeBytes(data.array());
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
