package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides where a segment holds the attributes of its spans: a column for each key and kind that is
 * used most, one map for the rest, and long texts in a file of their own so that queries which do
 * not name them read little.
 */
final class ColumnPlan {

  private static final int MOST_COLUMNS = 500;
  private static final int LONG_TEXT = 1024;
  private static final int LONGEST_NAME = 200;

  private final Map<String, Counts> counts = new HashMap<>();
  private final KeyMemo<Counts> memo =
      new KeyMemo<>(key -> counts.computeIfAbsent(key, _ -> new Counts()));

  /** How often a key has short values of each kind, and whether it has long ones. */
  private static final class Counts {
    private final Map<AttributeKind, Counter> byKind = new EnumMap<>(AttributeKind.class);
    private boolean longTexts;

    private void count(AttributeKind kind) {
      Counter counter = byKind.get(kind);
      if (counter == null) {
        counter = new Counter();
        byKind.put(kind, counter);
      }
      counter.count++;
    }
  }

  private static final class Counter {
    private int count;
  }

  private record Use(String key, AttributeKind kind, int count) {

    String column() {
      return kind.prefix() + ":" + key;
    }

    /** Control characters in names of columns are more than other tools can be asked to bear. */
    boolean isPlain() {
      return key.length() <= LONGEST_NAME && key.chars().noneMatch(Character::isISOControl);
    }
  }

  ColumnPlan(List<HotSpan> spans) {
    for (HotSpan span : spans) {
      memo.restart();
      span.data().attributes().forEach(this::count);
    }
  }

  private void count(String key, Object value) {
    Counts of = requireNonNull(memo.next(key), "counts");
    if (isLong(value)) {
      of.longTexts = true;
    } else {
      of.count(AttributeKind.of(value));
    }
  }

  static boolean isLong(Object value) {
    return value instanceof String text && text.length() > LONG_TEXT;
  }

  Map<String, KeyColumns> keys() {
    Map<String, KeyColumns> keys = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    for (Use use : byUse()) {
      KeyColumns known = keys.getOrDefault(use.key(), KeyColumns.NONE);
      // The engine does not tell columns apart by the case of their letters.
      boolean own =
          taken.size() < MOST_COLUMNS
              && use.isPlain()
              && taken.add(use.column().toLowerCase(Locale.ROOT));
      keys.put(
          use.key(),
          own
              ? known.with(use.kind(), use.column())
              : new KeyColumns(known.columns(), true, known.inTexts()));
    }
    counts.forEach((key, of) -> {
      if (of.longTexts) {
        KeyColumns known = keys.getOrDefault(key, KeyColumns.NONE);
        keys.put(key, new KeyColumns(known.columns(), known.inRest(), true));
      }
    });
    return keys;
  }

  private List<Use> byUse() {
    List<Use> uses = new ArrayList<>();
    counts.forEach((key, of) ->
        of.byKind.forEach((kind, counter) -> uses.add(new Use(key, kind, counter.count))));
    uses.sort(Comparator.comparingInt((Use use) -> -use.count()).thenComparing(Use::column));
    return uses;
  }
}
