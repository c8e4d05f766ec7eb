package io.onlooker.store.embedded;

import io.onlooker.store.AttributeCatalog.Kind;
import io.onlooker.store.embedded.Segment.KeyColumns;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The attribute keys of a project as its segments name them, without a look into a file. */
final class KnownKeys {

  private KnownKeys() {}

  /** Keys of segments that hold other projects too are not told: they may be those of others. */
  static Map<String, Set<Kind>> of(View view, Range range) {
    Map<String, Set<Kind>> keys = new TreeMap<>();
    for (Segment segment : view.segments()) {
      if (range.overlaps(segment) && segment.summary().projects().size() == 1) {
        segment
            .keys()
            .forEach((key, where) ->
                keys.computeIfAbsent(key, _ -> EnumSet.noneOf(Kind.class)).addAll(kinds(where)));
      }
    }
    return keys;
  }

  private static Set<Kind> kinds(KeyColumns where) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    where.columns().keySet().forEach(kind -> kinds.add(kind(kind)));
    if (where.inTexts()) {
      kinds.add(Kind.TEXT);
    }
    return kinds;
  }

  private static Kind kind(AttributeKind kind) {
    return switch (kind) {
      case TEXT -> Kind.TEXT;
      case WHOLE, FRACTION -> Kind.NUMBER;
      case FLAG -> Kind.BOOLEAN;
      case LIST -> Kind.LIST;
    };
  }
}
