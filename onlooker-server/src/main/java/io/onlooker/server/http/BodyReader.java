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

  /** What came, as long as it is one part: most bodies are, and then need not be copied. */
  private byte[] only = new byte[0];

  private @Nullable ByteArrayOutputStream parts;
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
      join(data.array());
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes());
  }

  private void join(byte[] part) {
    if (parts != null) {
      parts.writeBytes(part);
    } else if (only.length == 0) {
      only = part;
    } else {
      parts = new ByteArrayOutputStream(2 * (only.length + part.length));
      parts.writeBytes(only);
      parts.writeBytes(part);
      only = new byte[0];
    }
  }

  private synchronized byte[] bytes() {
    return parts == null ? only : parts.toByteArray();
  }
}
