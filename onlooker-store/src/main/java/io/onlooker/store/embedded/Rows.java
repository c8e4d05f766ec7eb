package io.onlooker.store.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spans in memory as one query sees them. Rows behind {@code size} belong to later queries; a row
 * is null when a later one counts instead.
 */
record Rows(@Nullable HotSpan[] array, int size) {

  static Rows of(List<HotSpan> spans) {
    return new Rows(spans.toArray(HotSpan[]::new), spans.size());
  }

  Stream<HotSpan> spans() {
    return Arrays.stream(array, 0, size).filter(Objects::nonNull);
  }
}
