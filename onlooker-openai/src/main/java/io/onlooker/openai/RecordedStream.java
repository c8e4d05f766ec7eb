package io.onlooker.openai;

import com.openai.core.http.StreamResponse;
import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The client's stream, its pieces noted as the caller takes them. */
final class RecordedStream<T> implements StreamResponse<T> {

  private final StreamResponse<T> stream;
  private final Answer answer;

  /** Reachable as long as this is; null when there is nothing to hold. */
  @SuppressWarnings("UnusedVariable")
  private final @Nullable Object origin;

  RecordedStream(StreamResponse<T> stream, Answer answer, @Nullable Object origin) {
    this.stream = stream;
    this.answer = answer;
    this.origin = origin;
    answer.heldBy(this);
  }

  @Override
  public Stream<T> stream() {
    Stream<T> pieces = stream.stream();
    // Only when the caller begins: openai-java's stream is as lazy.
    return StreamSupport.stream(
            () -> new RecordedSpliterator<>(this, pieces.spliterator(), answer),
            Spliterator.ORDERED,
            pieces.isParallel())
        .onClose(pieces::close);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } finally {
      answer.closed();
    }
  }
}
