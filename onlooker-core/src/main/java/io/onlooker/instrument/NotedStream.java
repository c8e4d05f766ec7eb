package io.onlooker.instrument;

import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The stream of a library, its pieces noted as the caller takes them: as lazy, in its order. */
public final class NotedStream {

  private NotedStream() {}

  /**
   * The same pieces, noted.
   *
   * @param holder stays reachable as long as somebody reads, so that the answer is not taken for
   *     abandoned
   */
  public static <T> Stream<T> of(Stream<T> pieces, Object holder, PieceListener listener) {
    // Asked for its pieces only when the caller begins.
    return StreamSupport.stream(
            () -> new NotedSpliterator<>(holder, pieces.spliterator(), listener),
            Spliterator.ORDERED,
            pieces.isParallel())
        .onClose(pieces::close);
  }
}
