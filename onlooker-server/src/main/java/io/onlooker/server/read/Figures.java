package io.onlooker.server.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one thing, by name, in the order of a table's columns. Durations are in milliseconds,
 * shares 0 to 1, cost in US dollars; null where nothing is known, never 0 instead.
 */
public record Figures(Map<String, @Nullable Double> byName) {

  public Figures {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * The figure of this name, or null when it is not known.
   *
   * @throws IllegalArgumentException when there is no figure of this name
   */
  public @Nullable Double get(String name) {
    if (!byName.containsKey(name)) {
      throw new IllegalArgumentException(
          "figure: " + name + " (expected: one of " + byName.keySet() + ")");
    }
    return byName.get(name);
  }

  /** The figure of this name, or null when it is not known or was not asked for. */
  public @Nullable Double find(String name) {
    return byName.get(name);
  }

  /** A count, 0 where it is null. */
  public long whole(String name) {
    return Math.round(orZero(name));
  }

  /** The figure, or 0 where it is null. */
  public double orZero(String name) {
    Double figure = get(name);
    return figure == null ? 0 : figure;
  }
}
