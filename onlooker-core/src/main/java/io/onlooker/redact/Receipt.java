package io.onlooker.redact;

import io.onlooker.Attributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was replaced in one item, by kind. Not thread-safe. */
final class Receipt {

  /** The value of a key that is named like a secret. */
  static final String SECRET = "SECRET";

  /** What the rules hide. */
  static final String HIDDEN = "HIDDEN";

  /** What could not be redacted, and so was dropped. */
  static final String FAILED = "FAILED";

  static final Set<String> RESERVED = Set.of(SECRET, HIDDEN, FAILED);

  private static final String PREFIX = "onlooker.redacted.";

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Writes a number per kind, added to what an earlier processor wrote. */
  void addTo(Attributes.Builder attributes, Attributes before) {
    counts.forEach((kind, count) -> {
      Object earlier = before.get(PREFIX + kind);
      attributes.put(PREFIX + kind, earlier instanceof Long known ? known + count : count);
    });
  }
}
