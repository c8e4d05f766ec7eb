package io.onlooker.server.web;

import io.onlooker.redact.PiiKind;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often rules replaced something, as the senders tell in {@code onlooker.redacted.KIND}. */
record RedactionHits(Store store, int project) {

  /** More figures than these a query does not take at once. */
  private static final int AT_ONCE = 8;

  /**
   * The sums of the last 24 hours, by kind; a kind without hits is missing.
   *
   * @param more names besides those of {@link PiiKind}
   */
  Map<String, Long> lastDay(List<String> more, Instant now) {
    List<String> names = new ArrayList<>();
    for (PiiKind kind : PiiKind.values()) {
      names.add(kind.name());
    }
    names.addAll(more.stream().filter(name -> name.matches("[A-Za-z0-9_]+")).toList());
    Range day = new Range("", now.minus(Duration.ofDays(1)), now.plusSeconds(1));
    Map<String, Long> hits = new LinkedHashMap<>();
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      add(names.subList(from, Math.min(names.size(), from + AT_ONCE)), day, hits);
    }
    return hits;
  }

  private void add(List<String> names, Range range, Map<String, Long> hits) {
    List<String> sums = names.stream().map(name -> "sum(onlooker.redacted." + name + ")").toList();
    List<List<@Nullable Object>> rows =
        new Figures(store, project).totals("", sums, List.of(), range, 1).rows();
    for (int i = 0; i < names.size() && !rows.isEmpty(); i++) {
      long sum = Model.whole(rows.getFirst().get(i));
      if (sum > 0) {
        hits.merge(names.get(i), sum, Long::sum);
      }
    }
  }
}
