package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest of the spans that memory holds, which are mostly those that came last.
 *
 * @param rows some of the spans
 * @param othersUpTo all others of the range start then or before
 */
record NewestRows(Rows rows, long othersUpTo) {

  /** Some thousand spans of rows that stand together. */
  private record Part(Rows rows, int number) {

    long last() {
      return rows.bounds().last()[number];
    }
  }

  /**
   * About so many of a range, or null when memory holds hardly more than these.
   *
   * @param spans how many it should be
   */
  static @Nullable NewestRows of(List<Rows> hot, Range range, long spans) {
    List<Part> parts = new ArrayList<>();
    hot.forEach(rows -> rows.parts(range).forEach(number -> parts.add(new Part(rows, number))));
    long some = (spans + StartBounds.ROWS - 1) / StartBounds.ROWS;
    if (parts.size() < 2 * some) {
      return null;
    }
    parts.sort(Comparator.comparingLong(Part::last).reversed());
    return new NewestRows(rows(parts.subList(0, (int) some), range), parts.get((int) some).last());
  }

  private static Rows rows(List<Part> parts, Range range) {
    Set<String> lists = new HashSet<>();
    List<HotSpan> spans = new ArrayList<>();
    for (Part part : parts) {
      lists.addAll(part.rows().lists());
      part.rows().in(range, part.number(), spans::add);
    }
    return Rows.of(spans, lists);
  }
}
