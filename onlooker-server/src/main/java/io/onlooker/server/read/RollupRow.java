package io.onlooker.server.read;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent, model, tool, queue or MCP method with its figures.
 *
 * @param name null for spans that name none
 * @param before the same figures of the period before, or null when nobody asked or there were none
 * @param names what it came together with, most frequent first: {@code agents} of a tool, {@code
 *     providers} of a model
 */
public record RollupRow(
    @Nullable String name,
    Figures figures,
    @Nullable Figures before,
    Map<String, List<String>> names) {

  public RollupRow {
    names = Map.copyOf(names);
  }

  /** What it came together with most often, or null when with nothing of that name. */
  public @Nullable String mostOf(String kind) {
    List<String> known = names.getOrDefault(kind, List.of());
    return known.isEmpty() ? null : known.getFirst();
  }
}
