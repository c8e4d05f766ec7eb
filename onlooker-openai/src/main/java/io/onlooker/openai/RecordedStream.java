package io.onlooker.openai;

import com.openai.core.http.StreamResponse;
import io.onlooker.instrument.NotedStream;
import java.util.stream.Stream;
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
    return NotedStream.of(stream.stream(), this, answer);
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
