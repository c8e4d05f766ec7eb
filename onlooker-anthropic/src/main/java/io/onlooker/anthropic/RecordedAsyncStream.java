package io.onlooker.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The client's asynchronous stream, its pieces noted where its handler gets them. */
final class RecordedAsyncStream<T> implements AsyncStreamResponse<T> {

  private final AsyncStreamResponse<T> stream;
  private final Answer answer;

  RecordedAsyncStream(AsyncStreamResponse<T> stream, Answer answer) {
    this.stream = stream;
    this.answer = answer;
    answer.heldBy(this);
    // Fails also when nobody subscribes.
    stream.onCompleteFuture().exceptionally(this::failed);
  }

  private @Nullable Void failed(Throwable failure) {
    answer.failed(failure);
    return null;
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler) {
    stream.subscribe(new Noting<>(handler, this));
    return this;
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler, Executor executor) {
    stream.subscribe(new Noting<>(handler, this), executor);
    return this;
  }

  @Override
  public CompletableFuture<Void> onCompleteFuture() {
    return stream.onCompleteFuture();
  }

  @Override
  public void close() {
    try {
      stream.close();
    } finally {
      answer.closed();
    }
  }

  /** Keeps the stream reachable while its pieces come. */
  private static final class Noting<T> implements Handler<T> {

    private final Handler<? super T> handler;
    private final RecordedAsyncStream<?> stream;
    private boolean handlersTurn;

    Noting(Handler<? super T> handler, RecordedAsyncStream<?> stream) {
      this.handler = handler;
      this.stream = stream;
    }

    @Override
    public void onNext(T piece) {
      stream.answer.piece(piece);
      handlersTurn = true;
      handler.onNext(piece);
      handlersTurn = false;
    }

    @Override
    public void onComplete(Optional<Throwable> error) {
      if (handlersTurn) {
        stream.answer.closed();
      } else if (error.isPresent()) {
        stream.answer.failed(error.get());
      } else {
        stream.answer.complete();
      }
      handler.onComplete(error);
    }
  }
}
