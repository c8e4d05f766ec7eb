package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.onlooker.instrument.Presence;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One subscription to a model's stream. While it is made, on the subscriber's thread, the model's
 * observation begins, and then its client is called: within the model's span, so that a client that
 * is instrumented as well records no second one.
 */
final class Subscription {

  private static final ThreadLocal<@Nullable Subscription> HERE = new ThreadLocal<>();

  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Node model;
  private Presence presence = Presence.NONE;

  private Subscription() {}

  /**
   * The same stream; each subscription to it is one of these.
   *
   * @param content whether a piece carries a part of the answer
   */
  static <T> Flux<T> of(Supplier<? extends Flux<T>> stream, Predicate<? super T> content) {
    return Flux.defer(() -> {
      Subscription subscription = new Subscription();
      Flux<T> seen =
          stream
              .get()
              .doOnNext(piece -> subscription.piece(() -> content.test(piece)))
              .doFinally(signal -> subscription.over());
      return new SubscribedWithin<>(seen, subscription::within);
    });
  }

  /** A model's observation has begun. */
  static void began(Observation.Context context, Node node) {
    Subscription here = HERE.get();
    if (here != null && here.model == null && Models.streams(context)) {
      node.retain();
      here.model = node;
      here.presence = node.onlooker().enter(node.span());
    }
  }

  /** Subscribes. */
  private void within(Runnable subscribing) {
    Subscription before = HERE.get();
    HERE.set(this);
    try {
      subscribing.run();
    } finally {
      presence.close();
      if (before == null) {
        HERE.remove();
      } else {
        HERE.set(before);
      }
    }
  }

  /** The next piece of the answer. */
  private void piece(BooleanSupplier content) {
    Node node = model;
    if (node != null) {
      node.onlooker()
          .guarded(
              "piece of an answer",
              () -> {
                if (content.getAsBoolean()) {
                  node.firstChunk();
                }
              });
    }
  }

  /** No more pieces will be seen. */
  private void over() {
    Node node = model;
    if (node != null && over.compareAndSet(false, true)) {
      node.release();
    }
  }
}
