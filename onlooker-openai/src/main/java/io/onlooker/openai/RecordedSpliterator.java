package io.onlooker.openai;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on pieces and notes them, their end, and the failure to get one. */
final class RecordedSpliterator<T> implements Spliterator<T> {

  /** Reachable as long as somebody reads, so that the stream is not taken for abandoned. */
  private final Object holder;

  private final Spliterator<T> pieces;
  private final Answer answer;
  private boolean callersTurn;

  RecordedSpliterator(Object holder, Spliterator<T> pieces, Answer answer) {
    this.holder = holder;
    this.pieces = pieces;
    this.answer = answer;
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    boolean[] handed = new boolean[1];
    Consumer<T> noting =
        piece -> {
          if (answer.piece(piece)) {
            handed[0] = true;
            handOn(action, piece);
          }
        };
    while (advanced(noting)) {
      if (handed[0]) {
        return true;
      }
    }
    return false;
  }

  private boolean advanced(Consumer<T> noting) {
    try {
      if (pieces.tryAdvance(noting)) {
        return true;
      }
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
    answer.complete();
    return false;
  }

  @Override
  public void forEachRemaining(Consumer<? super T> action) {
    try {
      pieces.forEachRemaining(piece -> {
        if (answer.piece(piece)) {
          handOn(action, piece);
        }
      });
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
    answer.complete();
  }

  /** What the caller's own code throws is no failure of the model's. */
  private void handOn(Consumer<? super T> action, T piece) {
    callersTurn = true;
    action.accept(piece);
    callersTurn = false;
  }

  private void failed(Throwable failure) {
    if (!callersTurn) {
      answer.failed(failure);
    }
  }

  @Override
  public @Nullable Spliterator<T> trySplit() {
    Spliterator<T> part = pieces.trySplit();
    return part == null ? null : new RecordedPart<>(holder, part, answer);
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
