package io.onlooker.instrument;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on pieces and notes them, their end, and the failure to get one. */
final class NotedSpliterator<T> implements Spliterator<T> {

  private final Object holder;
  private final Spliterator<T> pieces;
  private final PieceListener listener;
  private boolean handed;
  private boolean callersTurn;

  NotedSpliterator(Object holder, Spliterator<T> pieces, PieceListener listener) {
    this.holder = holder;
    this.pieces = pieces;
    this.listener = listener;
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    handed = false;
    while (advanced(action)) {
      if (handed) {
        return true;
      }
    }
    return false;
  }

  private boolean advanced(Consumer<? super T> action) {
    try {
      if (pieces.tryAdvance(piece -> noted(piece, action))) {
        return true;
      }
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
    listener.complete();
    return false;
  }

  @Override
  public void forEachRemaining(Consumer<? super T> action) {
    try {
      pieces.forEachRemaining(piece -> noted(piece, action));
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
    listener.complete();
  }

  /** What the caller's own code throws is no failure of the model's. */
  private void noted(T piece, Consumer<? super T> action) {
    if (listener.piece(piece)) {
      handed = true;
      callersTurn = true;
      action.accept(piece);
      callersTurn = false;
    }
  }

  private void failed(Throwable failure) {
    if (!callersTurn) {
      listener.failed(failure);
    }
  }

  @Override
  public @Nullable Spliterator<T> trySplit() {
    Spliterator<T> part = pieces.trySplit();
    return part == null ? null : new NotedPart<>(holder, part, listener);
  }

  @Override
  public long estimateSize() {
    return pieces.estimateSize();
  }

  @Override
  public int characteristics() {
    return pieces.characteristics() & ~(SIZED | SUBSIZED);
  }
}
