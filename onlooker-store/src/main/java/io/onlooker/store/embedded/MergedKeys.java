package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where the attributes of several segments stand when these become one. */
final class MergedKeys {

  private static final int MOST_COLUMNS = 600;

  private final Map<String, KeyColumns> keys = new TreeMap<>();
  private final Map<String, String> columns = new HashMap<>();

  /** Adds those of a segment; false, and nothing is added, when its columns do not fit. */
  boolean add(Segment segment) {
    Map<String, String> more = new HashMap<>(columns);
    for (KeyColumns key : segment.keys().values()) {
      for (String column : key.columns().values()) {
        // The engine does not tell columns apart by the case of their letters.
        String known = more.put(column.toLowerCase(Locale.ROOT), column);
        if (known != null && !known.equals(column)) {
          return false;
        }
      }
    }
    if (more.size() > MOST_COLUMNS && !columns.isEmpty()) {
      return false;
    }
    columns.putAll(more);
    segment.keys().forEach((key, where) -> keys.merge(key, where, MergedKeys::both));
    return true;
  }

  private static KeyColumns both(KeyColumns a, KeyColumns b) {
    Map<AttributeKind, String> columns = new EnumMap<>(AttributeKind.class);
    columns.putAll(a.columns());
    columns.putAll(b.columns());
    return new KeyColumns(columns, a.inRest() || b.inRest(), a.inTexts() || b.inTexts());
  }

  Map<String, KeyColumns> keys() {
    return keys;
  }
}
