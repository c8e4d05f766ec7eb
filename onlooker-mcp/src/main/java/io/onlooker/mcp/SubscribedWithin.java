package io.onlooker.mcp;

import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** What is handled on the subscribing thread sees the request's span as the current one. */
final class SubscribedWithin<T> extends Mono<T> {

  private final ServerCall call;
  private final Mono<T> handling;

  SubscribedWithin(ServerCall call, Supplier<Mono<T>> handle) {
    this.call = call;
    this.handling = Mono.defer(handle);
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    call.within(() -> {
      handling.subscribe(actual);
      return call;
    });
  }
}
