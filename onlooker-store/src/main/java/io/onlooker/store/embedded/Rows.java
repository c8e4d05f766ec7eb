package io.onlooker.store.embedded;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spans in memory as one query sees them. Rows behind {@code size} belong to later queries; a row
 * is null when a later one counts instead.
 *
 * @param lists keys of attributes that are a list in one of them, and perhaps some more
 */
record Rows(@Nullable HotSpan[] array, int size, Set<String> lists) {

  Stream<HotSpan> spans() {
    return Arrays.stream(array, 0, size).filter(Objects::nonNull);
  }
}
