package io.onlooker.springai;

import java.util.function.Consumer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** The same stream, subscribed to within something; signals pass by untouched. */
final class SubscribedWithin<T> extends FluxOperator<T, T> {

  private final Consumer<Runnable> within;

  SubscribedWithin(Flux<? extends T> source, Consumer<Runnable> within) {
    super(source);
    this.within = within;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    within.accept(() -> source.subscribe(actual));
  }
}
