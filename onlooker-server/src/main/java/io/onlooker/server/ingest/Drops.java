package io.onlooker.server.ingest;

import io.onlooker.Drop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What of one request was not kept, and why. Not thread-safe. */
final class Drops {

  private static final int DETAILS = 10;

  private final Map<Kind, Long> counts = new LinkedHashMap<>();
  private final List<String> details = new ArrayList<>();

  /**
   * @param category the kind of item, from a closed set
   */
  record Kind(Drop reason, String category) {}

  void add(Drop reason, String category) {
    add(reason, category, 1);
  }

  void add(Drop reason, String category, long quantity) {
    if (quantity > 0) {
      counts.merge(new Kind(reason, category), quantity, Long::sum);
    }
  }

  /** Counts an item that could not be read and remembers why, for the answer. */
  void invalid(String category, String detail) {
    add(Drop.INVALID, category);
    explain(detail);
  }

  void explain(String detail) {
    if (details.size() < DETAILS) {
      details.add(detail);
    }
  }

  /** Counts what is not kept anyway as refused instead, if the limits of its kind are used up. */
  void refuse(Predicate<String> refused) {
    for (Map.Entry<Kind, Long> entry : List.copyOf(counts.entrySet())) {
      if (entry.getKey().reason() == Drop.NOT_KEPT && refused.test(entry.getKey().category())) {
        counts.remove(entry.getKey());
        add(Drop.RATE_LIMITED, entry.getKey().category(), entry.getValue());
      }
    }
  }

  Map<Kind, Long> counts() {
    return counts;
  }

  /** Sentences for the sender, at most ten. */
  List<String> details() {
    return details;
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What was dropped although the sender meant it to be kept. */
  long faults() {
    return total() - count(Drop.NOT_KEPT);
  }

  long count(Drop reason) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().reason() == reason)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
