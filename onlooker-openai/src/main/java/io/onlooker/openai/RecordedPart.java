package io.onlooker.openai;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a stream that the caller reads with several threads; its end is not the stream's. */
record RecordedPart<T>(Object holder, Spliterator<T> part, Answer answer)
    implements Spliterator<T> {

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    return part.tryAdvance(piece -> noted(piece, action));
  }

  private void noted(T piece, Consumer<? super T> action) {
    if (answer.piece(piece)) {
      action.accept(piece);
    }
  }

  @Override
  public @Nullable Spliterator<T> trySplit() {
    Spliterator<T> split = part.trySplit();
    return split == null ? null : new RecordedPart<>(holder, split, answer);
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
