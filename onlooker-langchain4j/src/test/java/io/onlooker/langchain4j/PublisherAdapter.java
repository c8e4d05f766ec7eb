package io.onlooker.langchain4j;

import dev.langchain4j.service.TokenStream;
import dev.langchain4j.spi.services.TokenStreamAdapter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** What langchain4j-reactor does for {@code Flux}, for the JDK's own publishers. */
public final class PublisherAdapter implements TokenStreamAdapter {

  /** For the service loader. */
  public PublisherAdapter() {}

  @Override
  public boolean canAdaptTokenStreamTo(Type type) {
    return type instanceof ParameterizedType parameterized
        && parameterized.getRawType() == Flow.Publisher.class;
  }

  @Override
  public Object adapt(TokenStream stream) {
    return (Flow.Publisher<String>) subscriber -> subscribe(stream, subscriber);
  }

  private static void subscribe(TokenStream stream, Flow.Subscriber<? super String> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    stream
        .onPartialResponse(subscriber::onNext)
        .onCompleteResponse(response -> subscriber.onComplete())
        .onError(subscriber::onError)
        .start();
  }

  /** All pieces joined. */
  static String read(Flow.Publisher<String> publisher) throws Exception {
    CompletableFuture<String> whole = new CompletableFuture<>();
    StringBuilder text = new StringBuilder();
    publisher.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(String piece) {
            text.append(piece);
          }

          @Override
          public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            whole.complete(text.toString());
          }
        });
    return whole.get(30, TimeUnit.SECONDS);
  }
}
