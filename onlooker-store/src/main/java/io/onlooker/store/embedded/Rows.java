package io.onlooker.store.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spans in memory as one query sees them. Rows behind {@code size} belong to later queries; a row
 * is null when a later one counts instead.
 *
 * @param lists keys of attributes that are a list in one of them, and perhaps some more
 */
record Rows(@Nullable HotSpan[] array, int size, Set<String> lists, StartBounds bounds) {

  /** These spans by themselves. */
  static Rows of(List<HotSpan> spans, Set<String> lists) {
    StartBounds bounds = StartBounds.NONE;
    for (int row = 0; row < spans.size(); row++) {
      bounds = bounds.with(row, spans.get(row).data().startNanos());
    }
    return new Rows(spans.toArray(HotSpan[]::new), spans.size(), lists, bounds);
  }

  Stream<HotSpan> spans() {
    return Arrays.stream(array, 0, size).filter(Objects::nonNull);
  }

  /** Goes through the spans that the range takes. */
  void in(Range range, Consumer<HotSpan> action) {
    parts(range).forEach(part -> in(range, part, action));
  }

  /** Parts of the rows in which such spans may be. */
  IntStream parts(Range range) {
    return IntStream.range(0, StartBounds.parts(size)).filter(part -> bounds.overlap(part, range));
  }

  /** Goes through the spans of one part that the range takes. */
  void in(Range range, int part, Consumer<HotSpan> action) {
    int from = part * StartBounds.ROWS;
    int to = Math.min(size, from + StartBounds.ROWS);
    for (int row = from; row < to; row++) {
      HotSpan span = array[row];
      if (span != null && range.takes(span)) {
        action.accept(span);
      }
    }
  }
}
