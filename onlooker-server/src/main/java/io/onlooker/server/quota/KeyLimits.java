package io.onlooker.server.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All limits of a key, as text {@code span=1000/s, span=5000000/day, replay=off}. */
public record KeyLimits(List<Limit> all) {

  public KeyLimits {
    all = List.copyOf(all);
  }

  /**
   * Reads limits with commas between; an empty text is none.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public static KeyLimits parse(String text) {
    List<Limit> limits = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        limits.add(Limit.parse(part));
      }
    }
    return new KeyLimits(limits);
  }

  @Override
  public String toString() {
    return all.stream().map(Limit::toString).collect(Collectors.joining(", "));
  }
}
