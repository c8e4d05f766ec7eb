package io.onlooker.session;

import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A stream whose elements are recorded as they are read; one reader at a time. */
final class FollowedStream<T> implements Spliterator<T> {

  private final StreamRecorder recorder;
  private final Spliterator<T> source;
  private final Function<? super T, ? extends @Nullable CharSequence> text;
  private @Nullable T next;

  private FollowedStream(
      StreamRecorder recorder,
      Spliterator<T> source,
      Function<? super T, ? extends @Nullable CharSequence> text) {
    this.recorder = recorder;
    this.source = source;
    this.text = text;
  }

  static <T> Stream<T> of(
      StreamRecorder recorder,
      Stream<T> stream,
      Function<? super T, ? extends @Nullable CharSequence> text) {
    FollowedStream<T> followed = new FollowedStream<>(recorder, stream.spliterator(), text);
    return StreamSupport.stream(followed, false)
        .onClose(stream::close)
        .onClose(() -> recorder.cancelled("closed before its end"));
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (!read()) {
      recorder.complete();
      return false;
    }
    T element = take();
    recorder.element(element, text);
    // Outside of the session: what the reader does, and fails of, is not the agent's.
    action.accept(element);
    return true;
  }

  private boolean read() {
    try {
      return recorder.session().run(() -> source.tryAdvance(element -> next = element));
    } catch (Throwable e) {
      recorder.failed(e);
      throw e;
    }
  }

  @SuppressWarnings("NullAway") // set when the source has advanced; null if that is the element
  private T take() {
    T element = next;
    next = null;
    return element;
  }

  /** In one piece: the order of the elements is the order of the text. */
  @Override
  public @Nullable Spliterator<T> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return source.estimateSize();
  }

  @Override
  public int characteristics() {
    return source.characteristics();
  }

  @Override
  public Comparator<? super T> getComparator() {
    return source.getComparator();
  }
}
