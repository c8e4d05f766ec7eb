package io.onlooker.examples.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What saved views show: their titles, the values they group by ({@code ""} for a view that does
 * not), and the figures, not a number where there is none.
 */
public record Shown(Map<String, Map<String, List<Double>>> views) {

  public Set<String> titles() {
    return views.keySet();
  }

  public Map<String, List<Double>> view(String title) {
    return there(title, views.get(title), titles());
  }

  public List<Double> figures(String title, String group) {
    return there(title + ", " + group, view(title).get(group), view(title).keySet());
  }

  /** The first figure of each group. */
  public Map<String, Double> first(String title) {
    Map<String, Double> first = new HashMap<>();
    view(title).forEach((group, figures) -> first.put(group, figures.get(0)));
    return first;
  }

  private static <T> T there(String what, @Nullable T found, Set<String> all) {
    if (found == null) {
      throw new AssertionError(what + ": missing (expected: one of " + all + ")");
    }
    return found;
  }
}
