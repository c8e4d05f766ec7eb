package io.onlooker.instrument;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a stream that the caller reads with several threads; its end is not the stream's. */
record NotedPart<T>(Object holder, Spliterator<T> part, PieceListener listener)
    implements Spliterator<T> {

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    return part.tryAdvance(piece -> {
      if (listener.piece(piece)) {
        action.accept(piece);
      }
    });
  }

  @Override
  public @Nullable Spliterator<T> trySplit() {
    Spliterator<T> split = part.trySplit();
    return split == null ? null : new NotedPart<>(holder, split, listener);
  }

  @Override
  public long estimateSize() {
    return part.estimateSize();
  }

  @Override
  public int characteristics() {
    return part.characteristics() & ~(SIZED | SUBSIZED);
  }
}
