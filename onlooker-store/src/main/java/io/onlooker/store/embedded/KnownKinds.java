package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of which kinds the values of an attribute are, in all that a query sees. What a key never is need
 * not be compared: most keys are of one kind, and a group of them is then one column.
 */
final class KnownKinds {

  private final List<Rows> hot;
  private final List<Segment> segments;
  private final Map<String, Set<AttributeKind>> known = new HashMap<>();

  /**
   * @param hot rows that do not change any more
   */
  KnownKinds(List<Rows> hot, List<Segment> segments) {
    this.hot = hot;
    this.segments = segments;
  }

  Set<AttributeKind> of(String key) {
    return known.computeIfAbsent(key, this::find);
  }

  private Set<AttributeKind> find(String key) {
    Set<AttributeKind> kinds = EnumSet.noneOf(AttributeKind.class);
    segments.forEach(segment -> kinds.addAll(kinds(segment.columns(key))));
    for (Rows rows : hot) {
      rows.spans()
          .map(span -> span.data().attributes().get(key))
          .filter(value -> value != null)
          .forEach(value -> kinds.add(AttributeKind.of(value)));
    }
    return kinds;
  }

  private static Set<AttributeKind> kinds(KeyColumns columns) {
    if (columns.inRest()) {
      return EnumSet.allOf(AttributeKind.class);
    }
    Set<AttributeKind> kinds = EnumSet.noneOf(AttributeKind.class);
    kinds.addAll(columns.columns().keySet());
    if (columns.inTexts()) {
      kinds.add(AttributeKind.TEXT);
    }
    return kinds;
  }
}
