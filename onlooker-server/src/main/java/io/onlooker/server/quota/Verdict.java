package io.onlooker.server.quota;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may pass of a request, and what its sender is to be told.
 *
 * @param refused categories of which nothing of this request may pass
 * @param exhausted limits that are used up after this request
 */
public record Verdict(Set<Category> refused, List<Exhausted> exhausted) {

  /** For keys without limits. */
  public static final Verdict FREE = new Verdict(Set.of(), List.of());

  /**
   * A limit that is used up.
   *
   * @param seconds after which it is worth to try again, at least 1
   */
  record Exhausted(Limit limit, long seconds) {}

  public Verdict {
    refused = Set.copyOf(refused);
    exhausted = List.copyOf(exhausted);
  }

  /** Whether nothing of the category may pass. */
  public boolean refuses(Category category) {
    return refused.contains(category);
  }

  /** In how many seconds what was refused may be tried again; at least 1. */
  public long retrySeconds() {
    return exhausted.stream()
        .filter(one -> refused.stream().anyMatch(one.limit()::covers))
        .mapToLong(Exhausted::seconds)
        .max()
        .orElse(1);
  }

  /**
   * The value of {@code X-Sentry-Rate-Limits}: {@code seconds:categories:scope:reason}, no
   * categories meaning all; null when nothing is used up.
   */
  public @Nullable String rateLimits() {
    if (exhausted.isEmpty()) {
      return null;
    }
    TreeMap<String, Long> longest = new TreeMap<>();
    for (Exhausted one : exhausted) {
      Category category = one.limit().category();
      String what = (category == null ? "" : category.wire()) + ":key:" + one.limit().reason();
      longest.merge(what, one.seconds(), Math::max);
    }
    return longest.entrySet().stream()
        .map(entry -> entry.getValue() + ":" + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The limits that were in the way, for a person. */
  public String explanation() {
    return exhausted.stream()
        .filter(one -> refused.stream().anyMatch(one.limit()::covers))
        .map(one -> one.limit().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
