package io.onlooker.store;

import java.util.List;
import java.util.Set;

/**
 * The attributes that spans have, those on most spans first: enough to complete a query, and no
 * figure to rely on.
 *
 * @param attributes what the newest spans have, and behind it what is only known of older ones
 * @param sampled how many of the newest spans were looked at
 * @param more how many attributes are left out
 */
public record AttributeCatalog(List<Entry> attributes, int sampled, int more) {

  public AttributeCatalog {
    attributes = List.copyOf(attributes);
  }

  /** What a value is; a list's elements do not matter. */
  public enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    LIST
  }

  /**
   * One attribute.
   *
   * @param kinds its values are of
   * @param spans of the sample that have it
   * @param top its most frequent short values, the elements of lists among them; empty for one that
   *     is different on every span
   */
  public record Entry(String key, Set<Kind> kinds, int spans, List<Value> top) {

    public Entry {
      kinds = Set.copyOf(kinds);
      top = List.copyOf(top);
    }
  }

  /**
   * A value and how many spans of the sample have it.
   *
   * @param value a {@link String}, {@link Boolean}, {@link Long} or {@link Double}
   */
  public record Value(Object value, int spans) {}
}
