package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.onlooker.instrument.Presence;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;

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
  void within(Runnable subscribing) {
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
  void piece(ChatClientResponse piece) {
    Node node = model;
    if (node != null) {
      node.onlooker()
          .guarded(
              "piece of an answer",
              () -> {
                if (Output.content(piece.chatResponse())) {
                  node.firstChunk();
                }
              });
    }
  }

  /** No more pieces will be seen. */
  void over() {
    Node node = model;
    if (node != null && over.compareAndSet(false, true)) {
      node.release();
    }
  }
}
